"""`cockpit import` without a command line: a file and a mapping into the log."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cockpit.importing.columns import BEFORE, line_of
from cockpit.importing.debts import ABOUT_INVOICES, Debts
from cockpit.importing.ground import Ground, ground_of, missing_calendars
from cockpit.importing.load import load
from cockpit.importing.outcome import Outcome
from cockpit.importing.place import Place
from cockpit.importing.program import Program, compile_program, open_file
from cockpit.importing.rejects import Rejects
from cockpit.importing.sinks import sink_of
from cockpit.importing.tally import Tally
from cockpit.importing.unit import Unit
from cockpit.importing.writing import Writer
from cockpit.words import t
from events.envelope import Draft
from events.log import Log
from events.vocabulary import CalendarSet, FileImported, name_of
from events.vocabulary.fact import Fact

Progress = Callable[[int, int], None]


@contextmanager
def _no_collector() -> Iterator[None]:
    """What rows make holds no cycles, and the collector would walk all of it again and again."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_no_collector()
def run(
    log: Log,
    file: Path,
    mapping: Path,
    *,
    actor: str,
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
    now: dt.datetime | None = None,
) -> Outcome:
    """Read a file into the log by a mapping.

    Every row is appended whole or not at all, and a broken one stops no other; the file
    `rejects` gets all of those. What the log has already is counted and left alone. `progress`
    hears how many lines of about how many are done. Raises Refused where the mapping or the
    file as a whole cannot be used, and `events.errors` where the log cannot be written.
    """
    rules = load(mapping)
    moment = now or dt.datetime.now(dt.UTC)
    ground = ground_of(log, actor=actor, source=rules.source or mapping.stem, now=moment)
    place = Place(mapping.name)
    table = open_file(file, rules, place)
    # Whoever writes to the log gets ready while the rows are looked through.
    with sink_of(log, moment, table.lines, dry=dry_run) as sink:
        program = compile_program(table, rules, (file.parent, mapping.parent), ground, place)
        with Rejects(rejects, table.header, texts=table.texts) as rejected:
            tally = Tally(rejected, ground.department.zone, moment)
            writer = Writer(sink, _registered(ground), tally.refuse, lines=program.lines)
            debts = _debts(log, program, ground, moment)
            _pour(program, writer, tally, debts, progress)
            # While the last rows are being written.
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            calendars = _calendars(ground.department.country, missing_calendars(log, tally.years))
            writer.settle()
            if program.members:
                rejected.spread(program.members, table.scan())
    if progress is not None:
        progress(program.lines, program.lines)
    # The rows may have brought some themselves.
    missing = missing_calendars(log, tally.years)
    wanted = [calendar for calendar in calendars or () if calendar.year in missing]
    outcome = Outcome(
        file=file.name,
        digest=digest,
        dry=dry_run,
        read=tally.read,
        left_out=tally.left_out,
        skipped=tally.skipped,
        known=writer.known,
        appended=_with_calendars(writer.appended, len(wanted)),
        rejects=tuple(tally.shown),
        notes=_unknown(ground.department.country) if missing and calendars is None else (),
    )
    if outcome.appended and not dry_run:
        bodies: list[Fact] = [*wanted, _imported(outcome)]
        log.append([Draft(body=body, occurred_at=moment, actor=actor) for body in bodies])
    return outcome


def _registered(ground: Ground) -> set[tuple[str, str]]:
    """Everybody the log knows."""
    sellers = {("seller", key) for key in ground.sellers.keys}
    return sellers | {("client", key) for key in ground.clients.keys}


def _debts(log: Log, program: Program, ground: Ground, now: dt.datetime) -> Debts | None:
    """What watches the invoices of a file that says what became of them."""
    if ABOUT_INVOICES.isdisjoint(program.kinds):
        return None
    return Debts(log, ground.department, now, costed=program.costed)


def _owing(units: Sequence[Unit], tally: Tally, debts: Debts) -> list[Unit]:
    """The units whose payments somebody owes, completed; the others are refused."""
    good: list[Unit] = []
    for unit in units:
        settled = debts.settled(unit)
        if isinstance(settled, Unit):
            good.append(settled)
        else:
            tally.refuse(unit, settled)
    return good


def _pour(
    program: Program,
    writer: Writer,
    tally: Tally,
    debts: Debts | None,
    progress: Progress | None,
) -> None:
    """Every row of the file to the writer."""
    for chunk in program.chunks():
        tally.read += len(chunk)
        for line, error in chunk.broken:
            tally.skip(line, str(error), error.cells)
        made = program.units(chunk.batch)
        for row, error in made.broken:
            tally.skip(line_of(row), str(error), row[BEFORE:])
        tally.left_out += made.left_out
        units = made.units if debts is None else _owing(made.units, tally, debts)
        tally.note_years(units)
        writer.add(units)
        if progress is not None:
            progress(tally.read, max(program.lines, tally.read))
    writer.hand_on()


def _calendars(country: str, years: Sequence[int]) -> list[CalendarSet] | None:
    """A country's calendars of some years, None where nobody knows them."""
    if not years:
        return []
    # The countries of the world are loaded while the last rows are being written.
    from cockpit.calendar_source import calendar_of

    try:
        return [calendar_of(country, year) for year in years]
    except NotImplementedError:
        return None


def _unknown(country: str) -> tuple[str, ...]:
    """What to say where nobody knows a country's calendars."""
    return (t("no working calendar is known for {country}", country=country),)


def _with_calendars(appended: dict[str, int], count: int) -> dict[str, int]:
    """The counts by kind, calendars among them."""
    return {**appended, name_of(CalendarSet): count} if count else appended


def _imported(outcome: Outcome) -> FileImported:
    """What the log keeps of the import itself."""
    return FileImported(
        name=outcome.file,
        digest=outcome.digest,
        read=outcome.read,
        appended=sum(outcome.appended.values()),
        known=outcome.known,
        skipped=outcome.skipped,
    )
