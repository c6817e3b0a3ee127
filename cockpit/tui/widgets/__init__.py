"""Small widgets: each draws one thing it is handed, line by line, and posts what was done to it."""
