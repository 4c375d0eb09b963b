"""A client of the services over HTTP: what a group does by its link, for the command line and for the demonstration."""
