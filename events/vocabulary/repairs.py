"""Nothing is edited: mistakes are repaired by saying so."""

from typing import ClassVar

from events.vocabulary.fact import Fact

Scalar = str | int | bool | None


class EventCorrected(Fact, frozen=True, kw_only=True):
    """Some fields of an earlier event were wrong; `fields` holds the right values.

    `target` is the event's id and `target_kind` its kind. `occurred_at` among the fields moves
    the event in time. Personal fields of the target are personal here too.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason",)

    target: str
    target_kind: str
    fields: dict[str, Scalar]
    reason: str
    seller: str | None = None
    client: str | None = None
    deal: str | None = None


class EventVoided(Fact, frozen=True, kw_only=True):
    """An earlier event never should have been written; voiding a repair takes the repair back."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason",)

    target: str
    target_kind: str
    reason: str
    seller: str | None = None
    client: str | None = None
    deal: str | None = None


class FileImported(Fact, frozen=True, kw_only=True):
    """A file was read into the log."""

    name: str
    digest: str
    read: int
    appended: int
    known: int
    skipped: int
