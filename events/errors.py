"""What can go wrong between a person and the log, each with enough said to act on it."""


class LogError(Exception):
    """A refusal by the log; nothing was appended.

    It reads as an English sentence. `template` is that sentence with `{names}` where the `values`
    go, for who says it in another language; a value may be a refusal itself.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        """The template is written out where the error is made, so that a catalogue finds it."""
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values


class Conflict(LogError):
    """The same id came with other content, or the log moved past the expected position."""

    def __init__(self, template: str, /, *, seq: int, **values: object) -> None:
        """`seq` is the position that stands in the way: of the earlier event, or of the head."""
        super().__init__(template, seq=seq, **values)
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
