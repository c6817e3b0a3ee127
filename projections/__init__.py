"""What it means: the read model folded from the log, and the reports computed from it."""
