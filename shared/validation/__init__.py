"""What is said of a file: facts the tools saw, rules over the facts, findings in words a group can act on."""
