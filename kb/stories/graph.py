"""Stories in the merged graph: what each is, and which events are part of it."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

from pyoxigraph import Literal, NamedNode

from kb.change import Change
from kb.iris import Iris
from kb.stories.rows import StoryRows
from kb.terms import DL, RDF, RDFS, SEM, integer, moment
from kb.when import stamp

_CHOSEN = "(SELECT value FROM json_each(?))"


def write_changed(
    connection: Connection, iris: Iris, change: Change, rows: StoryRows, written: Iterable[int]
) -> None:
    """Put into a change what becomes of stories; `written` events are described anew by it."""
    after = _slugs(connection, rows.rewrite)
    readdressed = {root for root in rows.rewrite if rows.before.get(root, "") != after.get(root)}
    for slug in {rows.before.get(root, "") for root in rows.rewrite} | set(after.values()):
        if slug:
            change.events.add(iris.story(slug))
    _describe(connection, iris, change, rows.rewrite)
    for root in readdressed:
        if rows.before.get(root):
            for event in _members(connection, root) - rows.joined.keys():
                rows.left.setdefault(event, root)
    old = {**rows.before, **_slugs(connection, set(rows.left.values()) - rows.before.keys())}
    slugs = _event_slugs(connection, rows.left)
    for event, root in rows.left.items():
        if event in slugs and old.get(root):
            change.delete(iris.event(slugs[event]), DL.partOfStory, iris.story(old[root]))
    joined = {*written, *rows.joined}
    for root in readdressed:
        joined |= _members(connection, root)
    _join(connection, iris, change, joined)


def write_stories(connection: Connection, iris: Iris, change: Change) -> None:
    """Put into a change all stories and their events."""
    _describe(
        connection, iris, change, (r for (r,) in connection.execute("SELECT root FROM stories"))
    )
    _join(
        connection,
        iris,
        change,
        (e for (e,) in connection.execute("SELECT event FROM story_events")),
    )


def _describe(connection: Connection, iris: Iris, change: Change, stories: Iterable[int]) -> None:
    wanted = json.dumps(sorted(stories))
    nodes: dict[str, NamedNode] = {}
    for slug, name, first, last, articles, events in connection.execute(
        "SELECT slug, name, first, last, articles, events FROM stories"
        f" WHERE slug <> '' AND root IN {_CHOSEN}",
        (wanted,),
    ):
        node = nodes[slug] = iris.story(slug)
        change.add(node, RDF.type, DL.Story)
        change.add(node, RDFS.label, Literal(name, language="en"))
        if first:
            change.add(node, SEM.hasEarliestBeginTimeStamp, moment(stamp(first)))
        if last:
            change.add(node, SEM.hasLatestEndTimeStamp, moment(stamp(last, end=True)))
        change.add(node, DL.articleCount, integer(articles))
        change.add(node, DL.eventCount, integer(events))
    for slug, entity in connection.execute(
        "SELECT stories.slug, entities.slug FROM stories"
        " JOIN story_participants ON story = stories.root"
        " JOIN entities ON entities.root = entity"
        f" WHERE stories.slug <> '' AND stories.root IN {_CHOSEN}",
        (wanted,),
    ):
        change.add(nodes[slug], DL.mainParticipant, iris.entity(entity))


def _join(connection: Connection, iris: Iris, change: Change, events: Iterable[int]) -> None:
    """Say of events which stories they are part of."""
    for event, story in connection.execute(
        "SELECT story_events.slug, stories.slug FROM story_events"
        f" JOIN stories ON root = story WHERE stories.slug <> '' AND event IN {_CHOSEN}",
        (json.dumps(sorted(events)),),
    ):
        change.add(iris.event(event), DL.partOfStory, iris.story(story))


def _slugs(connection: Connection, stories: Iterable[int]) -> dict[int, str]:
    query = f"SELECT root, slug FROM stories WHERE root IN {_CHOSEN}"
    return dict(connection.execute(query, (json.dumps(sorted(stories)),)))


def _event_slugs(connection: Connection, events: Iterable[int]) -> dict[int, str]:
    query = f"SELECT id, slug FROM events WHERE id IN {_CHOSEN}"
    return dict(connection.execute(query, (json.dumps(sorted(events)),)))


def _members(connection: Connection, story: int) -> set[int]:
    query = "SELECT event FROM story_events WHERE story = ?"
    return {event for (event,) in connection.execute(query, (story,))}
