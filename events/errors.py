"""What can go wrong between a person and the log, each with enough said to act on it."""


class LogError(Exception):
    """A refusal by the log; nothing was appended."""


class Conflict(LogError):
    """The same id came with other content, or the log moved past the expected position."""

    def __init__(self, message: str, *, seq: int) -> None:
        """`seq` is the position that stands in the way: of the earlier event, or of the head."""
        super().__init__(message)
        self.seq = seq


class Invalid(LogError):
    """A draft that cannot be an event: a missing key, a date without an offset, money of zero."""


class Busy(LogError):
    """Another writer held the log for longer than the caller was willing to wait."""


class Unwritable(LogError):
    """The disk refused: read-only, full, no permission, an input/output error."""


class Missing(LogError):
    """There is no log at this place."""


class Damaged(LogError):
    """The file does not read as a log, or its end is missing against what was seen before."""


class Unsuitable(LogError):
    """The place or the engine cannot keep a log safely, a network file system for one."""
