"""One module a report, named by the question it answers."""
