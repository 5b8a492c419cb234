"""Articles among stories, in the index: what each tells, its links, and which founded its story.

Roots are decided in the fixed order of articles. An article joins the story that the earlier
articles it is linked to vote for, if it is still like the one that founded it and within its
span; otherwise it founds a story. So roots depend on the set of articles alone; a change is
followed along links, and ends where roots stay as they were.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from sqlite3 import Connection

from kb.records import ArticleRecord
from kb.stories.linking import Place, following, likeness, link, write_terms
from kb.stories.settings import settings
from kb.stories.telling import Telling, bonds, read, read_telling, write


class Articles:
    """The articles that one change of the index touches."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.unlinked: set[int] = set()
        """Articles whose links have to be looked for again."""
        self.unsettled: set[int] = set()
        """Articles whose roots have to be decided again."""
        self.moved: dict[int, tuple[int | None, int | None]] = {}
        """Old and new root of articles whose root changes; None where there was or is none."""
        self.retold: set[int] = set()
        """Articles that tell something else than before, or are new."""

    def change(
        self, gone: Iterable[int], new: Iterable[tuple[int, ArticleRecord]], stirred: Iterable[int]
    ) -> None:
        """Take out and put in articles, and see to it that all roots are as they should be.

        Articles are given by their rows in the index; the claims of `stirred` ones are of other
        events or other entities than before.
        """
        known = self._leaving(gone)
        waiting = {self._enter(article, record, known): article for article, record in new}
        for own in known.values():
            self._remove(own)
        self.unlinked -= set(known.values())
        self.unsettled -= set(known.values())
        query = (
            "SELECT id, article FROM story_articles"
            " WHERE article IN (SELECT value FROM json_each(?))"
        )
        waiting |= dict(self.connection.execute(query, (json.dumps(sorted(stirred)),)))
        for own, article in sorted(waiting.items()):
            self._retell(own, read_telling(self.connection, article))
        for own in sorted(self.unlinked):
            self._relink(own)
        self._settle()

    def _leaving(self, articles: Iterable[int]) -> dict[str, int]:
        """The own rows of articles, by slug."""
        query = (
            "SELECT slug, id FROM story_articles WHERE article IN (SELECT value FROM json_each(?))"
        )
        return dict(self.connection.execute(query, (json.dumps(list(articles)),)))

    def _enter(self, article: int, record: ArticleRecord, known: dict[str, int]) -> int:
        """The own row of an article: the one that it had, unless its place is another one now."""
        db, place = self.connection, Place.of(record.published, record.slug)
        own = known.get(record.slug)
        if own is not None and self._place(own) == place:
            del known[record.slug]
            db.execute("UPDATE story_articles SET article = ? WHERE id = ?", (article, own))
            db.execute("DELETE FROM story_claims WHERE article = ?", (own,))
        else:
            own = db.execute(
                "INSERT INTO story_articles (article, slug, ord, day, telling, terms)"
                " VALUES (?, ?, ?, ?, ?, '{}')",
                (article, record.slug, place.order, place.day, write(Telling({}, ()))),
            ).lastrowid
            assert own is not None
            self.unlinked.add(own)
        weights = bonds(record)
        rows = db.execute("SELECT id, local, event FROM claims WHERE article = ?", (article,))
        db.executemany(
            "INSERT INTO story_claims VALUES (?, ?, ?, ?)",
            [(own, claim, weights.get(local, 0.0), event) for claim, local, event in rows],
        )
        return own

    def _remove(self, own: int) -> None:
        """Take out an article with all that hangs on it."""
        db, place, old = self.connection, self._place(own), self._telling(own)
        self.unlinked |= following(db, place, old.terms)
        self.unlinked.discard(own)
        self._withdraw(place, old.terms)
        self.unsettled |= self._members(own)
        self.moved[own] = (self._root(own), None)
        db.execute("DELETE FROM story_links WHERE later = ?", (own,))
        db.execute("DELETE FROM story_claims WHERE article = ?", (own,))
        db.execute("DELETE FROM story_articles WHERE id = ?", (own,))

    def _retell(self, own: int, telling: Telling) -> None:
        """Write what an article tells, and note who is touched by a difference."""
        db, place, old = self.connection, self._place(own), self._telling(own)
        if telling == old:
            return
        self.retold.add(own)
        db.execute("UPDATE story_articles SET telling = ? WHERE id = ?", (write(telling), own))
        if telling.terms == old.terms:
            return
        self.unlinked |= {own, *following(db, place, {**old.terms, **telling.terms})}
        self.unsettled |= self._members(own)
        self._withdraw(place, old.terms)
        db.executemany(
            "INSERT INTO story_terms VALUES (?, ?, ?, ?)",
            [(term, place.order, own, weight) for term, weight in telling.terms.items()],
        )

    def _withdraw(self, place: Place, terms: Iterable[str]) -> None:
        query = "DELETE FROM story_terms WHERE term = ? AND ord = ?"
        self.connection.executemany(query, [(term, place.order) for term in terms])

    def _relink(self, own: int) -> None:
        db = self.connection
        linked = link(db, self._place(own), self._telling(own).terms)
        self.unsettled.add(own)
        db.execute(
            "UPDATE story_articles SET terms = ? WHERE id = ?", (write_terms(linked.terms), own)
        )
        db.execute("DELETE FROM story_links WHERE later = ?", (own,))
        rows = [(own, earlier, value) for earlier, value in linked.links]
        db.executemany("INSERT INTO story_links VALUES (?, ?, ?)", rows)

    def _settle(self) -> None:
        """Decide roots, the earliest article first, and go on where one comes out otherwise."""
        db = self.connection
        query = "SELECT ord, id FROM story_articles WHERE id IN (SELECT value FROM json_each(?))"
        heap = db.execute(query, (json.dumps(sorted(self.unsettled)),)).fetchall()
        heapify(heap)
        done = None
        while heap:
            item = heappop(heap)
            if item == done:
                continue
            done, own = item, item[1]
            old, new = self._root(own), self._choose(own)
            if old == new:
                continue
            db.execute("UPDATE story_articles SET root = ? WHERE id = ?", (new, own))
            self.moved[own] = (old, new)
            query = (
                "SELECT ord, id FROM story_links JOIN story_articles ON id = later"
                " WHERE earlier = ?"
            )
            for later in db.execute(query, (own,)).fetchall():
                heappush(heap, later)

    def _choose(self, own: int) -> int:
        """The founding article of the story that an article joins, or itself."""
        votes: dict[int, float] = defaultdict(float)
        for root, value in self.connection.execute(
            "SELECT root, likeness FROM story_links JOIN story_articles ON id = earlier"
            " WHERE later = ? ORDER BY likeness DESC, ord",
            (own,),
        ):
            votes[root] += value
        if not votes:
            return own
        day, text = self.connection.execute(
            "SELECT day, terms FROM story_articles WHERE id = ?", (own,)
        ).fetchone()
        terms = json.loads(text)
        found: list[tuple[float, str, int]] = []
        for root, value in votes.items():
            order, founded, telling = self.connection.execute(
                "SELECT ord, day, telling FROM story_articles WHERE id = ?", (root,)
            ).fetchone()
            near = day is None or day - founded <= settings().reach.span
            if near and likeness(terms, read(telling).terms) >= settings().reach.core:
                found.append((-round(value, 6), order, root))
        return min(found)[2] if found else own

    def _place(self, own: int) -> Place:
        query = "SELECT ord, day FROM story_articles WHERE id = ?"
        return Place(*self.connection.execute(query, (own,)).fetchone())

    def _telling(self, own: int) -> Telling:
        query = "SELECT telling FROM story_articles WHERE id = ?"
        return read(self.connection.execute(query, (own,)).fetchone()[0])

    def _root(self, own: int) -> int | None:
        query = "SELECT root FROM story_articles WHERE id = ?"
        root: int | None = self.connection.execute(query, (own,)).fetchone()[0]
        return root

    def _members(self, own: int) -> set[int]:
        query = "SELECT id FROM story_articles WHERE root = ?"
        return {member for (member,) in self.connection.execute(query, (own,))} - {own}
