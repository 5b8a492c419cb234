"""Stories for pages, commands and the API: read from the index, at a cost per page."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections import defaultdict
from sqlite3 import Connection

from kb.cursors import Key, page
from kb.directory import article_refs
from kb.iris import Iris
from kb.selection import match_words
from kb.timeline import SAMPLE, entity_refs
from kb.views import StoryPage, StoryRef, StorySummary, StoryView
from kb.when import when

ARTICLES = 200
"""Articles that are listed of one story."""


def stories(
    connection: Connection, entity: str | None, text: str | None, cursor: str | None, limit: int
) -> StoryPage:
    """A page of stories, those that went on last first. Raises CursorError.

    With an entity, those in whose events it takes part (seen over its latest events); with a
    text, those whose name or one of whose events has all its words.
    """
    if limit < 1:
        raise ValueError(f"a page holds at least one story, not {limit}")
    where, values = _conditions(entity, text)

    def fetch(key: Key | None, back: bool, most: int) -> list[tuple[Key, int]]:
        place, start = "", []
        if key is not None:
            place = f" AND (sort, slug) {'>' if back else '<'} (?, ?)"
            start = [key.sort, key.slug]
        way = "ASC" if back else "DESC"
        rows = connection.execute(
            f"SELECT sort, slug, root FROM stories WHERE {where}{place}"
            f" ORDER BY sort {way}, slug {way} LIMIT ?",
            (*values, *start, most),
        )
        return [(Key(0, sort, slug), root) for sort, slug, root in rows]

    found = page(fetch, cursor, limit)
    rows = _summaries(connection, [root for _, root in found.rows])
    return StoryPage(tuple(rows), found.next, found.previous)


def _conditions(entity: str | None, text: str | None) -> tuple[str, list[object]]:
    where, values = "slug <> ''", list[object]()
    if entity is not None:
        where += (
            " AND root IN (SELECT story FROM (SELECT event FROM event_entities AS ee"
            " JOIN entities ON entities.root = ee.entity WHERE entities.slug = ?"
            " ORDER BY undated, sort DESC LIMIT ?) AS own"
            " JOIN story_events AS se ON se.event = own.event)"
        )
        values += [entity, SAMPLE]
    match = match_words(text) if text is not None else ""
    if match:
        where += (
            " AND root IN (SELECT rowid FROM story_search WHERE story_search MATCH ?"
            " UNION SELECT story FROM (SELECT rowid AS hit FROM event_search"
            " WHERE event_search MATCH ? LIMIT ?) JOIN story_events ON event = hit)"
        )
        values += [match, match, SAMPLE]
    elif text is not None:
        where += " AND 0"
    return where, values


def story_view(connection: Connection, iris: Iris, slug: str) -> StoryView | None:
    """A story with the first articles that tell it; None when there is none."""
    row = connection.execute(
        "SELECT root FROM stories WHERE slug = ? AND slug <> ''", (slug,)
    ).fetchone()
    if row is None:
        return None
    (summary,) = _summaries(connection, [row[0]])
    query = "SELECT slug FROM story_articles WHERE root = ? ORDER BY ord LIMIT ?"
    slugs = [own for (own,) in connection.execute(query, (row[0], ARTICLES))]
    refs = article_refs(connection, slugs)
    return StoryView(iris.story(slug).value, summary, tuple(refs[own] for own in slugs))


def story_of(connection: Connection, event: int) -> StoryRef | None:
    """The story that an event, by its row, is part of."""
    row = connection.execute(
        "SELECT stories.slug, name FROM story_events JOIN stories ON root = story"
        " WHERE event = ? AND stories.slug <> ''",
        (event,),
    ).fetchone()
    return StoryRef(*row) if row else None


def _summaries(connection: Connection, roots: list[int]) -> list[StorySummary]:
    """Rows of a list, in the order asked for."""
    wanted = json.dumps(roots)
    members = defaultdict(list)
    for root, entity in connection.execute(
        "SELECT story, entity FROM story_participants"
        " WHERE story IN (SELECT value FROM json_each(?)) ORDER BY story, n",
        (wanted,),
    ):
        members[root].append(entity)
    refs = entity_refs(connection, {entity for found in members.values() for entity in found})
    rows = {
        root: StorySummary(
            slug=slug,
            name=name,
            when=when(first, last, "interval"),
            articles=articles,
            events=events,
            main=main,
            participants=tuple(refs[entity] for entity in members[root] if entity in refs),
        )
        for root, slug, name, first, last, articles, events, main in connection.execute(
            "SELECT root, slug, name, first, last, articles, events, main FROM stories"
            " WHERE root IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
    }
    return [rows[root] for root in roots]
