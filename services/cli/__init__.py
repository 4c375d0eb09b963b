"""The `omsap` command: one more door to the domain, as thin as the others. One module a group of commands."""
