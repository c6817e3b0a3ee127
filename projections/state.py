"""What a department, its people and their papers are like as seen through the dials."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.vocabulary.people import Recognition


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The department's ground rules as its `DepartmentOpened` event set them."""

    name: str
    country: str
    currency: str
    minor_digits: int
    zone: str
    language: str
    recognition: Recognition
    late_days: int
    brief_seconds: int


class SellerState(msgspec.Struct, frozen=True, kw_only=True):
    """A seller as known at the dials; personal names come from the log, never from here."""

    seller: str
    team: str | None = None
    role: str | None = None
    hired: dt.date
    left: dt.date | None = None


class ClientState(msgspec.Struct, frozen=True, kw_only=True):
    """A client as known at the dials."""

    client: str
    seller: str | None = None
    channel: str | None = None
    segment: str | None = None
    territory: str | None = None
    group: str | None = None
    forgotten: bool = False


class InvoiceState(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice as known at the dials; `open` = amount - credited - written off - paid.

    `cost_left` and `direct_left` are what of its costs no payment has taken yet.
    """

    invoice: str
    seller: str | None
    client: str | None
    deal: str | None
    amount: int
    paid: int
    open: int
    cost_left: int
    direct_left: int
    issued: dt.date
