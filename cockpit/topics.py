"""The topics of the technique: a sentence to remind of, and two minutes of training (feature P12).

A department has its own in a TOML file that the configuration names; those of the same id
replace the ones that come with the program. A criterion without a topic is its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from cockpit.entry.names import find
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.vocabulary import Criterion
from projections.metrics import QUALITY

if TYPE_CHECKING:
    from cockpit.config import Config

SECONDS: Final = 120
"""What a micro-training takes."""


class Topic(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is trained: its name, the reminder, the text of two minutes, and what it answers to."""

    id: str
    name: str
    sentence: str
    text: str = ""
    criteria: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of topics, as it is written."""

    topics: tuple[Topic, ...]


_BUILT_IN: Final = (
    Topic(
        id="opening",
        name=mark("opening a call"),
        sentence=mark("Who, whence and why in one breath, then a question."),
        text=mark(
            "The first fifteen seconds decide whether the client listens. Say your name, the firm "
            "and the reason for this very client, then ask something that is easy to answer. No "
            "“how are you”, no “is this a good time”.\n"
            "Write your three sentences down. Say them to your neighbour, once fast, once slowly. "
            "The neighbour says what he would answer. Change one word and say them again."
        ),
        criteria=("greeting", "opening"),
    ),
    Topic(
        id="talking",
        name=mark("talking, not dialling"),
        sentence=mark("A call counts once the client has told something new."),
        text=mark(
            "A hundred calls of twenty seconds sell less than ten of five minutes. Before dialling "
            "look at the last note and choose one thing you want to learn. If the client is in a "
            "hurry, agree the hour of the next call instead of hurrying too.\n"
            "Take the three calls you make next and write down for each what you want to know. "
            "Tonight tick those where you learnt it."
        ),
        criteria=("talking", "length"),
    ),
    Topic(
        id="needs",
        name=mark("finding the need"),
        sentence=mark("Three open questions before anything is offered."),
        text=mark(
            "What is offered before the need is known is only a price. Ask what the client wants "
            "to reach, what keeps him from it, and what happens if nothing changes. Be silent "
            "after each question; the second answer is the true one.\n"
            "In pairs: one sells, one buys. Only questions may be asked for a minute. Whoever "
            "names a product begins again. Then change places."
        ),
        criteria=("needs", "questions"),
    ),
    Topic(
        id="offer",
        name=mark("tying the offer to the need"),
        sentence=mark("Say the client's words first, then what we do about it."),
        text=mark(
            "An offer is heard when it begins with what the client said. “You said the opening is "
            "on the tenth; that is why …” Name three things at most, each with what the client "
            "gets from it, and ask whether that is what he meant.\n"
            "Take yesterday's proposal. Strike out every sentence that would suit any other client "
            "as well. Say aloud what is left."
        ),
        criteria=("offer", "presentation"),
    ),
    Topic(
        id="objections",
        name=mark("taking objections"),
        sentence=mark("Agree that it matters, ask what is behind it, then answer."),
        text=mark(
            "An objection is a question asked badly. Do not argue and do not give way: say that it "
            "is a fair point, ask what exactly makes the client think so, and answer that alone. "
            "Then ask whether anything else stands between us.\n"
            "Collect the three objections of this week. For each the group finds the question that "
            "comes before the answer. Say it once in your own words."
        ),
        criteria=("objections",),
    ),
    Topic(
        id="price",
        name=mark("defending the price"),
        sentence=mark("No discount without something in return."),
        text=mark(
            "“Too dear” mostly means “I do not see yet what for”. Ask: compared with what? Come "
            "back to what the client wants to reach and reckon what it costs him without us. If "
            "something is given, something is taken: a sooner payment, a larger order, a "
            "recommendation.\n"
            "In pairs: the buyer says “too dear” three times in different ways. The seller may not "
            "name a figure before the second question."
        ),
        criteria=("price",),
    ),
    Topic(
        id="meeting",
        name=mark("asking for the meeting"),
        sentence=mark("Offer two dates in every call over a minute."),
        text=mark(
            "A meeting is not asked for but proposed: “Wednesday at three or Thursday at ten, "
            "which suits you better?” Say what the client will have in hand after it and how "
            "long it takes. Write the date down while you talk and send it within five minutes.\n"
            "Each names a client who has been promised a meeting without a date, and says the "
            "sentence he calls with today."
        ),
        criteria=("meeting",),
    ),
    Topic(
        id="next_step",
        name=mark("agreeing the next step"),
        sentence=mark("No talk ends without who does what by which day."),
        text=mark(
            "“I will think about it” is no step. Before saying goodbye sum up in two sentences and "
            "agree the next step: who, what, which day, which hour. If the client names no day, "
            "name two. Repeat it, and write it down with the client listening.\n"
            "Look at your last five talks. Which have no day? Choose one, and say how you call "
            "today to get it."
        ),
        criteria=("next_step", "closing"),
    ),
    Topic(
        id="proposal",
        name=mark("proposals on the day"),
        sentence=mark("The proposal goes out the same day, and is gone through by phone."),
        text=mark(
            "Every day a proposal waits, the client cools. Send it the same day, one page, with "
            "what was agreed on top and the price below. In the covering line name the hour you "
            "ring to go through it together.\n"
            "Count your proposals that nobody went through with the client. Choose the largest and "
            "ring before noon."
        ),
        criteria=("proposal",),
    ),
    Topic(
        id="payment",
        name=mark("agreeing the payment"),
        sentence=mark("Every talk about an invoice ends with a date of payment."),
        text=mark(
            "Payment is a step of the sale, not of the bookkeeping. When the invoice goes out ask "
            "who releases it and on which days they pay. A promise has a day and a sum; a broken "
            "one is called the same day, kindly and without excuse.\n"
            "Each takes the oldest open invoice and says the first sentence of that call. The "
            "group listens for one thing: was a date asked for?"
        ),
        criteria=("payment",),
    ),
)  # fmt: skip


_OF_METRICS: Final = {
    "call_made": "opening",
    "call_made>meeting_held": "meeting",
    "meeting_held": "meeting",
    "meeting_held>proposal_sent": "needs",
    "proposal_sent": "proposal",
    "proposal_sent>invoice_issued": "price",
    "invoice_issued>payment_received": "payment",
}


def built_in() -> tuple[Topic, ...]:
    """The topics that come with the program, in the language spoken."""
    return tuple(
        msgspec.structs.replace(
            each, name=t(each.name), sentence=t(each.sentence), text=t(each.text)
        )
        for each in _BUILT_IN
    )


def library(own: Sequence[Topic] = ()) -> tuple[Topic, ...]:
    """All topics: the department's own first, then those built in that it does not replace."""
    ids = {topic.id for topic in own}
    return (*own, *(topic for topic in built_in() if topic.id not in ids))


def own_topics(config: Config) -> tuple[Topic, ...]:
    """The topics of the file the configuration names; none where it names none.

    Raises Refused as `read_topics` does.
    """
    from cockpit.config import topics_path

    path = topics_path(config)
    return read_topics(path) if path is not None else ()


def read_topics(path: Path) -> tuple[Topic, ...]:
    """The topics of a file. Raises Refused, naming the file and what is wrong in it."""
    import tomllib

    try:
        with path.open("rb") as file:
            told = msgspec.convert(tomllib.load(file), _File).topics
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(t("{path}: {reason}", path=path, reason=reason)) from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise Refused(t("{path}: {reason}", path=path, reason=error)) from error
    ids = [topic.id for topic in told]
    for topic in told:
        if ids.count(topic.id) > 1:
            raise Refused(t("{where}: {id} stands there twice", where=path, id=topic.id))
        if not topic.id.strip() or not topic.name.strip() or not topic.sentence.strip():
            raise Refused(
                t("{where}: {id} needs an id, a name and a sentence", where=path, id=topic.id)
            )
    return told


def topic_of(word: str, topics: Sequence[Topic]) -> Topic:
    """The topic a word means, by its id or its name. Raises Refused with those there are."""
    by_id = {topic.id: topic for topic in topics}
    if word in by_id:
        return by_id[word]
    found = find(word, {topic.id: topic.name for topic in topics})
    if found.key is None:
        listed = ", ".join(by_id)
        raise Refused(t("there is no topic {word}: type one of {listed}", word=word, listed=listed))
    return by_id[found.key]


def called(topic: str) -> str:
    """What a topic that comes with the program is called; a department's own by its own word."""
    name = next((each.name for each in _BUILT_IN if each.id == topic), None)
    return t(name) if name is not None else topic


def suggested(metric: str) -> str | None:
    """The topic that comes with the program for what a correction is about; None for none."""
    criterion = metric.removeprefix(QUALITY)
    if criterion != metric:
        return next((each.id for each in _BUILT_IN if criterion in each.criteria), None)
    return _OF_METRICS.get(metric)


def topic_for(criterion: Criterion, topics: Sequence[Topic]) -> Topic:
    """The topic that answers to a criterion; where there is none the criterion is its own."""
    for topic in topics:
        if criterion.id in topic.criteria or criterion.id == topic.id:
            return topic
    return Topic(id=criterion.id, name=criterion.text, sentence=criterion.guide or criterion.text)
