"""Events by their addresses: those they have, and those they would have by another report's day.

An address is made of the preferred day and the label of the first report. When the preferred
day changes, links to the old address still lead to the event; so do links by any day that a
report gives. Where another event has that address now, it is that one's.
"""

from __future__ import annotations

import re
from sqlite3 import Connection

from kb.events import MergedEvent, suffixed

_SUFFIX = re.compile(r"(.+)-[0-9a-f]{6}")


def write_former(connection: Connection, event: int, merged: MergedEvent) -> None:
    """Record the addresses by other days of an event."""
    rows = [(base, merged.founding, event) for base in merged.former]
    connection.executemany("INSERT INTO event_addresses VALUES (?, ?, ?)", rows)


def find_event(connection: Connection, slug: str) -> tuple[int, str] | None:
    """The row of an event and its present address; None when nothing leads there."""
    row = connection.execute("SELECT id, slug FROM events WHERE slug = ?", (slug,)).fetchone()
    if row is None:
        row = connection.execute(
            "SELECT events.id, slug FROM event_addresses AS a JOIN events ON events.id = a.event"
            " WHERE a.base = ? ORDER BY a.founding LIMIT 1",
            (slug,),
        ).fetchone()
    if row is None and (found := _SUFFIX.fullmatch(slug)):
        row = _suffixed(connection, found[1], slug)
    return (int(row[0]), str(row[1])) if row else None


def _suffixed(connection: Connection, base: str, slug: str) -> tuple[int, str] | None:
    """An event that once shared the plain address with another, and no longer does."""
    rows = connection.execute(
        "SELECT id, slug, founding FROM events WHERE base = ?1 UNION SELECT events.id, slug,"
        " events.founding FROM event_addresses AS a JOIN events ON events.id = a.event"
        " WHERE a.base = ?1",
        (base,),
    )
    return next(
        ((event, own) for event, own, founding in rows if suffixed(base, founding) == slug), None
    )
