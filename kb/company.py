"""In whose company names turn up: whether two names share it, and whom a bare name means.

The company of a name is the other people, organisations and things of the articles that use it;
places are in everybody's company and left out. Only a few articles of each name are looked at,
chosen by date and not by arrival, so that the cost does not grow with the knowledge base.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection

from kb.names import FIELD, MEANT
from kb.naming.lore import lore

_PLACES = "('GPE', 'LOC', 'FAC', 'MONEY')"
_FEW = 4
"""Names that count as so little company that one in common is telling."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A local entity with a name that may mean several things."""

    row: int
    article: int
    ordering: str
    name: int
    """Its present row of names."""


@dataclass(slots=True)
class Company:
    """Who turns up with whom, as the tables have it. Made for one change, whose cache it is."""

    connection: Connection
    _of_name: dict[int, frozenset[int]] = field(default_factory=dict)
    _bases: dict[int, int] = field(default_factory=dict)
    _of_article: dict[int, frozenset[int]] = field(default_factory=dict)

    def shared(self, one: int, other: int) -> bool:
        """Whether two names, or two fields of a name, turn up in the same company."""
        first, second = self.of(one), self.of(other)
        common = len((first & second) - {one, other})
        return common > 1 or (common == 1 and min(len(first), len(second)) <= _FEW)

    def same_story(self, rarer: int, other: int) -> bool:
        """Whether two names turn up in articles that tell of much the same people and things."""
        most = lore().thresholds.near
        for article, place in self.nearest(rarer, "", "ASC", most):
            here = self.at(article) - {rarer, other}
            for way in ("ASC", "DESC"):
                for near, _ in self.nearest(other, place, way, most):
                    there = self.at(near) - {rarer, other}
                    common, least = len(here & there), min(len(here), len(there))
                    if 3 * common >= least and common >= min(least, 2) > 0:
                        return True
        return False

    def of(self, name: int) -> frozenset[int]:
        """The company of a row of names, in the first articles that use it."""
        if name not in self._of_name:
            articles = self._articles(name, "", "ASC", lore().thresholds.company)
            found = frozenset[int]().union(*(self.at(article) for article in articles))
            self._of_name[name] = found - {self._base(name)}
        return self._of_name[name]

    def at(self, article: int) -> frozenset[int]:
        """The names in an article that are no places."""
        if article not in self._of_article:
            query = f"SELECT bare FROM local_entities WHERE article = ? AND type NOT IN {_PLACES}"  # noqa: S608
            rows = self.connection.execute(query, (article,))
            self._of_article[article] = frozenset(bare for (bare,) in rows)
        return self._of_article[article]

    def _articles(self, name: int, after: str, way: str, most: int) -> list[int]:
        """The articles of a row of names from a place in their order on, nearest first."""
        return [article for article, _ in self.nearest(name, after, way, most)]

    def nearest(self, name: int, place: str, way: str, most: int) -> list[tuple[int, str]]:
        """The articles (with their order) of a row of names next to a place in that order."""
        column = "bare" if self._base(name) == name else "name"
        side = ">" if way == "ASC" else "<"
        query = (
            f"SELECT article, ordering FROM local_entities WHERE {column} = ? AND ordering {side} ?"  # noqa: S608
            f" ORDER BY ordering {way} LIMIT ?"
        )
        return self.connection.execute(query, (name, place, most)).fetchall()

    def _base(self, name: int) -> int:
        if name not in self._bases:
            query = "SELECT base FROM names WHERE id = ?"
            self._bases[name] = self.connection.execute(query, (name,)).fetchone()[0]
        return self._bases[name]

    def meant(self, base: int, bare: Bare, referents: Sequence[Sequence[int]]) -> int | None:
        """Which referent (by its place in the list) a bare name means; None where nothing tells.

        A referent is given as its rows of names. What tells is company that the article shares
        with the articles of one referent nearest in time and with those of no other.
        """
        here = self.at(bare.article) - {base}
        around = [self._around(bare, rows) for rows in referents]
        scores = []
        for n, profile in enumerate(around):
            others = frozenset[int]().union(*(around[:n] + around[n + 1 :]))
            present = any(row in here for row in referents[n])
            scores.append(len((here & profile) - others) + 2 * present)
        ranked = sorted(range(len(scores)), key=lambda n: -scores[n])
        best, second = scores[ranked[0]], scores[ranked[1]] if len(ranked) > 1 else 0
        return ranked[0] if best and best >= 2 * second else None

    def _around(self, bare: Bare, rows: Iterable[int]) -> frozenset[int]:
        """The company of a referent in its articles nearest to a bare name's article."""
        most = lore().thresholds.near
        found: set[int] = set()
        rows = sorted(rows)
        for way in ("ASC", "DESC"):
            near = [hit for row in rows for hit in self.nearest(row, bare.ordering, way, most)]
            near.sort(key=lambda hit: hit[1], reverse=way == "DESC")
            for article, _ in near[:most]:
                if article != bare.article:
                    found |= self.at(article)
        return frozenset(found - set(rows))

    def reach(self, rows: Iterable[int], place: str) -> tuple[str, str]:
        """Between which places in the order a change at one may tell of whom a name means."""
        most = lore().thresholds.near + 1
        ends = []
        for way in ("DESC", "ASC"):
            near = [hit for row in rows for hit in self.nearest(row, place, way, most)]
            orders = sorted((order for _, order in near), reverse=way == "DESC")[:most]
            whole = len(orders) < most
            ends.append(("" if way == "DESC" else "~") if whole else orders[-1])
        return ends[0], ends[1]

    def bare(self, base: int, places: Iterable[tuple[str, str]] | None) -> list[Bare]:
        """Local entities of a bare name, between pairs of places in the order, or all.

        Those for which the article gives a field are not bare.
        """
        spans = [("", "~")] if places is None else sorted(set(places))
        rows = self.connection.execute(
            "SELECT DISTINCT le.id, article, ordering, name, names.key FROM json_each(?) AS q"
            " CROSS JOIN local_entities AS le ON le.bare = ? AND le.ordering BETWEEN"
            " json_extract(q.value, '$[0]') AND json_extract(q.value, '$[1]')"
            " JOIN names ON names.id = le.name ORDER BY ordering",
            (json.dumps(spans), base),
        )
        return [
            Bare(row, article, ordering, name)
            for row, article, ordering, name, key in rows
            if FIELD not in key.partition(MEANT)[0]
        ]
