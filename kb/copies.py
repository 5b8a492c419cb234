"""Copies of one story among articles: they count as one source, whoever prints them.

Articles of different outlets are linked when their stories are near-duplicates; what is
connected by such links is one group, whose first article stands for it. So the groups are a
function of the set of articles. They are kept up to date article by article: candidates come
by the keys of their bands, never from a scan, and an article that goes may split its group.
What one outlet prints twice needs no link, as an outlet is one source anyway; so what all its
articles have at their feet makes no copies.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection

from kb.change import Change
from kb.iris import Iris
from kb.records import ArticleRecord
from kb.shingles import Sketch, sketch
from kb.terms import DL

CHUNK = 8
"""Candidates that are read together."""


@dataclass(frozen=True, slots=True)
class _Story:
    """An article as a member of a group."""

    id: int
    publisher: str | None
    sketch: Sketch

    def is_copy(self, other: _Story) -> bool:
        if self.publisher is not None and self.publisher == other.publisher:
            return False
        return self.sketch.is_copy(other.sketch)


@dataclass(slots=True)
class Copies:
    """The groups of copies that a change of articles touches, until `settle` writes them."""

    connection: Connection
    dirty: set[int] = field(default_factory=set)
    """Articles of groups that have to be made anew."""
    before: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Slug of each of them that was in a group, and that of the first of its group."""
    broken: set[int] = field(default_factory=set)
    """Articles of groups that have lost one: whether they still hang together has to be seen."""
    pairs: list[tuple[int, int]] = field(default_factory=list)
    """New articles with one of those that they are copies of, of each group."""

    def remove(self, articles: Sequence[int]) -> None:
        """Take articles out of their groups."""
        gone = set(articles)
        for article in articles:
            group = self._group(article)
            self._note(group)
            self.broken |= group - gone
        for article, story in self._stories(gone).items():
            rows = [(key, article) for key in story.sketch.keys]
            self.connection.executemany("DELETE FROM copy_keys WHERE key = ? AND article = ?", rows)
        for table in ("article_sketches", "article_copies"):
            self.connection.executemany(
                f"DELETE FROM {table} WHERE article = ?",  # noqa: S608 - our own names
                [(article,) for article in articles],
            )
        self.dirty -= gone

    def add(self, article: int, record: ArticleRecord) -> None:
        """Put an article in, and find out whose copy it is."""
        found = sketch(record)
        if not found.keys:
            return
        self.connection.execute(
            "INSERT INTO article_sketches VALUES (?, ?, ?, ?)",
            (article, found.agency, _packed("I", sorted(found.shingles)), _packed("q", found.keys)),
        )
        self.connection.executemany(
            "INSERT INTO copy_keys VALUES (?, ?)", [(key, article) for key in found.keys]
        )
        others = {
            other
            for (other,) in self.connection.execute(
                "SELECT DISTINCT article FROM copy_keys"
                " WHERE key IN (SELECT value FROM json_each(?)) AND article <> ?",
                (json.dumps(found.keys), article),
            )
        }
        if not others:
            return
        tried: set[int] = set()
        (own,) = self._stories([article]).values()
        waiting = sorted(others)
        for chunk in (waiting[at : at + CHUNK] for at in range(0, len(waiting), CHUNK)):
            for other in self._stories(set(chunk) - tried).values():
                if other.id in tried or not own.is_copy(other):
                    continue
                group = self._group(other.id) | {other.id}
                self._note({article, *group})
                self.pairs.append((article, other.id))
                if not group & self.broken:
                    tried |= group

    def _group(self, article: int) -> set[int]:
        """The members of an article's group; nobody where it has none."""
        rows = self.connection.execute(
            "SELECT article FROM article_copies WHERE original ="
            " (SELECT original FROM article_copies WHERE article = ?)",
            (article,),
        )
        return {member for (member,) in rows}

    def _note(self, articles: Iterable[int]) -> None:
        fresh = set(articles) - self.dirty
        self.dirty |= fresh
        self.before |= self._originals(fresh)

    def _originals(self, articles: Iterable[int]) -> dict[int, tuple[str, str]]:
        rows = self.connection.execute(
            "SELECT own.id, own.slug, first.slug FROM article_copies"
            " JOIN articles AS own ON own.id = article"
            " JOIN articles AS first ON first.id = original"
            " WHERE article IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(articles)),),
        )
        return {article: (slug, original) for article, slug, original in rows}

    def _stories(self, articles: Iterable[int]) -> dict[int, _Story]:
        rows = self.connection.execute(
            "SELECT id, publisher, agency, shingles, keys FROM article_sketches"
            " JOIN articles ON articles.id = article"
            " WHERE article IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(articles)),),
        )
        return {
            row[0]: _Story(
                id=row[0],
                publisher=row[1],
                sketch=Sketch(
                    frozenset(_unpacked("I", row[3])), tuple(_unpacked("q", row[4])), row[2]
                ),
            )
            for row in rows
        }

    def settle(self) -> set[int]:
        """Write the groups. Returns the articles that now count for another source."""
        db = self.connection
        orders = {
            article: (published or "9999", slug)
            for article, published, slug in db.execute(
                "SELECT id, published, slug FROM articles"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(self.dirty)),),
            )
        }
        rows: dict[int, int] = {}
        after: dict[int, tuple[str, str]] = {}
        for group in self._groups():
            if len(group) > 1:
                first = min(group, key=orders.__getitem__)
                rows |= dict.fromkeys(group, first)
                after |= {story: (orders[story][1], orders[first][1]) for story in group}
        marks = [(article,) for article in self.dirty]
        db.executemany("DELETE FROM article_copies WHERE article = ?", marks)
        db.executemany("INSERT INTO article_copies VALUES (?, ?)", sorted(rows.items()))
        return {story for story in self.dirty if self.before.get(story) != after.get(story)}

    def _groups(self) -> Iterable[set[int]]:
        """The groups of what is touched: of broken ones what still hangs together, of others all
        members; and then joined by the new articles.
        """
        found: dict[int, set[int]] = {article: {article} for article in self.dirty}
        edges = list(self.pairs)
        edges += _connections(list(self._stories(self.broken).values()))
        edges += self.connection.execute(
            "SELECT article, original FROM article_copies"
            " WHERE article IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(self.dirty - self.broken)),),
        )
        for one, other in edges:
            if found[one] is not found[other]:
                joined = found[one] | found[other]
                found |= dict.fromkeys(joined, joined)
        return {id(group): group for group in found.values()}.values()


def describe_copies(
    connection: Connection, iris: Iris, change: Change, articles: Iterable[int] | None = None
) -> None:
    """Insert what articles (all of them: None) are copies of; the first of a group is none."""
    query = (
        "SELECT articles.slug, first.slug FROM article_copies"
        " JOIN articles ON articles.id = article"
        " JOIN articles AS first ON first.id = original WHERE article <> original"
    )
    values: tuple[str, ...] = ()
    if articles is not None:
        query += " AND article IN (SELECT value FROM json_each(?))"
        values = (json.dumps(sorted(articles)),)
    for slug, original in connection.execute(query, values):
        change.add(iris.article(slug), DL.copyOf, iris.article(original))


def retract_copies(iris: Iris, change: Change, before: Iterable[tuple[str, str]]) -> None:
    """Delete what articles were copies of: pairs of the slugs of the two."""
    for slug, original in before:
        if slug != original:
            change.delete(iris.article(slug), DL.copyOf, iris.article(original))


def copies_of(connection: Connection, slug: str) -> list[str]:
    """The group of an article, its first article first; empty where it has none."""
    rows = connection.execute(
        "SELECT member.slug FROM articles AS own JOIN article_copies AS c ON c.article = own.id"
        " JOIN article_copies AS other ON other.original = c.original"
        " JOIN articles AS member ON member.id = other.article"
        " WHERE own.slug = ? ORDER BY member.id <> c.original,"
        " coalesce(member.published, '9999'), member.slug",
        (slug,),
    )
    return [member for (member,) in rows]


def _connections(stories: Sequence[_Story]) -> list[tuple[int, int]]:
    """Pairs of copies that connect all stories which are connected by being copies.

    Each story is compared with those that are not reached yet: in a group of plain copies the
    first one reaches all.
    """
    waiting = {story.id: story for story in stories}
    pairs = []
    while waiting:
        reached = [waiting.pop(next(iter(waiting)))]
        for story in reached:
            found = [other for other in waiting.values() if story.is_copy(other)]
            reached += found
            pairs += [(story.id, other.id) for other in found]
            for other in found:
                del waiting[other.id]
    return pairs


def _packed(kind: str, values: Iterable[int]) -> bytes:
    return array(kind, values).tobytes()


def _unpacked(kind: str, data: bytes) -> array[int]:
    found: array[int] = array(kind)
    found.frombytes(data)
    return found
