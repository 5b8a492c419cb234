"""A timeline's filter in an address: read from a query string, and written back into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.periods import calendar_bounds
from kb.views import MAIN_LINE, TimelineFilter
from web.problems import Problem


def read_filter(args: Mapping[str, str]) -> TimelineFilter:
    """The filter that a query string asks for: entity, action, from, to, q, article, story, show,
    order, as_of.

    Dates may be a year, a month or a day; ``from`` is its first day, ``to`` and ``as_of`` its last.
    Raises Problem 400 for a date that can't be, a range that ends before it begins, and an
    unknown ``order`` or ``show``.
    """
    date_from = _bound(args, "from", last=False)
    date_to = _bound(args, "to", last=True)
    if date_from and date_to and date_from > date_to:
        raise Problem(
            400, f"The range ends ({date_to}) before it begins ({date_from}): swap 'from' and 'to'."
        )
    order = _choice(args, "order", "oldest", "newest")
    show = _choice(args, "show", "main", "all")
    return TimelineFilter(
        entity=args.get("entity", "").strip() or None,
        action=args.get("action", "").strip() or None,
        date_from=date_from,
        date_to=date_to,
        text=args.get("q", "").strip() or None,
        article=args.get("article", "").strip() or None,
        story=args.get("story", "").strip() or None,
        salience=MAIN_LINE if show == "main" else 0.0,
        order="newest" if order == "newest" else "oldest",
        as_of=read_as_of(args),
    )


def read_as_of(args: Mapping[str, str]) -> str | None:
    """The day of ``as_of`` (or ``as-of``), up to which articles count. Raises Problem 400."""
    return _bound(args, "as_of" if "as_of" in args else "as-of", last=True)


def write_filter(filter: TimelineFilter, **changes: str | float | None) -> dict[str, str]:
    """The query string's parts for a filter, after changes; what is default is left out."""
    changed = replace(filter, **changes)  # type: ignore[arg-type]
    parts = {
        "q": changed.text,
        "entity": changed.entity,
        "action": changed.action,
        "from": changed.date_from,
        "to": changed.date_to,
        "article": changed.article,
        "story": changed.story,
        "as_of": changed.as_of,
        "show": None if changed.salience > 0 else "all",
        "order": None if changed.order == "oldest" else changed.order,
    }
    return {name: value for name, value in parts.items() if value}


def is_narrowed(filter: TimelineFilter) -> bool:
    """Whether the filter leaves out anything but background."""
    plain = TimelineFilter(salience=filter.salience, order=filter.order)
    return filter != plain


def _choice(args: Mapping[str, str], name: str, *choices: str) -> str:
    value = args.get(name) or choices[0]
    if value not in choices:
        raise Problem(400, f"'{name}' is {value!r}: choose {' or '.join(choices)}.")
    return value


def _bound(args: Mapping[str, str], name: str, last: bool) -> str | None:
    words = args.get(name, "").strip()
    if not words:
        return None
    try:
        return calendar_bounds(words)[last].isoformat()
    except ValueError as error:
        raise Problem(
            400,
            f"'{words}' in '{name}' is no date: write a day, a month or a year, "
            "as in 2021-01-08, 2021-01 or 2021.",
        ) from error
