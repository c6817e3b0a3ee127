"""The verbs of `cockpit log`: their names in four languages, and what may follow each."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Slot = Literal[
    "moment", "talk", "length", "direction", "phone", "amount", "number", "invoice", "reason"
]
"""`talk` is the length of a call, where `3:20` is minutes and seconds; in a `length` it is not,
since meetings are spoken of by the time of day."""


class Verb(msgspec.Struct, frozen=True):
    """A verb: the name it goes by, the other words for it, and the slots its words may fill."""

    name: str
    aliases: tuple[str, ...]
    slots: tuple[Slot, ...]
    example: str


VERBS: Final = (
    Verb(
        "call",
        ("c", "звонок", "зв", "hívás", "hív", "обаждане", "об"),
        ("moment", "talk", "direction", "phone"),
        "+79161234567 3m20 out Ромашка",
    ),
    Verb(
        "meeting",
        ("meet", "встреча", "встр", "találkozó", "tárgyalás", "среща"),
        ("moment", "length"),
        "Ромашка 45m yesterday 16:40",
    ),
    Verb(
        "presentation",
        ("present", "презентация", "през", "bemutató", "prezentáció"),
        ("moment",),
        "Ромашка",
    ),
    Verb(
        "proposal",
        ("offer", "quote", "кп", "предложение", "ajánlat", "оферта"),
        ("moment", "amount"),
        "Ромашка 240k",
    ),
    Verb("step", ("шаг", "lépés", "стъпка"), ("moment",), "measurement Ромашка"),
    Verb("lead", ("лид", "érdeklődő", "лийд"), ("moment",), "Ромашка --channel site"),
    Verb(
        "qualified",
        ("qualify", "квалификация", "квал", "minősítés", "minősített", "квалифициране"),
        ("moment",),
        "Ромашка",
    ),
    Verb("deal", ("opportunity", "сделка", "ügylet"), ("moment", "amount"), "Ромашка 240k"),
    Verb("stage", ("этап", "szakasz", "етап"), ("moment",), "contract Ромашка"),
    Verb(
        "won",
        ("win", "выиграна", "выигрыш", "megnyert", "nyert", "спечелена"),
        ("moment", "amount"),
        "Ромашка 240k",
    ),
    Verb(
        "lost",
        ("lose", "проиграна", "отказ", "elveszett", "vesztett", "загубена"),
        ("moment", "reason"),
        "Ромашка price",
    ),
    Verb("order", ("заказ", "rendelés", "поръчка"), ("moment", "amount"), "Ромашка 240k"),
    Verb(
        "invoice",
        ("bill", "счёт", "счет", "díjbekérő", "számla", "фактура", "проформа"),
        ("moment", "number", "amount"),
        "17 Ромашка 240k",
    ),
    Verb(
        "promise",
        ("promised", "обещание", "обещали", "ígéret", "обещаха"),
        ("invoice", "moment", "amount"),
        "17 120k fri",
    ),
    Verb(
        "payment",
        ("paid", "pay", "оплата", "опл", "befizetés", "fizetés", "плащане"),
        ("invoice", "moment", "amount"),
        "17 120k",
    ),
    Verb(
        "credit-note",
        ("credit", "корректировка", "jóváírás", "кредитно"),
        ("invoice", "moment", "amount"),
        "17 20k --refund",
    ),
    Verb(
        "write-off",
        ("списание", "leírás", "отписване"),
        ("invoice", "moment", "amount"),
        "17 20k",
    ),
    Verb(
        "cost",
        ("costs", "себестоимость", "затраты", "költség", "себестойност", "разход"),
        ("invoice", "moment", "amount"),
        "17 80k",
    ),
)

_BY_WORD: Final = {word: verb for verb in VERBS for word in (verb.name, *verb.aliases)}


def verb(word: str) -> Verb | None:
    """The verb a word stands for, in any of the languages and in any case."""
    return _BY_WORD.get(word.casefold())
