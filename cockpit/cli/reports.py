"""What every report tells, by its name: the choices of `cockpit report`, and its help."""

from __future__ import annotations

from typing import Final

import click

from cockpit.cli.base import Command
from cockpit.words import mark, t

TOLD: Final[dict[str, str]] = {
    "desk-check": mark("what sags most, before the meeting"),
    "plan-fact": mark("the plan, the line to date and who lags"),
    "activity": mark("work done against the norms"),
    "calls": mark("how long people talk, and with whom"),
    "norms": mark("what each source of a norm asks"),
    "ramp": mark("norms that grow"),
    "conversions": mark("from step to step"),
    "bridge": mark("through what the deviation came about"),
    "catch-up": mark("how many deals, calls and meetings bring a seller back to the line"),
    "quality": mark("what the cards say of each seller's talk"),
    "course": mark("the month day by day against the line"),
    "forecast": mark("what each way of forecasting said, and what came"),
    "payments": mark("what must come in today and whom to control"),
    "corrections": mark("what was agreed with whom, and what it changed"),
    "pay": mark("what each seller's month pays, part by part, and what one more deal would"),
    "rhythm": mark("which stand-ups were held, how long, who was there"),
}

NAMES: Final = tuple(TOLD)


class ReportCommand(Command):
    """A command whose help lists the reports."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, then a line for each report."""
        super().format_help_text(ctx, formatter)
        with formatter.section(t("Reports")):
            formatter.write_dl([(name, t(told)) for name, told in TOLD.items()])
