"""Hard cases (requirement row 74): what was talked through with whom, and the form for one more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from cockpit import formats, labels
from cockpit.entry.names import begun, find
from cockpit.render.cells import clean
from cockpit.render.lines import CLIENT, client_of
from cockpit.tui.actions import key_of
from cockpit.tui.screens.form import Field, Form
from cockpit.tui.sections.base import Drawn, Section
from cockpit.tui.sheet import Cell, Column, Line, Sheet, Tone
from cockpit.tui.view import View, month
from cockpit.words import t
from events.vocabulary import CaseDiscussed
from events.vocabulary.fact import Fact
from projections.question import Question
from projections.report import Report
from projections.reports.cases import CaseRow, Cases

if TYPE_CHECKING:
    from projections.open_deals import OpenDeal

_NEAR: Final = 3


class CaseSection(Section):
    """The library of cases, seller by seller; `f` notes another one."""

    REPORT: ClassVar[str | None] = "cases"
    DEALS: ClassVar[bool] = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._clients: Mapping[str, str] = {}
        self._deals: tuple[OpenDeal, ...] = ()

    def question(self, view: View) -> Question:
        """Every case up to today."""
        return month(view)

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Cases):
            raise TypeError(report.name)
        return sheet(report, drawn)

    def form(self, drawn: Drawn) -> Form | None:
        """A case of the seller under the cursor."""
        self._clients = {
            key.removeprefix(CLIENT): name
            for key, name in drawn.names.items()
            if key.startswith(CLIENT)
        }
        self._deals = drawn.deals
        sellers = {key: clean(name) for key, name in drawn.names.items()
                   if not key.startswith(CLIENT)}  # fmt: skip
        return Form(
            t("Hard case"),
            (
                Field("words", t("what is hard"), personal=True,
                      hint=t("the situation and what was advised, in a sentence")),
                Field("seller", labels.figure("seller"), self._pointed(),
                      ("", *sellers), words={"": t("of the whole team"), **sellers}),
                Field("client", labels.figure("client"), hint=t("a name or its beginning, or "
                      "nothing"), personal=True),
                Field("deal", t("deal"), hint=self._hint()),
            ),
            self._wrong,
            keymap=drawn.keymap,
        )  # fmt: skip

    def filled(self, values: Mapping[str, str], standup: str | None) -> Sequence[Fact]:
        """The case; of a client with a single open deal it is about that one."""
        client = find(values["client"], self._clients).key
        typed, deal = values["deal"].strip(), self._meant(values)
        if client is None and deal is not None:
            client = deal.client
        theirs = [each for each in self._open(values["seller"]) if each.client == client]
        if not typed and client is not None and len(theirs) == 1:
            deal = theirs[0]
        return [
            CaseDiscussed(
                words=values["words"],
                seller=values["seller"] or None,
                client=client,
                deal=deal.deal if deal is not None else typed or None,
                standup=standup,
            )
        ]

    def _open(self, seller: str) -> list[OpenDeal]:
        """The open deals of a seller; of everybody where none is chosen."""
        return [each for each in self._deals if not seller or each.seller == seller]

    def _called(self, deal: OpenDeal) -> str:
        """`Rose Ltd d17`."""
        return f"{clean(self._clients.get(deal.client or '', ''))} {deal.deal}".strip()

    def _hint(self) -> str:
        """The open deals of the seller under the cursor, the newest first."""
        some = ", ".join(self._called(each) for each in self._open(self._pointed())[:_NEAR])
        if not some:
            return t("its number, or nothing")
        return t("a part of its name or number, as in {deals}; or nothing", deals=some)

    def _several(self, values: Mapping[str, str]) -> list[OpenDeal]:
        """The open deals that begin with what was typed."""
        asked, pool = values["deal"].strip(), self._open(values["seller"])
        exact = [each for each in pool if each.deal.casefold() == asked.casefold()]
        if exact or not asked:
            return exact
        names = {each.deal: self._called(each) for each in pool}
        found = begun(asked, names)
        return [each for each in pool if each.deal in found]

    def _meant(self, values: Mapping[str, str]) -> OpenDeal | None:
        """The one open deal that was typed; None where it is something else."""
        several = self._several(values)
        return several[0] if len(several) == 1 else None

    def _pointed(self) -> str:
        """The seller of the row under the cursor."""
        return (self.cursor or "").removeprefix("seller:")

    def _wrong(self, values: Mapping[str, str]) -> Mapping[str, str]:
        """What keeps the form from being accepted, by field."""
        wrong: dict[str, str] = {}
        if not values["words"]:
            wrong["words"] = t("say in a sentence what was hard")
        asked = values["client"]
        found = find(asked, self._clients)
        if asked and found.key is None:
            close = ", ".join(clean(self._clients[key]) for key in found.close[:_NEAR])
            wrong["client"] = (
                t("may be several: {names}", names=close)
                if close
                else t("there is no such client; leave it empty or type another")
            )
        several = self._several(values)
        if len(several) > 1:
            close = ", ".join(self._called(each) for each in several[:_NEAR])
            wrong["deal"] = t("may be several: {names}", names=close)
        return wrong


def sheet(report: Cases, drawn: Drawn) -> Sheet:
    """A seller's cases under the name, the newest first; today's on top of all."""
    groups: dict[str | None, list[CaseRow]] = {}
    for row in report.rows:
        groups.setdefault(row.seller, []).append(row)
    key = key_of("board.fill", drawn.keymap)
    lines: list[Line] = []
    for seller, rows in groups.items():
        lines.append(_head(seller, len(rows), drawn))
        lines += [_line(row, report, drawn) for row in rows]
    client = Column(key="client", title=labels.header("client"), align="left", rank=1)
    named = (client,) if any(row.client for row in report.rows) else ()
    return Sheet(
        title=labels.value("item", "case"),
        aside=((t("{key} notes a case", key=key), "muted"),),
        columns=(
            Column(key="day", title=t("day"), align="left", width=6),
            Column(key="words", title=t("what was hard"), align="left", elastic=True),
            *named,
        ),
        lines=tuple(lines),
        empty=t("No case has been noted yet: {key} notes one.", key=key),
    )


def _head(seller: str | None, count: int, drawn: Drawn) -> Line:
    """Whose cases follow; it opens the seller's page."""
    name = clean(drawn.names.get(seller, seller)) if seller else t("of the whole team")
    key = f"seller:{seller}" if seller else "team"
    cells = (Cell(f"{count}×", "muted"), Cell(name, "strong"), Cell(""))
    return Line(key, cells, opens=seller is not None)


def _line(row: CaseRow, report: Cases, drawn: Drawn) -> Line:
    """A case; one of today stands out."""
    words = drawn.said.get(row.event, {}).get("words", "") or t("(erased)")
    client = clean(client_of(row, drawn.names) or "")
    tone: Tone = "strong" if row.day == report.seen else "plain"
    return Line(
        row.key,
        (Cell(f"  {formats.day(row.day)}", "muted"), Cell(f"  {clean(words)}", tone),
         Cell(client, "muted")),
        opens=False,
    )  # fmt: skip
