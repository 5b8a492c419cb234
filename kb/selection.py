"""Which events a filter selects, in order and by page: from the index, at a cost per page.

Each combination of conditions has one index of the database that gives its events in order;
an action with its narrower types, and a date range with long events that began before it, are
read from several, and merged.
"""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from sqlite3 import Connection

from kb.cursors import Key, merged
from kb.event_rows import LEVELS, WIDE
from kb.taxonomy import is_everything, narrower
from kb.views import TimelineFilter
from kb.when import stamp

FEW = 2_000
"""Events known by a day that are found by that alone, and then put in order."""
_LAST = date.max.toordinal()
COUNTED = 10_000
"""Combined conditions are counted up to this; totals of single ones are kept exactly."""

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


@dataclass(frozen=True, slots=True)
class _Stream:
    """One way to read events in order: tables, a condition with its values, and the keys."""

    tables: str
    where: tuple[str, ...]
    values: tuple[object, ...]
    keys: str = "events"


class Selection:
    """The events that pass a filter. Raises ValueError on a date that is none."""

    def __init__(self, connection: Connection, filter: TimelineFilter) -> None:
        if filter.action is not None and is_everything(filter.action):
            filter = replace(filter, action=None)
        self.connection, self.filter = connection, filter
        self.newest = filter.order == "newest"
        self.streams = list(self._streams())
        if filter.as_of is not None:
            self.streams = [
                known for stream in self.streams for known in self._known(stream, filter.as_of)
            ]

    def _known(self, stream: _Stream, day: str) -> Iterator[_Stream]:
        """The events of a stream that were reported up to a day.

        Where they are few they are found by that; else in order of time, where those that come
        after their first report (a plan, say) are read apart, so that of the others nothing
        after the day has to be passed over.
        """
        few = "SELECT count(*) FROM (SELECT 1 FROM events WHERE known <= ? LIMIT ?)"
        if self.connection.execute(few, (day, FEW)).fetchone()[0] < FEW:
            chosen = "events.id IN (SELECT id FROM events WHERE known <= ?)"
            yield replace(stream, where=(*stream.where, chosen), values=(*stream.values, day))
            return
        keys, known = stream.keys, "events.known <= ?"
        soon = date.fromordinal(min(date.fromisoformat(day).toordinal() + WIDE, _LAST)).isoformat()
        for ahead, end in (("IS NULL", day), ("= 1", soon), ("= 2", None)):
            where = (*stream.where, f"events.ahead {ahead}", known)
            values = (*stream.values, day)
            if end is not None:
                where, values = (*where, f"{keys}.sort <= ?"), (*values, f"{end}~~")
            if end is None and keys == "ee":
                yield self._far(where, values)
                continue
            # Those that come after their first report are few: they have an index of their own.
            own = ahead != "IS NULL" and stream.tables == "events"
            tables = "events INDEXED BY events_ahead" if own else stream.tables
            yield _Stream(tables, where, values, keys)

    @staticmethod
    def _far(where: tuple[str, ...], values: tuple[object, ...]) -> _Stream:
        """Events of an entity that come long after their first report: these few are read, and
        whether the entity takes part is looked up, not the other way round.
        """
        part = (
            "EXISTS (SELECT 1 FROM event_entities AS m WHERE m.entity = ? AND m.undated ="
            " events.undated AND m.sort = events.sort AND m.slug = events.slug"
            " AND m.event = events.id)"
        )
        return _Stream("events", (part, *where[1:]), values)

    def _streams(self) -> Iterator[_Stream]:
        filter = self.filter
        where, values = self._conditions()
        if filter.text is not None:
            match = match_words(filter.text)
            if match:
                condition = (
                    "events.id IN (SELECT rowid FROM event_search WHERE event_search MATCH ?)"
                )
                yield _Stream(
                    "events", (*where, *self._more(), condition), (*values, *self._extra(), match)
                )
            return
        if filter.article is not None:
            condition = (
                "events.id IN (SELECT event FROM claims JOIN articles"
                " ON articles.id = claims.article WHERE articles.slug = ?)"
            )
            yield _Stream(
                "events",
                (*where, *self._more(), condition),
                (*values, *self._extra(), filter.article),
            )
            return
        if filter.story is not None:
            tables = (
                "stories CROSS JOIN story_events AS se ON se.story = stories.root"
                " CROSS JOIN events ON events.id = se.event"
            )
            where = ("stories.slug = ?", *where, *self._more(story=False))
            yield _Stream(tables, where, (filter.story, *values, *self._extra(story=False)), "se")
            return
        if filter.entity is not None:
            root = self._root(filter.entity)
            if root is not None:
                tables = "event_entities AS ee CROSS JOIN events ON events.id = ee.event"
                where = ("ee.entity = ?", *where, *self._actions())
                yield _Stream(tables, where, (root, *values, *self._extra(entity=False)), "ee")
            return
        if filter.action is None:
            yield from self._ranged("events", where, values)
        for name in self._action_names():
            yield from self._ranged("events", (*where, "events.action = ?"), (*values, name))

    def _ranged(
        self, tables: str, where: tuple[str, ...], values: tuple[object, ...]
    ) -> Iterator[_Stream]:
        """With a first day, narrow events are read from shortly before it, long ones apart."""
        start = self.filter.date_from
        if start is None:
            yield _Stream(tables, where, values)
            return
        first = date.fromisoformat(stamp(start)[:10]).toordinal()
        early = date.fromordinal(max(1, first - WIDE)).isoformat()
        yield _Stream(tables, (*where, "NOT wide", "events.sort >= ?"), (*values, early))
        yield _Stream(tables, (*where, "wide"), values)

    def _conditions(self) -> tuple[tuple[str, ...], tuple[object, ...]]:
        filter = self.filter
        where: list[str] = []
        values: list[object] = []
        if filter.salience > 0:
            where.append("events.salience >= ?")
            values.append(filter.salience)
        if filter.date_from is not None:
            where.append("events.last >= ?")
            values.append(stamp(filter.date_from)[:10])
        if filter.date_to is not None:
            end = stamp(filter.date_to, end=True)[:10]
            where += ["events.first <= ?", "events.sort <= ?"]
            values += [end, f"{end}~~"]
        return tuple(where), tuple(values)

    def _action_names(self) -> tuple[str, ...]:
        return narrower(self.filter.action) if self.filter.action is not None else ()

    def _actions(self) -> tuple[str, ...]:
        if self.filter.action is None:
            return ()
        return ("events.action IN (SELECT value FROM json_each(?))",)

    def _more(self, story: bool = True) -> tuple[str, ...]:
        """Action, entity and story as conditions on events that come from elsewhere."""
        found = self._actions()
        if self.filter.entity is not None:
            found = (*found, "events.id IN (SELECT event FROM event_entities WHERE entity = ?)")
        if story and self.filter.story is not None:
            belonging = "SELECT event FROM stories JOIN story_events ON story = root WHERE"
            found = (*found, f"events.id IN ({belonging} stories.slug = ?)")
        return found

    def _extra(self, entity: bool = True, story: bool = True) -> tuple[object, ...]:
        values: list[object] = []
        if self.filter.action is not None:
            values.append(json.dumps(self._action_names()))
        if entity and self.filter.entity is not None:
            values.append(self._root(self.filter.entity) or 0)
        if story and self.filter.story is not None:
            values.append(self.filter.story)
        return tuple(values)

    def _root(self, slug: str) -> int | None:
        row = self.connection.execute("SELECT root FROM entities WHERE slug = ?", (slug,))
        found = row.fetchone()
        return int(found[0]) if found else None

    def fetch(self, key: Key | None, back: bool, limit: int) -> list[tuple[Key, int]]:
        """At most `limit` events from a key on (not included), or before it."""
        found: list[tuple[Key, int]] = []
        sections = (1, 0) if back else (0, 1)
        for undated in sections:
            if key and (undated < key.undated if not back else undated > key.undated):
                continue
            start = key if key and key.undated == undated else None
            lists = [
                self._read(stream, undated, start, back, limit - len(found))
                for stream in self.streams
            ]
            found += merged(lists, self.newest, back, limit - len(found))
            if len(found) >= limit:
                break
        return found

    def _read(
        self, stream: _Stream, undated: int, start: Key | None, back: bool, limit: int
    ) -> list[tuple[Key, int]]:
        down = self.newest != back
        names = stream.keys
        where = [*stream.where, f"{names}.undated = ?"]
        values = [*stream.values, undated]
        if start is not None:
            where.append(f"({names}.sort, {names}.slug) {'<' if down else '>'} (?, ?)")
            values += [start.sort, start.slug]
        way = "DESC" if down else "ASC"
        query = (
            f"SELECT {names}.sort, {names}.slug, events.id FROM {stream.tables}"
            f" WHERE {' AND '.join(where)}"
            f" ORDER BY {names}.sort {way}, {names}.slug {way} LIMIT ?"
        )
        rows = self.connection.execute(query, (*values, limit))
        return [(Key(undated, sort, slug), event) for sort, slug, event in rows]

    def total(self) -> int:
        """How many events pass: from kept totals where one condition stands, else counted."""
        kept = self._kept()
        if kept is not None:
            return kept
        return sum(
            self.connection.execute(
                f"SELECT count(*) FROM (SELECT 1 FROM {stream.tables}"
                f" WHERE {' AND '.join(stream.where) or '1'} LIMIT {COUNTED})",
                stream.values,
            ).fetchone()[0]
            for stream in self.streams
        )

    def _kept(self) -> int | None:
        filter = self.filter
        level = round(filter.salience * LEVELS)
        whole = abs(filter.salience * LEVELS - level) < 1e-9 and 0 <= level < LEVELS
        others = (
            filter.text, filter.article, filter.story, filter.date_from, filter.date_to,
            filter.as_of,
        )  # fmt: skip
        if not whole or any(other is not None for other in others):
            return None
        if filter.entity is not None:
            root = self._root(filter.entity)
            kind = "entity-action" if filter.action is not None else "entity"
            keys = [(kind, str(root), name) for name in self._action_names() or ("",)]
        elif filter.action is not None:
            keys = [("action", name, "") for name in self._action_names()]
        else:
            keys = [("all", "", "")]
        query = "SELECT n FROM totals WHERE kind = ? AND a = ? AND b = ? AND level = ?"
        rows = (self.connection.execute(query, (*key, level)).fetchone() for key in keys)
        return sum(int(row[0]) for row in rows if row)

    def sample(self, limit: int) -> list[int]:
        """Events that pass, at most so many, in no stated order."""
        found: set[int] = set()
        for stream in self.streams:
            rows = self.connection.execute(
                f"SELECT events.id FROM {stream.tables}"
                f" WHERE {' AND '.join(stream.where) or '1'} LIMIT ?",
                (*stream.values, limit),
            )
            found |= {event for (event,) in rows}
        return sorted(found)[:limit]


def match_words(text: str) -> str:
    """A full-text condition in which every word of the text must occur, the last as a prefix.

    Nothing that the user types is an operator: each word is a string of its own.

    >>> match_words('Parler AND "offline')
    '"Parler" "AND" "offline"*'
    """
    words = _WORD.findall(text)[:32]
    quoted = " ".join(f'"{word}"' for word in words)
    return f"{quoted}*" if words else ""
