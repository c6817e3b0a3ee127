"""The read model: a disposable SQLite file beside the log, caught up and rebuilt from it."""
