"""Which events a command lists: the options of `dateline timeline`, for others as well."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from cli.dates import Bound
from cli.options import as_of_option
from kb.views import TimelineFilter

NAMES = ("entity", "action", "date_from", "date_to", "text", "article", "story", "as_of")


def event_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose events; it gets a `TimelineFilter`, `wanted`."""

    @wraps(command)
    def with_filter(**values: Any) -> None:
        given = {name: values.pop(name) for name in NAMES}
        first, last = given["date_from"], given["date_to"]
        if first and last and first > last:
            raise click.UsageError(f"The range ends ({last}) before it begins ({first}).")
        command(wanted=TimelineFilter(**given), **values)

    decorated: Callable[..., None] = with_filter
    for decorate in reversed(
        (
            click.option(
                "--entity", metavar="ID", help="Only events of this entity, such as 'amazon'."
            ),
            click.option(
                "--action", metavar="TYPE", help="Only this type of action, or a narrower one."
            ),
            click.option(
                "--from", "date_from", type=Bound(last=False), help="Not before this date."
            ),
            click.option("--to", "date_to", type=Bound(last=True), help="Not after this date."),
            click.option(
                "--text", metavar="WORDS", help="Only events whose label or quote has these words."
            ),
            click.option("--article", metavar="ID", help="Only events that this article reports."),
            click.option("--story", metavar="ID", help="Only events of this story."),
            as_of_option,
        )
    ):
        decorated = decorate(decorated)
    return decorated
