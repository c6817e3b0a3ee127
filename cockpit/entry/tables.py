"""The small words sellers type, in the four languages side by side: sellers mix them."""

from __future__ import annotations

from typing import Final, Literal

from events.vocabulary.deals import LossReason


def _words(text: str) -> list[str]:
    """The words of a line, for tables that would be one word a line otherwise."""
    return text.split()


DAYS: Final[dict[str, int]] = {
    **dict.fromkeys(("today", "сегодня", "ma", "днес"), 0),
    **dict.fromkeys(("yesterday", "вчера", "tegnap"), -1),
    **dict.fromkeys(("позавчера", "tegnapelőtt", "завчера", "оня ден"), -2),
    **dict.fromkeys(("tomorrow", "завтра", "holnap", "утре"), 1),
    **dict.fromkeys(("послезавтра", "holnapután", "вдругиден"), 2),
}

WEEKDAYS: Final[dict[str, int]] = {
    word: weekday
    for weekday, words in enumerate(
        (
            "monday mon понедельник пн hétfő hétfőn понеделник",
            "tuesday tue tues вторник вт kedd kedden",
            "wednesday wed среда среду ср szerda szerdán сряда",
            "thursday thu thurs четверг чт csütörtök csütörtökön csüt четвъртък",
            "friday fri пятница пятницу пт péntek pénteken pén петък",
            "saturday sat суббота субботу сб szombat szombaton szo събота",
            "sunday sun воскресенье вс vasárnap vas неделя нд",
        )
    )
    for word in words.split()
}

BEFORE_A_DAY: Final = frozenset(
    _words("on last в во на прошлый прошлую прошлое múlt миналия миналата by до от")
)
BEFORE_A_TIME: Final = frozenset(_words("at в във около"))

DIRECTIONS: Final[dict[str, Literal["in", "out"]]] = {
    **dict.fromkeys(
        _words("in incoming inbound вх вход входящий входящая be bejövő входящо"), "in"
    ),
    **dict.fromkeys(
        _words("out outgoing outbound исх исход исходящий исходящая ki kimenő изх изходящо"), "out"
    ),
}

ARROW: Final = "→"

THEN: Final = frozenset(_words("then затем потом далее majd aztán после тогава"))

NUMBER_SIGNS: Final = ("№", "#", "nr.", "no.")

LOSSES: Final[dict[str, LossReason]] = {
    **dict.fromkeys(_words("price expensive цена дорого ár drága скъпо"), "price"),
    **dict.fromkeys(_words("competitor конкурент konkurencia"), "competitor"),
    **dict.fromkeys(_words("budget бюджет költségvetés"), "budget"),
    **dict.fromkeys(_words("no_decision_maker лпр döntéshozó"), "no_decision_maker"),
    **dict.fromkeys(_words("silence молчание тишина hallgatás мълчание"), "silence"),
    **dict.fromkeys(_words("timing сроки время időzítés срокове"), "timing"),
    **dict.fromkeys(_words("poor_fit unfit неподходит nemillik неподходящо"), "poor_fit"),
    **dict.fromkeys(_words("service сервис обслуживание kiszolgálás обслужване"), "service"),
    **dict.fromkeys(_words("unknown неизвестно ismeretlen неизвестна"), "unknown"),
}
