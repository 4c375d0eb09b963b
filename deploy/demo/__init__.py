"""The first programme, played: its definition, invented groups and staff, generated files, and the story through the public doors."""
