"""What one article tells: terms to compare it by, and headlines to name a story by.

Terms are the participants of its events, the events of its main line and the words of their
labels, weighted by salience: a unit vector of bounded length. A telling depends on the
article, on which entities its names stand for and on which of its claims are of which event,
and on no other article.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from sqlite3 import Connection

from kb.identity import content_words
from kb.records import ArticleRecord, ClaimRecord
from kb.stories.settings import settings
from kb.views import MAIN_LINE

ENTITY = "e:"
"""What the term of an entity begins with; the key of its name follows."""
_ENDING = re.compile(r"(?<=...)(?:ing|ed|es|s|e)$")
_DIGITS = 4

Named = tuple[str, str]
"""The key of an entity's name, and the name as the article has it in full."""


@dataclass(frozen=True, slots=True)
class Headline:
    """An event of the article's main line."""

    action: str
    label: str
    told: bool
    """Whether it is told as a fact: asserted, and not denied."""
    salience: float
    day: str | None
    agents: tuple[Named, ...]
    patients: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What an article tells; equal tellings need no further work."""

    terms: Mapping[str, float]
    """A unit vector, the weightiest first."""
    headlines: tuple[Headline, ...]
    """The most salient first."""


def bonds(record: ArticleRecord) -> dict[str, float]:
    """How strongly each claim, by its local name, ties its event to the article's story.

    By its salience, and by how much the article is about its participants: what an article
    only mentions in passing belongs to the stories of others. Claims of the main line are tied,
    and background that shares a participant with them, or where one caused the other. What
    happened long before the article is history.
    """
    main = [claim for claim in record.claims if claim.salience >= MAIN_LINE]
    who = {entity for claim in main for entity in _entities(claim)}
    known = {claim.id for claim in main}
    caused = known.union(*(claim.causes for claim in main))
    early, shares, least = _early(record.published), _shares(record), settings().reach.unnamed

    def share(claim: ClaimRecord) -> float:
        return max(least, sum(shares.get(entity, 0.0) for entity in sorted(_entities(claim))))

    return {
        claim.id: round(claim.salience * share(claim), 6)
        for claim in record.claims
        if not (early and claim.latest and claim.latest[:10] < early)
        and (claim.id in caused or who & _entities(claim) or known & set(claim.causes))
    }


def _shares(record: ArticleRecord) -> dict[str, float]:
    """How much of what an article tells is about each of its entities; the shares sum to 1."""
    found: dict[str, float] = defaultdict(float)
    for claim in record.claims:
        if claim.salience >= settings().telling.floor:
            for entity in _entities(claim):
                found[entity] += claim.salience
    whole = sum(found[entity] for entity in sorted(found)) or 1.0
    return {entity: weight / whole for entity, weight in found.items()}


def _entities(claim: ClaimRecord) -> set[str]:
    return {filler.entity for filler in claim.participants if filler.entity}


def _early(published: str | None) -> str | None:
    """The first day of what is still news."""
    if not published:
        return None
    day = date.fromisoformat(published[:10])
    return (day - timedelta(days=min(settings().reach.memory, day.toordinal() - 1))).isoformat()


def read_telling(connection: Connection, article: int) -> Telling:
    """What an article tells, by the claims that the index has of it."""
    claims = connection.execute(
        "SELECT claims.id, claims.action, lemma, claims.label, claims.earliest, claims.polarity,"
        " claims.factuality, claims.salience, events.founding FROM claims"
        " LEFT JOIN events ON events.id = claims.event WHERE article = ? ORDER BY start, local",
        (article,),
    ).fetchall()
    fillers = defaultdict(list)
    for claim, role, key, name, words in connection.execute(
        "SELECT claim, role, own.key, le.label, words FROM claims"
        " CROSS JOIN participants ON claim = claims.id"
        " LEFT JOIN names ON names.id = participants.name"
        " LEFT JOIN names AS own ON own.id = names.root"
        " LEFT JOIN (SELECT name, min(label) AS label FROM local_entities WHERE article = ?1"
        " GROUP BY name) AS le ON le.name = participants.name"
        " WHERE claims.article = ?1 ORDER BY claim, n",
        (article,),
    ):
        fillers[claim].append((role, key, name, words))
    rules = settings().telling
    weights: dict[str, float] = defaultdict(float)
    headlines = []
    for claim, action, lemma, label, earliest, polarity, factuality, salience, founding in claims:
        own = fillers[claim]
        if salience >= rules.floor:
            for term, weight in _terms(label, lemma, own):
                weights[term] += weight * salience
        if salience < MAIN_LINE:
            continue
        weights[f"v:{founding}"] += rules.event
        headlines.append(
            Headline(
                action=action,
                label=label,
                told=polarity == "positive" and factuality == "asserted",
                salience=salience,
                day=earliest[:10] if earliest else None,
                agents=_named(own, "agent"),
                patients=_named(own, "patient"),
            )
        )
    headlines.sort(key=lambda headline: -headline.salience)
    return Telling(_vector(weights), tuple(headlines[: settings().naming.headlines]))


Fillers = list[tuple[str, str | None, str | None, str]]
"""Role, key of the entity, its name in the article, and words."""


def _terms(label: str, lemma: str, fillers: Fillers) -> Iterator[tuple[str, float]]:
    rules = settings().telling
    named: set[str] = set()
    for _, key, _, words in fillers:
        if key is not None:
            named |= content_words(words)
            yield ENTITY + key, rules.place if key.startswith("place:") else 1.0
    words_left = {_stem(word) for word in content_words(label) - named} | {_stem(lemma.lower())}
    for word in sorted(words_left):
        if len(word) > 2 and not word.isdigit():
            yield f"w:{word}", rules.word


def _stem(word: str) -> str:
    """The beginning that the common forms of a word share.

    >>> {_stem(word) for word in ("remove", "removes", "removed", "removing")}
    {'remov'}
    """
    return _ENDING.sub("", word)


def _named(fillers: Fillers, role: str) -> tuple[Named, ...]:
    return tuple((key, name or words) for own, key, name, words in fillers if own == role and key)


def _vector(weights: Mapping[str, float]) -> dict[str, float]:
    """The weightiest terms, damped, at unit length."""
    damping = settings().telling.damping
    damped = ((term, round(weight**damping, 6)) for term, weight in weights.items() if weight)
    kept = sorted(damped, key=lambda item: (-item[1], item[0]))[: settings().telling.terms]
    length = sqrt(sum(weight * weight for _, weight in kept))
    return {term: round(weight / length, _DIGITS) for term, weight in kept}


def write(telling: Telling) -> str:
    """A telling as text; equal tellings give equal texts."""
    rows = [
        (h.action, h.label, h.told, h.salience, h.day, h.agents, h.patients)
        for h in telling.headlines
    ]
    return json.dumps([telling.terms, rows], ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Telling:
    """The telling that `write` wrote."""
    terms, rows = json.loads(text)
    return Telling(terms, tuple(Headline(*row[:5], *map(_pairs, row[5:])) for row in rows))


def _pairs(rows: Iterable[Iterable[str]]) -> tuple[Named, ...]:
    return tuple((key, name) for key, name in rows)
