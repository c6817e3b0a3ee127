"""One renderer for each format, for every report."""
