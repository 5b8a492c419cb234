"""What a knowledge base holds, at a glance: entities, articles, and totals; from the index."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from sqlite3 import Connection

from kb.as_of import after, check_day
from kb.curation.log import rulings
from kb.cursors import Key, page
from kb.explaining import name_reasons
from kb.iris import Iris
from kb.linking.table import entity_links
from kb.selection import match_words
from kb.timeline import ALL, actions, companions, entity_refs, facets, timeline, top
from kb.views import (
    ArticlePage,
    ArticleRef,
    EntityRef,
    EntityView,
    Overview,
    TimelineFilter,
)

TOP = 12
MENTIONED = 10_000
"""Mentions of an entity up to a day that are looked at."""
SEARCHED = 200
"""Matches of an entity search that are ranked."""


def overview(connection: Connection) -> Overview:
    """Totals, the days between the first and the last event, and the busiest entities."""
    count = dict(connection.execute("SELECT a, n FROM totals WHERE kind = 'rows'"))
    events = connection.execute("SELECT n FROM totals WHERE kind = 'all' AND level = 0").fetchone()
    ends = "SELECT {} FROM events WHERE undated = 0 ORDER BY sort {} LIMIT 1"
    first = connection.execute(ends.format("first", "ASC")).fetchone()
    last = connection.execute(ends.format("last", "DESC")).fetchone()
    ranked = top(connection, "entity", 0, TOP)
    refs = entity_refs(connection, {int(root) for root, _ in ranked})
    return Overview(
        articles=count.get("articles", 0),
        events=events[0] if events else 0,
        entities=count.get("entities", 0),
        claims=count.get("claims", 0),
        earliest=first[0] if first else None,
        latest=last[0] if last else None,
        top_entities=tuple((refs[int(root)], n) for root, n in ranked if int(root) in refs),
        top_actions=actions(top(connection, "action", 0, ALL), TOP),
    )


def entity_view(
    connection: Connection, iris: Iris, slug: str, as_of: str | None = None
) -> EntityView | None:
    """An entity with its names and what it does most; None when there is none.

    As of a day, it has the names, counts and companions that articles published up to it give.
    """
    row = connection.execute(
        "SELECT root, name, type, aliases, description, articles FROM entities WHERE slug = ?",
        (slug,),
    ).fetchone()
    if row is None:
        return None
    root, name, kind, _, description, articles = row
    if as_of is not None:
        return _entity_as_of(connection, iris, EntityRef(slug, name, kind), root, as_of)
    aliases = connection.execute(
        "SELECT value FROM entities, json_each(aliases) WHERE entities.root = ?", (root,)
    )
    totals = "SELECT b, n FROM totals WHERE kind = ? AND a = ? AND level = 0"
    events = connection.execute(totals, ("entity", str(root))).fetchone()
    acts = actions(connection.execute(totals, ("entity-action", str(root))), TOP)
    return EntityView(
        iri=iris.entity(slug).value,
        ref=EntityRef(slug, name, kind),
        aliases=tuple(alias for (alias,) in aliases),
        description=description,
        events=events[1] if events else 0,
        articles=articles,
        top_actions=tuple((act.value, act.label, act.count) for act in acts),
        companions=companions(connection, root, TOP),
        names=name_reasons(connection, root),
        links=entity_links(connection, root),
        rulings=rulings(connection, iris, "entity", slug),
    )


def _entity_as_of(
    connection: Connection, iris: Iris, ref: EntityRef, root: int, day: str
) -> EntityView | None:
    rows = connection.execute(
        "SELECT le.article, label, aliases, description FROM names"
        " JOIN local_entities AS le ON le.name = names.id"
        " JOIN articles ON articles.id = le.article WHERE root = ? AND published < ?"
        " ORDER BY ordering LIMIT ?",
        (root, after(check_day(day)), MENTIONED),
    ).fetchall()
    if not rows:
        return None
    names = {label for _, label, _, _ in rows}
    names |= {alias for _, _, aliases, _ in rows for alias in json.loads(aliases)}
    filter = TimelineFilter(entity=ref.slug, as_of=day)
    found = facets(connection, filter)
    return EntityView(
        iri=iris.entity(ref.slug).value,
        ref=ref,
        aliases=tuple(sorted(names - {ref.name})),
        description=next((told for *_, told in rows if told), None),
        events=timeline(connection, filter, None, 1).total,
        articles=len({article for article, *_ in rows}),
        top_actions=tuple((act.value, act.label, act.count) for act in found["action"][:TOP]),
        companions=tuple(
            (other, facet.count)
            for facet in found["entity"]
            if (other := _entity_ref(connection, facet.value)) and other.slug != ref.slug
        )[:TOP],
    )


def _entity_ref(connection: Connection, slug: str) -> EntityRef | None:
    query = "SELECT slug, name, type FROM entities WHERE slug = ?"
    row = connection.execute(query, (slug,)).fetchone()
    return EntityRef(*row) if row else None


def find_entities(connection: Connection, text: str, limit: int) -> tuple[EntityRef, ...]:
    """Entities one of whose names holds the words, the last as a beginning; busiest first."""
    match = match_words(text)
    if not match or limit < 1:
        return ()
    rows = connection.execute(
        "SELECT entities.slug, entities.name, entities.type FROM (SELECT rowid FROM entity_search"
        " WHERE entity_search MATCH ? ORDER BY rank LIMIT ?) AS hit"
        " JOIN entities ON entities.root = hit.rowid LEFT JOIN totals ON kind = 'entity'"
        " AND a = CAST(entities.root AS TEXT) AND b = '' AND level = 0"
        " ORDER BY lower(entities.name) = lower(?) DESC, coalesce(n, 0) DESC, entities.name,"
        " entities.slug LIMIT ?",
        (match, SEARCHED, text.strip(), limit),
    )
    return tuple(EntityRef(*row) for row in rows)


def article_refs(connection: Connection, slugs: list[str]) -> dict[str, ArticleRef]:
    """Articles by slug."""
    marks = ", ".join("?" * len(slugs))
    query = f"SELECT slug, title, publisher, published, url FROM articles WHERE slug IN ({marks})"
    return {row[0]: _ref(*row) for row in connection.execute(query, slugs)}


def _ref(
    slug: str, title: str | None, publisher: str | None, published: str | None, url: str | None
) -> ArticleRef:
    return ArticleRef(slug, title or "", publisher, published, url)


def articles(connection: Connection, cursor: str | None, limit: int) -> ArticlePage:
    """A page of articles, newest first. Raises CursorError."""
    if limit < 1:
        raise ValueError(f"a page holds at least one article, not {limit}")

    def fetch(key: Key | None, back: bool, most: int) -> list[tuple[Key, int]]:
        where, values = "", []
        if key is not None:
            where = f"WHERE (sort, slug) {'>' if back else '<'} (?, ?)"
            values = [key.sort, key.slug]
        way = "ASC" if back else "DESC"
        rows = connection.execute(
            f"SELECT sort, slug, id FROM articles {where} ORDER BY sort {way}, slug {way} LIMIT ?",
            (*values, most),
        )
        return [(Key(0, sort, slug), row) for sort, slug, row in rows]

    found = page(fetch, cursor, limit)
    refs = article_refs(connection, [key.slug for key, _ in found.rows]) if found.rows else {}
    query = "SELECT n FROM totals WHERE kind = 'rows' AND a = 'articles'"
    total = connection.execute(query).fetchone()
    chosen = tuple(refs[key.slug] for key, _ in found.rows)
    return ArticlePage(chosen, total[0] if total else 0, found.next, found.previous)
