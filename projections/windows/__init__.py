"""What each report needs of a source, fetched once; from there on everything is pure.

One module a report, so that a report asked for loads nothing of the others.
"""
