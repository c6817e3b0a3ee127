"""Boards one level deeper: a seller's page, the events behind a figure."""
