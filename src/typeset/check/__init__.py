"""Finished files → what is wrong with them. Reads the file alone; knows nothing of the code that wrote it."""
