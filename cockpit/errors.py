"""What a person typed that cannot be done."""


class Refused(Exception):
    """The message, in the reader's language, says what is wrong and what to type instead."""
