"""How the figures of a screen are read, and as of which moment."""

from __future__ import annotations

from typing import Final

from cockpit.tui.actions.action import FIGURES, PAST, Action
from cockpit.words import mark

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="view.share", keys="f2", call="screen.share", room="figures",
        title=mark("Share"),
        tooltip=mark("Hide what others may not see: names of clients, telephones, ranks"),
        group=FIGURES,
    ),
    Action(
        id="measure.revenue", keys="r", call="screen.measure('revenue')", room="figures",
        title=mark("Revenue"), tooltip=mark("Count plan and fact in revenue"), group=FIGURES,
    ),
    Action(
        id="measure.margin", keys="m", call="screen.measure('margin')", room="figures",
        title=mark("Margin"), tooltip=mark("Count plan and fact in margin"), group=FIGURES,
    ),
    Action(
        id="measure.profit", keys="p", call="screen.measure('profit')", room="figures",
        title=mark("Profit"), tooltip=mark("Count plan and fact in profit"), group=FIGURES,
    ),
    Action(
        id="mode.switch", keys="e", call="screen.switch('mode')", room="figures",
        title=mark("Morning/evening"),
        tooltip=mark("In the morning today is not yet due, in the evening it is"), group=FIGURES,
    ),
    Action(
        id="per.switch", keys="d", call="screen.switch('per')", room="stretch",
        title=mark("Day/week/month"), tooltip=mark("Count activities over a day, week or month"),
        group=FIGURES,
    ),
    Action(
        id="norm.switch", keys="n", call="screen.turn_work('norms')", room="figures",
        title=mark("Source of the norm"),
        tooltip=mark("Judge activities by the plan, the own best, the sector, or see all sources"),
        group=FIGURES,
    ),
    Action(
        id="calls.open", keys="l", call="screen.turn_work('calls')", room="figures",
        title=mark("Call lengths"),
        tooltip=mark("How long people talk, with whom and how far, or activities again"),
        group=FIGURES,
    ),
    Action(
        id="ramp.open", keys="h", call="screen.turn_work('ramp')", room="figures",
        title=mark("Growing norms"),
        tooltip=mark("Norms that grow; pressed again it writes this week's step or hold"),
        group=FIGURES,
    ),
    Action(
        id="reading.switch", keys="c", call="screen.switch('reading')", room="figures",
        title=mark("Cohort/period"),
        tooltip=mark("Read conversions by cohort, or event against event in the period"),
        group=FIGURES,
    ),
    Action(
        id="bridge.open", keys="b", call="screen.bridge", room="figures",
        title=mark("Bridge"),
        tooltip=mark("Through what the deviation came about: volume, conversions, average check"),
        group=FIGURES,
    ),
    Action(
        id="cut.switch", keys="v", call="screen.switch('by')", room="figures",
        title=mark("Cut conversions"),
        tooltip=mark("Cut conversions by seller, channel, segment, product, territory, audience"),
        group=FIGURES,
    ),
    Action(
        id="weekly.switch", keys="w", call="screen.switch('weekly')", room="figures",
        title=mark("Conversions by week"),
        tooltip=mark("Show conversions week by week, or of the month"), group=FIGURES,
    ),
    Action(
        id="dials.back", keys="left_square_bracket", call="screen.dial(-1)", room="dials",
        title=mark("A day back"), tooltip=mark("Look at the figures as of a working day earlier"),
        group=PAST,
    ),
    Action(
        id="dials.on", keys="right_square_bracket", call="screen.dial(1)", room="dials",
        title=mark("A day on"), tooltip=mark("Look at the figures as of a working day later"),
        group=PAST,
    ),
    Action(
        id="dials.switch", keys="k", call="screen.switch_dial", room="dials",
        title=mark("Which dial moves"),
        tooltip=mark("Move what had happened, what was known, or both at once"), group=PAST,
    ),
    Action(
        id="dials.now", keys="0", call="screen.now", room="dials",
        title=mark("Back to now"), tooltip=mark("Both dials to now, where facts can be logged"),
        group=PAST,
    ),
)  # fmt: skip
