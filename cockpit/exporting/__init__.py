"""The log and its reports as files for others, and the log back from such a file."""
