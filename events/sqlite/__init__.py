"""The log in one SQLite file."""

from events.sqlite.store import SqliteLog

__all__ = ["SqliteLog"]
