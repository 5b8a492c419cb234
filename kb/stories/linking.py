"""Which earlier articles an article is linked to: those most like it, in the weeks before.

An article is compared with the latest few that have a term in common with it, and these are
counted: the more there are, the less the term says (inverse document frequency, counted in
the article's own time and up to a bound). So a link depends on a bounded number of earlier
articles, and a new article touches a bounded number of later ones. Search by postings, with
links to the nearest earlier neighbours, follows Allan, Papka & Lavrenko (1998), "On-line new
event detection and tracking", SIGIR.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt
from sqlite3 import Connection

from kb.stories.settings import settings

UNDATED = "9999"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in the fixed order of articles: by publication, then slug."""

    order: str
    day: int | None
    """Day of publication (proleptic ordinal)."""

    @classmethod
    def of(cls, published: str | None, slug: str) -> Place:
        """The place of an article; those without a date stand among themselves, last."""
        day = date.fromisoformat(published[:10]).toordinal() if published else None
        return cls(f"{published or UNDATED}|{slug}", day)

    @property
    def since(self) -> str:
        """Where the articles begin that it may be linked to."""
        return UNDATED if self.day is None else _day(self.day - settings().linking.window)

    @property
    def until(self) -> str:
        """Where those end that may be linked to it."""
        # "}" comes after all that an order of that day goes on with.
        return (
            f"{UNDATED}}}"
            if self.day is None
            else (_day(self.day + settings().linking.window) + "}")
        )


def _day(ordinal: int) -> str:
    return date.fromordinal(min(max(1, ordinal), date.max.toordinal())).isoformat()


@dataclass(frozen=True, slots=True)
class Linked:
    """What an article's links come to."""

    terms: dict[str, float]
    """Its terms as they are compared: weighted by how rare they are, at unit length."""
    links: tuple[tuple[int, float], ...]
    """Earlier articles with their likeness, the most alike first."""


def link(connection: Connection, place: Place, terms: Mapping[str, float]) -> Linked:
    """The earlier articles that one with these terms is linked to."""
    rules, since = settings().linking, place.since
    weighted: dict[str, float] = {}
    alike: dict[int, float] = defaultdict(float)
    orders: dict[int, str] = {}
    length = 0.0
    for term, weight in terms.items():
        found = connection.execute(
            "SELECT ord, article, weight FROM story_terms WHERE term = ? AND ord < ? AND ord >= ?"
            " ORDER BY ord DESC LIMIT ?",
            (term, place.order, since, rules.nearest),
        ).fetchall()
        rarity = 1.0 / (1.0 + log(1.0 + _frequency(place, found) / rules.half))
        length += rarity * weight * weight
        weighted[term] = rarity * weight
        for order, article, other in found:
            alike[article] += rarity * weight * other
            orders[article] = order
    norm = sqrt(length) or 1.0
    near = [(round(value / norm, _DIGITS), article) for article, value in alike.items()]
    kept = [item for item in near if item[0] >= rules.likeness]
    kept.sort(key=lambda item: (-item[0], orders[item[1]]))
    return Linked(
        {term: round(value / norm, _DIGITS) for term, value in weighted.items()},
        tuple((article, value) for value, article in kept[: rules.votes]),
    )


def _frequency(place: Place, found: Sequence[tuple[str, int, float]]) -> float:
    """How many articles have a term in the weeks before one, by the latest of them.

    Where there are more than are looked at, the time that these take tells how many.
    """
    rules = settings().linking
    if len(found) < rules.nearest or place.day is None:
        return len(found)
    days = place.day - date.fromisoformat(found[-1][0][:10]).toordinal()
    return len(found) * rules.window / max(1, days)


def likeness(terms: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike an article, by its weighted terms, is to another, by its plain ones."""
    return sum(weight * other[term] for term, weight in terms.items() if term in other)


def following(connection: Connection, place: Place, terms: Iterable[str]) -> set[int]:
    """The later articles whose links an article with these terms may change."""
    found: set[int] = set()
    until = place.until
    for term in terms:
        rows = connection.execute(
            "SELECT article FROM story_terms WHERE term = ? AND ord > ? AND ord <= ?"
            " ORDER BY ord LIMIT ?",
            (term, place.order, until, settings().linking.nearest),
        )
        found |= {article for (article,) in rows}
    return found


def write_terms(terms: Mapping[str, float]) -> str:
    """Weighted terms as text."""
    return json.dumps(terms, ensure_ascii=False, separators=(",", ":"))
