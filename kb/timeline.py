"""Timelines: pages of events under a filter, with their facets."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from kb.as_of import Known
from kb.cursors import page
from kb.event_rows import LEVELS
from kb.events import MergedEvent
from kb.selection import Selection
from kb.taxonomy import action_label, with_narrower
from kb.views import EntityRef, EventSummary, Facet, TimelineFilter, TimelinePage
from kb.when import when

FACETS = 20
"""Values of one facet, most frequent first."""
ALL = 10_000
"""More than there are kinds of action."""
SAMPLE = 5_000
"""Facets of combined conditions are counted over at most so many events."""
KNOWN = 500
"""The same, as of a day: of each the reports are read."""
_ROLE_ORDER = {"agent": 0, "patient": 1}

Participants = tuple[tuple[str, EntityRef | None, str], ...]


def timeline(
    connection: Connection, filter: TimelineFilter, cursor: str | None, limit: int
) -> TimelinePage:
    """A page of at most `limit` events. Raises CursorError, ValueError on a bad date or limit."""
    if limit < 1:
        raise ValueError(f"a page holds at least one event, not {limit}")
    if filter.as_of is not None:
        return _as_of(connection, Known(connection, filter), cursor, limit)
    selection = Selection(connection, filter)
    found = page(selection.fetch, cursor, limit)
    rows = summaries(connection, [event for _, event in found.rows])
    return TimelinePage(tuple(rows), selection.total(), found.next, found.previous)


def _as_of(connection: Connection, known: Known, cursor: str | None, limit: int) -> TimelinePage:
    """A page of what was known by a day; the total counts what is left out of it by salience."""
    selection = Selection(connection, known.candidates())
    found = page(known.passing(selection.fetch), cursor, limit)
    states = {event: known.states[event] for _, event in found.rows}
    rows = summaries_of(connection, states)
    down = known.filter.order == "newest"
    dated = sorted(
        (row for row in rows if row.when.earliest or row.when.latest),
        key=lambda row: (row.when.earliest or row.when.latest or "")[:10],
        reverse=down,
    )
    undated = [row for row in rows if not (row.when.earliest or row.when.latest)]
    return TimelinePage((*dated, *undated), selection.total(), found.next, found.previous)


def summaries_of(connection: Connection, events: Mapping[int, MergedEvent]) -> list[EventSummary]:
    """Rows of a timeline for these events as they are described here, in the order given."""
    query = "SELECT id, slug FROM events WHERE id IN (SELECT value FROM json_each(?))"
    slugs = dict(connection.execute(query, (json.dumps(sorted(events)),)))
    named = {f.entity for event in events.values() for f, _ in event.participants if f.entity}
    refs = entity_refs(connection, named)
    return [
        _summary(
            (
                slugs[row], event.label, event.action, event.earliest, event.latest,
                event.precision, event.polarity, event.factuality, event.salience,
                len(event.claims), event.sources, " ".join(event.disputed), event.quote, "",
            ),
            [(f.role, f.entity, f.words) for f, _ in event.participants],
            refs,
        )
        for row, event in events.items()
    ]  # fmt: skip


def summaries(connection: Connection, events: list[int]) -> list[EventSummary]:
    """Rows of a timeline, in the order asked for."""
    query = (
        "SELECT id, slug, label, action, earliest, latest, precision, polarity, factuality,"
        " salience, reports, sources, disputed, quote, participants FROM events"
        " WHERE id IN (SELECT value FROM json_each(?))"
    )
    rows = {row[0]: row[1:] for row in connection.execute(query, (json.dumps(events),))}
    fillers = {event: json.loads(row[-1]) for event, row in rows.items()}
    refs = entity_refs(connection, {f[1] for found in fillers.values() for f in found if f[1]})
    return [_summary(rows[event], fillers[event], refs) for event in events if event in rows]


def _summary(
    row: tuple[Any, ...], fillers: Sequence[Any], refs: dict[int, EntityRef]
) -> EventSummary:
    slug, label, action, earliest, latest, precision, polarity, factuality = row[:8]
    salience, reports, sources, disputed, quote, _ = row[8:]
    return EventSummary(
        slug=slug,
        label=label,
        action=action,
        action_label=action_label(action),
        when=when(earliest, latest, precision),
        polarity=polarity,
        factuality=factuality,
        salience=salience,
        reports=reports,
        sources=sources,
        disputed=tuple(disputed.split()),
        participants=in_order(
            (role, ref := refs.get(root), ref.name if ref else words)
            for role, root, words in fillers
        ),
        quote=quote,
    )


def in_order(participants: Iterable[tuple[str, EntityRef | None, str]]) -> Participants:
    """Agents first, then patients, then the others as they come."""
    return tuple(sorted(participants, key=lambda item: _ROLE_ORDER.get(item[0], 2)))


def entity_refs(connection: Connection, roots: Iterable[int]) -> dict[int, EntityRef]:
    """Entities by root."""
    query = (
        "SELECT root, slug, name, type FROM entities WHERE root IN (SELECT value FROM json_each(?))"
    )
    rows = connection.execute(query, (json.dumps(sorted(roots)),))
    return {root: EntityRef(slug, name, kind) for root, slug, name, kind in rows}


def facets(connection: Connection, filter: TimelineFilter) -> dict[str, tuple[Facet, ...]]:
    """What the events under a filter can be narrowed by: "action" and "entity", with counts."""
    if filter.as_of is not None:
        return _facets_as_of(connection, Known(connection, filter))
    level = round(filter.salience * LEVELS)
    whole = abs(filter.salience * LEVELS - level) < 1e-9 and 0 <= level < LEVELS
    if whole and filter == TimelineFilter(salience=filter.salience, order=filter.order):
        return {
            "action": actions(top(connection, "action", level, ALL), FACETS),
            "entity": _entities(connection, top(connection, "entity", level, FACETS)),
        }
    events = json.dumps(Selection(connection, filter).sample(SAMPLE))
    chosen = "(SELECT value FROM json_each(?))"
    found = connection.execute(
        f"SELECT action, count(*) FROM events WHERE id IN {chosen} GROUP BY action", (events,)
    )
    who = connection.execute(
        f"SELECT entity, count(DISTINCT event) FROM event_entities WHERE event IN {chosen}"
        " GROUP BY entity ORDER BY count(DISTINCT event) DESC, entity LIMIT ?",
        (events, FACETS),
    )
    return {
        "action": actions(found, FACETS),
        "entity": _entities(connection, [(str(entity), n) for entity, n in who]),
    }


def _facets_as_of(connection: Connection, known: Known) -> dict[str, tuple[Facet, ...]]:
    """The same, over at most `KNOWN` events as they were known."""
    known.load(Selection(connection, known.candidates()).sample(KNOWN))
    states = known.states.values()
    doing = Counter(event.action for event in states)
    who = Counter(
        entity
        for event in states
        for entity in {f.entity for f, _ in event.participants if f.entity is not None}
    )
    ranked = sorted(who.items(), key=lambda item: (-item[1], item[0]))[:FACETS]
    return {
        "action": actions(doing.items(), FACETS),
        "entity": _entities(connection, [(str(entity), n) for entity, n in ranked]),
    }


def top(connection: Connection, kind: str, level: int, limit: int) -> list[tuple[str, int]]:
    """The most frequent values of a kept total."""
    query = (
        "SELECT a, n FROM totals WHERE kind = ? AND level = ? AND n > 0 ORDER BY n DESC, a LIMIT ?"
    )
    return connection.execute(query, (kind, level, limit)).fetchall()


def actions(counts: Iterable[tuple[str, int]], limit: int) -> tuple[Facet, ...]:
    """Counts of actions as a facet, each with the events of narrower ones: what it selects."""
    found = with_narrower(dict(counts))[:limit]
    return tuple(Facet(name, action_label(name), n) for name, n in found)


def _entities(connection: Connection, counts: list[tuple[str, int]]) -> tuple[Facet, ...]:
    refs = entity_refs(connection, {int(root) for root, _ in counts})
    found = ((refs.get(int(root)), n) for root, n in counts)
    return tuple(Facet(ref.slug, ref.name, n) for ref, n in found if ref)


def companions(connection: Connection, root: int, limit: int) -> tuple[tuple[EntityRef, int], ...]:
    """Entities that share events with this one, counted over its latest `SAMPLE` events."""
    query = (
        "SELECT other.entity, count(*) FROM (SELECT event FROM event_entities WHERE entity = ?1"
        " ORDER BY undated, sort DESC LIMIT ?2) AS own"
        " JOIN event_entities AS other ON other.event = own.event WHERE other.entity <> ?1"
        " GROUP BY other.entity ORDER BY count(*) DESC, other.entity LIMIT ?3"
    )
    found: Counter[int] = Counter(dict(connection.execute(query, (root, SAMPLE, limit))))
    refs = entity_refs(connection, found)
    ranked = sorted(found.items(), key=lambda item: (-item[1], refs[item[0]].name))
    return tuple((refs[entity], n) for entity, n in ranked)
