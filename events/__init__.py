"""What happened: the vocabulary of a sales department, and the log that keeps it."""
