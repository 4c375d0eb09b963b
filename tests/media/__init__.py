"""Files that tests upload and inspect: honest ones, odd ones and hostile ones, all made by `corpus`."""
