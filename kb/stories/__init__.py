"""Stories: events that articles tell together, about the same participants, in the same weeks.

`update_stories` keeps them up to date with every change of articles; it is called at the end of
merging. A story is found among articles (`articles`): each is linked to the earlier ones most
like it (`linking`), by what it tells (`telling`). Its events, named (`naming`) and counted
(`rows`), are the timeline that pages read (`reading`), and part of the merged graph (`graph`).
docs/stories.md tells the rules, and what they are worth.
"""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from kb.change import Change
from kb.iris import Iris
from kb.records import ArticleRecord
from kb.stories.articles import Articles
from kb.stories.graph import write_changed, write_stories
from kb.stories.rows import StoryRows

__all__ = ["Touched", "update_stories", "write_stories"]

_CHOSEN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change of articles touches, by rows of the index."""

    gone: Iterable[int]
    """Articles that are taken out."""
    new: Iterable[tuple[int, ArticleRecord]]
    """Articles that are put in, with their claims already in the index."""
    events: Iterable[int | None]
    """Events that are new or described anew, or are no more."""
    claims: Iterable[int]
    """Claims of which a participant is another entity now."""
    entities: Iterable[int]
    """Entities whose addresses have changed."""


def update_stories(connection: Connection, iris: Iris, change: Change, touched: Touched) -> None:
    """Bring the stories up to date, and put what becomes of them into the change."""
    articles = Articles(connection)
    events = {event for event in touched.events if event is not None}
    articles.change(touched.gone, touched.new, _stirred(connection, events, touched.claims))
    rows = StoryRows(connection)
    rows.move_articles(articles.moved)
    rows.place_events(events | _told_by(connection, articles.moved))
    rows.settle(_stories_of(connection, articles.retold))
    # The addresses of participants are no part of the rows, but of what the graph says.
    rows.rewrite |= _about(connection, touched.entities)
    write_changed(connection, iris, change, rows, events)


def _stirred(connection: Connection, events: set[int], claims: Iterable[int]) -> set[int]:
    """Articles of which claims are of other events, or have other participants, than before."""
    moved = connection.execute(
        "SELECT claims.article, own.id, claims.id, claims.event FROM claims"
        " CROSS JOIN story_articles AS own ON own.article = claims.article"
        " CROSS JOIN story_claims AS sc ON sc.article = own.id AND sc.claim = claims.id"
        f" WHERE claims.event IN {_CHOSEN} AND sc.event IS NOT claims.event",
        (json.dumps(sorted(events)),),
    ).fetchall()
    connection.executemany(
        "UPDATE story_claims SET event = ? WHERE article = ? AND claim = ?",
        [(event, own, claim) for _, own, claim, event in moved],
    )
    query = f"SELECT DISTINCT article FROM claims WHERE id IN {_CHOSEN}"
    others = connection.execute(query, (json.dumps(sorted(claims)),))
    return {article for article, *_ in moved} | {article for (article,) in others}


def _told_by(connection: Connection, articles: Iterable[int]) -> set[int]:
    """The events that these articles tell, given by their own rows."""
    query = (
        "SELECT DISTINCT event FROM story_articles AS own"
        " CROSS JOIN claims ON claims.article = own.article"
        f" WHERE own.id IN {_CHOSEN} AND event IS NOT NULL"
    )
    return {event for (event,) in connection.execute(query, (json.dumps(sorted(articles)),))}


def _stories_of(connection: Connection, articles: Iterable[int]) -> set[int]:
    """The stories of these articles, given by their own rows."""
    query = f"SELECT DISTINCT root FROM story_articles WHERE id IN {_CHOSEN}"
    return {root for (root,) in connection.execute(query, (json.dumps(sorted(articles)),))}


def _about(connection: Connection, entities: Iterable[int]) -> set[int]:
    """The stories of which these entities are main participants."""
    query = f"SELECT DISTINCT story FROM story_participants WHERE entity IN {_CHOSEN}"
    return {story for (story,) in connection.execute(query, (json.dumps(sorted(entities)),))}
