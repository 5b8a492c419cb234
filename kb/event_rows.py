"""Events in the index: rows of timelines, their keys, their words for search, and totals."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from sqlite3 import Connection

from kb.addresses import write_former
from kb.claims import Claim
from kb.events import MergedEvent, merge, suffixed

LEVELS = 10
"""Totals are kept for events of at least each tenth of salience below 1."""
WIDE = 31
"""Days beyond which an event is listed apart, so that others are found by their beginning."""


class EventRows:
    """The rows that a change of claims touches."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.cleared: set[str] = set()
        """Addresses that no longer hold what they held."""
        self.rewrite: set[int] = set()
        """Events whose description has to be written though their claims are the same."""
        self.totals: Counter[tuple[str, str, str, int]] = Counter()

    def replace(self, stale: set[int], clusters: list[list[Claim]]) -> dict[int, MergedEvent]:
        """Put these clusters in place of stale events. Returns the events that differ."""
        db = self.connection
        query = (
            "SELECT founding, id, digest, base FROM events"
            " WHERE id IN (SELECT value FROM json_each(?))"
        )
        rows = db.execute(query, (json.dumps(sorted(stale)),))
        old = {founding: (event, digest, base) for founding, event, digest, base in rows}
        changed: dict[int, MergedEvent] = {}
        bases: set[str] = set()
        moves: list[tuple[int, int]] = []
        for claims in clusters:
            event = merge(claims)
            kept, digest, base = old.pop(event.founding, (None, "", event.base))
            if digest != event.digest():
                bases |= {base, event.base}
                if kept is not None:
                    self._delete(kept)
                kept = self._insert(kept, event, claims)
                changed[kept] = event
            assert kept is not None
            moves += [(kept, claim.id) for claim in claims if claim.event != kept]
        for gone, _, base in old.values():
            bases.add(base)
            self._delete(gone)
        db.executemany("UPDATE claims SET event = ? WHERE id = ?", moves)
        self._readdress(bases, changed)
        self._write_totals()
        return changed

    def slugs(self, events: Iterable[int]) -> dict[int, str]:
        """The addresses of events."""
        query = "SELECT id, slug FROM events WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self.connection.execute(query, (json.dumps(sorted(events)),)))

    def _delete(self, event: int) -> None:
        db = self.connection
        row = db.execute("SELECT slug, salience, action FROM events WHERE id = ?", (event,))
        slug, salience, action = row.fetchone()
        self.cleared.add(slug)
        entities = db.execute("SELECT entity FROM event_entities WHERE event = ?", (event,))
        self._count(salience, action, [entity for (entity,) in entities], -1)
        for table, column in (
            ("event_entities", "event"),
            ("event_addresses", "event"),
            ("event_search", "rowid"),
            ("events", "id"),
        ):
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", (event,))

    def _insert(self, row: int | None, event: MergedEvent, claims: list[Claim]) -> int:
        first, last, sort, undated = _position(event)
        wide = bool(event.earliest and event.latest) and _days(first, last) > WIDE
        participants = json.dumps(
            [[f.role, f.entity, f.words] for f, _ in event.participants], ensure_ascii=False
        )
        values = (
            row, "", event.base, event.founding, event.digest(), event.label, event.action,
            event.earliest, event.latest, event.precision, undated, sort, first, last, wide,
            event.polarity, event.factuality, event.salience, len(event.claims), event.sources,
            " ".join(event.disputed), event.quote, participants, event.known,
            _ahead(event.known, first),
        )  # fmt: skip
        marks = ", ".join("?" * len(values))
        found = self.connection.execute(f"INSERT INTO events VALUES ({marks})", values).lastrowid
        assert found is not None
        quotes = "\n".join(dict.fromkeys(claim.quote for claim in claims))
        labels = "\n".join(dict.fromkeys([event.label, *(claim.label for claim in claims)]))
        self.connection.execute(
            "INSERT INTO event_search (rowid, label, quotes) VALUES (?, ?, ?)",
            (found, labels, quotes),
        )
        write_former(self.connection, found, event)
        entities = sorted({f.entity for f, _ in event.participants if f.entity is not None})
        self.connection.executemany(
            "INSERT INTO event_entities VALUES (?, ?, ?, ?, ?)",
            [(entity, undated, sort, "", found) for entity in entities],
        )
        self._count(event.salience, event.action, entities, 1)
        return found

    def _readdress(self, bases: set[str], changed: dict[int, MergedEvent]) -> None:
        """Give each address to the event reported first, and one with a suffix to the others."""
        db = self.connection
        for base in sorted(bases):
            first = db.execute(
                "SELECT id FROM events WHERE base = ? ORDER BY founding LIMIT 1", (base,)
            ).fetchone()
            holders = db.execute(
                "SELECT events.id, events.slug FROM events WHERE base = ?1 AND slug IN (?1, '')",
                (base,),
            ).fetchall()
            if first and all(first[0] != event for event, _ in holders):
                slug = db.execute("SELECT slug FROM events WHERE id = ?", first).fetchone()[0]
                holders.append((first[0], slug))
            for event, slug in holders:
                wanted = base if event == first[0] else self._suffixed(event)
                if slug == wanted:
                    continue
                if slug:
                    self.cleared.add(slug)
                if event not in changed:
                    self.rewrite.add(event)
                db.execute("UPDATE events SET slug = ? WHERE id = ?", (wanted, event))
                db.execute("UPDATE event_entities SET slug = ? WHERE event = ?", (wanted, event))

    def _suffixed(self, event: int) -> str:
        base, founding = self.connection.execute(
            "SELECT base, founding FROM events WHERE id = ?", (event,)
        ).fetchone()
        return suffixed(base, founding)

    def _count(self, salience: float, action: str, entities: list[int], step: int) -> None:
        keys = [("all", "", ""), ("action", action, "")]
        for entity in entities:
            keys += [("entity", str(entity), ""), ("entity-action", str(entity), action)]
        for level in range(level_of(salience) + 1):
            for key in keys:
                self.totals[(*key, level)] += step

    def _write_totals(self) -> None:
        changed = [(*key, n) for key, n in self.totals.items() if n]
        self.connection.executemany(
            "INSERT INTO totals VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n",
            changed,
        )
        self.connection.executemany(
            "DELETE FROM totals WHERE n = 0 AND kind = ? AND a = ? AND b = ? AND level = ?",
            [row[:4] for row in changed if row[4] < 0],
        )
        self.totals.clear()


def level_of(salience: float) -> int:
    """The highest tenth that a salience reaches, below 10."""
    return max(0, min(LEVELS - 1, int(salience * LEVELS + 1e-9)))


def _position(event: MergedEvent) -> tuple[str | None, str | None, str, bool]:
    """First and last day for filters, the key that orders events, and whether there is none.

    An event of which only the end is known ("by 11 January") comes after all others of that day,
    unless something is known to have come after it; events of one time come in the order in
    which they happened, as far as that is told.
    """
    first, last = event.earliest or event.latest, event.latest or event.earliest
    if first is None or last is None:
        return None, None, "", True
    time = event.earliest or f"{last[:10]}{'' if event.leads else '~'}"
    # "!" stands before all that a moment goes on with: a day comes before its hours.
    return first[:10], last[:10], f"{time}!{event.place}", False


def _ahead(known: str, first: str | None) -> int | None:
    """Whether an event comes after its first report: 1 within `WIDE` days, 2 later, else None."""
    if first is None or first <= known:
        return None
    return 1 if _days(known, first) <= WIDE else 2


def _days(first: str | None, last: str | None) -> int:
    if not first or not last:
        return 0
    return date.fromisoformat(last).toordinal() - date.fromisoformat(first).toordinal()
