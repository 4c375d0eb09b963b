"""Forms: what a stage asks, as data of a programme's document, and what one answers to it."""
