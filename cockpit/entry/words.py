"""The words after a verb, in any order, told apart by their look."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final, Literal

import msgspec

from cockpit.entry import durations, moments
from cockpit.entry.moments import When
from cockpit.entry.tables import ARROW, DIRECTIONS, LOSSES, NUMBER_SIGNS, THEN
from cockpit.entry.verbs import Slot, Verb
from cockpit.errors import Refused
from cockpit.words import t
from events.vocabulary.deals import LossReason

_IN_PHONES: Final = frozenset("0123456789()-")
_IN_FULL_PHONES: Final = _IN_PHONES | frozenset("…. ")
_LONGEST: Final = 4
_LONGEST_TALK: Final = 24 * 3600
_SHORTEST_PHONE: Final = 7
_SHORTEST_FULL: Final = 4


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What the words are read against: the department's money and its invoices."""

    currency: str
    minor_digits: int
    invoices: Collection[str] = ()


class Then(msgspec.Struct, frozen=True):
    """What was agreed to come next, in words, and when."""

    step: str
    when: When


class Typed(msgspec.Struct, kw_only=True):
    """What the words said. `rest` are those that had no look of their own: names."""

    moment: When | None = None
    length: int | None = None
    direction: Literal["in", "out"] | None = None
    phone: str | None = None
    amount: int | None = None
    number: str | None = None
    invoice: str | None = None
    reason: LossReason | None = None
    then: Then | None = None
    rest: list[str] = msgspec.field(default_factory=list)


class _Place(msgspec.Struct, frozen=True):
    """Where reading stands: the words, the next one, and what the earlier ones said."""

    words: Sequence[str]
    at: int
    slots: Sequence[Slot]
    typed: Typed
    frame: Frame

    @property
    def word(self) -> str:
        """The next word."""
        return self.words[self.at]


_Reading = tuple[object, int]
"""A value and how many words it takes: 0 where it does not begin here."""

_NOTHING: Final[_Reading] = (None, 0)


def read(words: Sequence[str], verb: Verb, frame: Frame) -> Typed:
    """The words told apart; raises Refused where one is malformed or says a thing twice."""
    said, then = _split(words)
    typed = Typed(then=then)
    at = 0
    while at < len(said):
        at += _take(_Place(said, at, verb.slots, typed, frame))
    return typed


def composed(word: str) -> str:
    """A word with its accents joined to their letters, however the keyboard sends them."""
    if word.isascii():
        return word
    import unicodedata

    return unicodedata.normalize("NFC", word)


def unsigned(word: str) -> str:
    """An invoice's number without the sign before it: `№17` is `17`."""
    sign = next((sign for sign in NUMBER_SIGNS if word.casefold().startswith(sign)), "")
    return word[len(sign) :]


def _split(words: Sequence[str]) -> tuple[list[str], Then | None]:
    """The words of the fact, and those after an arrow or a `then`."""
    for at, word in enumerate(words):
        if word.casefold() in THEN or word.startswith(ARROW):
            stuck = word.removeprefix(ARROW) if word.startswith(ARROW) else ""
            return list(words[:at]), _then([*filter(None, [stuck]), *words[at + 1 :]])
    return list(words), None


def _then(words: Sequence[str]) -> Then:
    """The step and the moment that ends it; raises Refused where no day is said."""
    for at in range(1, len(words)):
        when, taken = moments.read(words, at)
        if taken == len(words) - at and when.names_a_day:
            return Then(" ".join(words), when)
    raise Refused(t("say what comes next and on which day: then meeting wed 15:00"))


def _take(place: _Place) -> int:
    """Reads what begins at a place into the field it fills; returns the words it took."""
    for slot in place.slots:
        field = "length" if slot == "talk" else slot
        value, taken = _READERS[slot](place)
        if taken and getattr(place.typed, field) is not None:
            word = " ".join(place.words[place.at : place.at + taken])
            raise Refused(
                t(
                    "{word} says a thing twice: leave one out, or put the name into quotes",
                    word=word,
                )
            )
        if taken:
            setattr(place.typed, field, value)
            return taken
    if _is_clock(place.word):
        raise Refused(
            t("{word} is neither a time of day nor a length: type 16:40 or 3m20", word=place.word)
        )
    place.typed.rest.append(place.word)
    return 1


def _is_clock(word: str) -> bool:
    """Whether a word looks like figures on a clock: `25:99`."""
    hours, colon, minutes = word.partition(":")
    return bool(colon) and hours.isdecimal() and minutes.isdecimal()


def _moment(place: _Place) -> _Reading:
    """A moment in words of its own, or all of it in quotes: `"yesterday 16:40"`."""
    bare_time = "talk" not in place.slots or place.typed.length is not None
    quoted = place.word.split()
    if len(quoted) > 1:
        when, taken = moments.read(quoted, bare_time=bare_time)
        return (when, 1) if taken == len(quoted) else _NOTHING
    return moments.read(place.words, place.at, bare_time=bare_time)


def _talk(place: _Place) -> _Reading:
    seconds = _within_a_day(place.word, durations.read(place.word))
    coming = place.typed.length is not None or any(map(durations.read, place.words[place.at :]))
    if not coming and place.word.isdigit() and len(place.word) < _SHORTEST_PHONE:
        raise Refused(
            t("{number} of what? Type {number}s or {number}m for the length", number=place.word)
        )
    return seconds, int(seconds is not None)


def _length(place: _Place) -> _Reading:
    seconds = _within_a_day(place.word, durations.read(place.word, colons=False))
    return seconds, int(seconds is not None)


def _within_a_day(word: str, seconds: int | None) -> int | None:
    """A length as it was read; raises Refused where nobody could have talked so long."""
    if seconds is not None and seconds > _LONGEST_TALK:
        raise Refused(t("{word} is longer than a day: type 3m20, 200s or 1h05", word=word))
    return seconds


def _direction(place: _Place) -> _Reading:
    direction = DIRECTIONS.get(place.word.casefold())
    return direction, int(direction is not None)


def _phone(place: _Place) -> _Reading:
    """A number of a telephone: in one word, or after a plus in several."""
    if not place.word.startswith("+"):
        alone = place.word[:1].isdecimal() and _IN_PHONES.issuperset(place.word)
        return (place.word, 1) if alone and len(place.word) >= _SHORTEST_PHONE else _NOTHING
    end = place.at + 1
    while end < len(place.words) and _IN_PHONES.issuperset(place.words[end]):
        end += 1
    text = " ".join(place.words[place.at : end])
    whole = text[1:2].isdecimal() and _IN_FULL_PHONES.issuperset(text[1:])
    return (text, end - place.at) if whole and len(text) > _SHORTEST_FULL else _NOTHING


def _number(place: _Place) -> _Reading:
    """The number of a new invoice: with its sign, or bare while the amount is still to come."""
    bare = unsigned(place.word)
    signed = bool(bare) and bare != place.word
    return (bare, 1) if signed or _stands_for_number(place, place.typed.number) else _NOTHING


def _invoice(place: _Place) -> _Reading:
    """The number of an invoice there is; a bare one that nobody knows is still meant as one."""
    if place.typed.invoice is None and unsigned(place.word) in place.frame.invoices:
        return unsigned(place.word), 1
    return _number(place) if place.typed.invoice is None else _NOTHING


def _stands_for_number(place: _Place, said: str | None) -> bool:
    """Whether a bare number is not the amount, for that comes later."""
    from cockpit.entry import amounts

    if said or place.typed.amount is not None:
        return False
    if place.at == 0 and _is_compound(place.word):
        return True
    later = place.words[place.at + 1 :]
    return (
        place.word.isdecimal()
        and _amount(place)[1] == 1
        and any(amounts.reads(word, currency=place.frame.currency) for word in later)
    )


def _is_compound(word: str) -> bool:
    """Whether a word is put together as the numbers of invoices are: `INV-7`, `2026/17`."""
    joined = any(mark in word[1:-1] for mark in "-/_")
    return joined and any(map(str.isdecimal, word)) and not moments.read([word])[1]


def _amount(place: _Place) -> _Reading:
    """An amount of one word, of groups of digits, or with its unit as a word of its own."""
    from cockpit.entry import amounts

    currency, digits = place.frame.currency, place.frame.minor_digits
    for size in range(min(_LONGEST, len(place.words) - place.at), 0, -1):
        parts = place.words[place.at : place.at + size]
        text = " ".join(parts)
        joins = amounts.grouped(text) or (size == 2 and parts[1].isalpha())
        if (size == 1 or joins) and amounts.reads(text, currency=currency):
            if size > 1 and amounts.grouped(text):
                _refuse_two_ways(place, parts)
            return amounts.parse(text, currency=currency, minor_digits=digits), size
    if amounts.botched(place.word):
        amounts.parse(place.word, currency=currency, minor_digits=digits)
    return _NOTHING


def _refuse_two_ways(place: _Place, parts: Sequence[str]) -> None:
    """Raises Refused for groups of digits whose first may as well be the number of an invoice."""
    numbered = {"number", "invoice"}.intersection(place.slots)
    if place.at == 0 and numbered and place.typed.number is None and place.typed.invoice is None:
        raise Refused(
            t(
                "{text} reads two ways: type №{number} {rest}, or {plain}",
                text=" ".join(parts),
                number=parts[0],
                rest="".join(parts[1:]),
                plain="".join(parts),
            )
        )


def _reason(place: _Place) -> _Reading:
    reason = LOSSES.get(place.word.casefold())
    return reason, int(reason is not None)


_READERS: Final[dict[Slot, Callable[[_Place], _Reading]]] = {
    "moment": _moment,
    "talk": _talk,
    "length": _length,
    "direction": _direction,
    "phone": _phone,
    "number": _number,
    "invoice": _invoice,
    "amount": _amount,
    "reason": _reason,
}
