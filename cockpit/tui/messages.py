"""What the worker at the desk tells the screen; the screen alone changes what is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from textual.message import Message

from events.envelope import Draft, Event
from projections.dossier import Dossier
from projections.draw import Draw
from projections.formula import Explanation
from projections.report import Report
from projections.state import SellerState, Settings

if TYPE_CHECKING:
    from projections.open_deals import OpenDeal


class News(msgspec.Struct, frozen=True, kw_only=True):
    """The department as it is now: ground rules, people with their names, today's meeting steps
    and what was agreed, noted and filled in beside them.

    `settings` is None while the department is not opened. Who is `away` today is not there.
    """

    settings: Settings | None
    sellers: Mapping[str, SellerState]
    names: Mapping[str, str]
    steps: Sequence[Event]
    away: frozenset[str] = frozenset()


class Moved(Message):
    """The log was opened, or it has gained events since."""

    def __init__(self, news: News) -> None:
        """`news` replaces what was told before."""
        super().__init__()
        self.news = news

    def can_replace(self, message: Message) -> bool:
        """Only the newest of several matters."""
        return isinstance(message, Moved)


class Answered(Message):
    """A report that was asked for under a tag, with the explanations that were wanted."""

    def __init__(
        self,
        tag: str,
        report: Report,
        why: Mapping[tuple[str, str], Explanation],
        clients: Mapping[str, str],
        said: Mapping[str, Mapping[str, str]],
        signers: Mapping[str, str],
    ) -> None:
        """`why` is by the key of the row and the figure; `clients` are the names by key of those
        the report speaks of. `said` are the personal texts of the events its rows stand for, by
        id and field, `signers` who logged those it tells it of, by id.
        """
        super().__init__()
        self.tag = tag
        self.report = report
        self.why = why
        self.clients = clients
        self.said = said
        self.signers = signers


class Named(Message):
    """The names of all clients by key, asked for under a tag."""

    def __init__(self, tag: str, clients: Mapping[str, str], deals: Sequence[OpenDeal]) -> None:
        """`tag` is the one they were asked under; `deals` are the open ones, where those were
        asked for too.
        """
        super().__init__()
        self.tag = tag
        self.clients = clients
        self.deals = tuple(deals)


class Accounted(Message):
    """The explanations of figures of a report that was answered before."""

    def __init__(
        self, tag: str, report: Report, why: Mapping[tuple[str, str], Explanation]
    ) -> None:
        """`why` is by the key of the row and the figure."""
        super().__init__()
        self.tag = tag
        self.report = report
        self.why = why


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the events behind a figure, oldest first, and the names of the clients in them.

    `first` is the place of the first of them among all `count`. `total` is what all of them add
    up to with repairs applied, `adds` what each of them adds by its id; None where the figure is
    no sum, or it is not added up yet.
    """

    events: Sequence[Event]
    clients: Mapping[str, str]
    first: int
    count: int
    total: int | None = None
    adds: Mapping[str, int] | None = None


class Found(Message):
    """The events behind a figure."""

    def __init__(self, tag: str, listed: Listed) -> None:
        """The events of `listed` have their personal fields in plain text."""
        super().__init__()
        self.tag = tag
        self.listed = listed


class PageTurned(Message):
    """Another page of the events behind a figure is wanted."""

    def __init__(self, page: int) -> None:
        """`page` is counted from 0."""
        super().__init__()
        self.page = page


class Read(Message):
    """One event in full."""

    def __init__(self, dossier: Dossier, clients: Mapping[str, str]) -> None:
        """`clients` are the names of the clients it speaks of."""
        super().__init__()
        self.dossier = dossier
        self.clients = clients


class CallsDrawn(Message):
    """The calls to be heard in a week."""

    def __init__(self, draw: Draw) -> None:
        """`draw` names the week."""
        super().__init__()
        self.draw = draw


class Written(Message):
    """These drafts are in the log."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Others may have been handed over since."""
        super().__init__()
        self.drafts = drafts


class Unwritten(Message):
    """The log did not take these drafts; `final` says that trying again is no use."""

    def __init__(self, drafts: Sequence[Draft], words: str, *, final: bool) -> None:
        """`words` say why, in the spoken language."""
        super().__init__()
        self.drafts = drafts
        self.words = words
        self.final = final


class Failed(Message):
    """Something could not be read; `words` say what and what to do."""

    def __init__(self, words: str) -> None:
        """`words` are in the spoken language."""
        super().__init__()
        self.words = words
