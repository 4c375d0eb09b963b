"""Files that nobody made for us: a corpus of attacks, and honest files changed at random, through the real inspection and rules."""
