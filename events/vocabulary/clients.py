"""Clients: who they are, who was lost, and the way back."""

import datetime as dt
from typing import ClassVar, Literal

from events.vocabulary.fact import Fact, Whole


class ClientRegistered(Fact, frozen=True, kw_only=True):
    """A client becomes known. The key says nothing of the name, so the name can be forgotten."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("name", "contact", "phone", "email", "note")

    client: str
    name: str
    seller: str | None = None
    channel: str | None = None
    segment: str | None = None
    territory: str | None = None
    group: str | None = None
    grade: Literal["A", "B", "C"] | None = None
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    note: str | None = None


class ClientForgotten(Fact, frozen=True, kw_only=True):
    """The personal fields of a client, or of a seller who left, were erased."""

    client: str | None = None
    seller: str | None = None
    fields: Whole


class LostClientDecided(Fact, frozen=True, kw_only=True):
    """Whether a lost client is worked on or left alone."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason",)

    client: str
    decision: Literal["work", "leave"]
    reason: str
    seller: str | None = None


class ReturnPathAttached(Fact, frozen=True, kw_only=True):
    """A step-by-step way back, with owners and dates."""

    client: str
    path: str
    seller: str | None = None
    due: dt.date | None = None


class ReturnStepDone(Fact, frozen=True, kw_only=True):
    """One step on the way back was done."""

    client: str
    path: str
    step: str
    seller: str | None = None


class UpsellMarked(Fact, frozen=True, kw_only=True):
    """A deal grew above what the client asked for."""

    deal: str
    amount: Whole
    seller: str | None = None
    client: str | None = None


class DownsellMarked(Fact, frozen=True, kw_only=True):
    """A deal was saved by offering less."""

    deal: str
    amount: Whole
    seller: str | None = None
    client: str | None = None
