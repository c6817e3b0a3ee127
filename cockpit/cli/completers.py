"""What Tab offers: verbs, sellers, clients, open invoices; nothing heavy is loaded for it."""

from __future__ import annotations

from collections.abc import Callable

import click
from click.shell_completion import CompletionItem

from cockpit.cli.base import given_file
from cockpit.department import Department, open_department
from cockpit.entry.names import plain
from cockpit.entry.verbs import Verb
from cockpit.errors import Refused
from events.errors import LogError

_MOST = 50


def sellers(
    context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Keys of sellers, with their names beside them."""
    return _with(context, lambda department: _keys(department.seller_names, begun))


def clients(
    context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Names of clients."""
    return _with(context, lambda department: _names(department.client_names, begun))


def open_invoices(
    context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Numbers of invoices not yet paid, with their clients beside them."""

    def offer(department: Department) -> list[CompletionItem]:
        invoices = department.desk.invoices(department.dials()).values()
        names = department.client_names
        return [
            CompletionItem(invoice.invoice, help=names.get(invoice.client or "", ""))
            for invoice in invoices
            if invoice.open > 0 and invoice.invoice.startswith(begun)
        ][:_MOST]

    return _with(context, offer)


def words_of(
    known: Verb, context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """What may follow a verb: invoices where it speaks of one, and clients."""
    found = open_invoices(context, parameter, begun) if "invoice" in known.slots else []
    return found + clients(context, parameter, begun)


def _keys(names: dict[str, str], begun: str) -> list[CompletionItem]:
    """Keys that begin so, or whose name does."""
    start = plain(begun)
    return [
        CompletionItem(key, help=name)
        for key, name in names.items()
        if key.startswith(begun) or plain(name).startswith(start)
    ][:_MOST]


def _names(names: dict[str, str], begun: str) -> list[CompletionItem]:
    """Names that begin so, whatever the case and the accents."""
    start = plain(begun)
    return [
        CompletionItem(name, help=key)
        for key, name in names.items()
        if plain(name).startswith(start)
    ][:_MOST]


def _with(
    context: click.Context, offer: Callable[[Department], list[CompletionItem]]
) -> list[CompletionItem]:
    """What the department offers; nothing where it cannot be opened."""
    try:
        with open_department(given_file(context), writable=False) as department:
            return offer(department)
    except (LogError, Refused):
        return []
