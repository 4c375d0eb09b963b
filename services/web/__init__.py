"""The kit of every HTTP process. It knows no word of the domain."""
