"""HTTP processes and the command line: thin doors to the domain in `shared`."""
