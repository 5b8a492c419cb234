"""Which of several candidates an entity is: a weighted sum of four features, and a lead.

Names alone are not enough: the company, the record label and the fruit are all called Apple. So
a candidate has to fit the entity's type, and to lead over the next one by what the articles say
of the entity and in whose company; where it does not, all of them are left for a person.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from kb.linking.candidates import Candidate
from kb.linking.profiles import Profile, Scoring

_WORD = re.compile(r"\w{4,}")
_EMPTY = frozenset("also based from into over that their this those under were which with".split())


@dataclass(frozen=True, slots=True)
class Described:
    """What our articles say of an entity."""

    name: str
    type: str
    names: tuple[str, ...]
    description: str | None
    companions: tuple[str, ...]
    """Names of the entities that share most events with it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score, and the features that make it."""

    candidate: Candidate
    score: float
    label: float
    type: float
    context: float
    popularity: float


def rank(entity: Described, candidates: Sequence[Candidate], profile: Profile) -> list[Scored]:
    """The candidates that could be meant, the best first; ties in order of their addresses."""
    scoring = profile.scoring
    most = max((candidate.popularity or 0 for candidate in candidates), default=0)
    found = []
    for candidate in {candidate.target: candidate for candidate in candidates}.values():
        label = _label(entity, candidate, scoring)
        if label < scoring.least_label:
            continue
        kind = _type(entity, candidate, profile)
        context = _context(entity, candidate, scoring)
        popularity = math.log1p(candidate.popularity or 0) / math.log1p(most) if most else 1.0
        score = (
            scoring.label * label
            + scoring.type * kind
            + scoring.context * context
            + scoring.popularity * popularity
        )
        if kind == 0:
            score *= scoring.wrong_type
        if score >= scoring.least:
            found.append(Scored(candidate, score, label, kind, context, popularity))
    return sorted(found, key=lambda scored: (-scored.score, scored.candidate.target))


def confidence(ranked: Sequence[Scored], scoring: Scoring) -> float:
    """How sure the best candidate is: its score, halved where the second one is just as good."""
    best = ranked[0].score
    if len(ranked) == 1:
        return round(best, 3)
    lead = min(1.0, (best - ranked[1].score) / scoring.margin)
    return round(best * (0.5 + 0.5 * lead), 3)


def _label(entity: Described, candidate: Candidate, scoring: Scoring) -> float:
    """How alike the most alike names are: those that come first count in full."""

    def alike(ours: str, theirs: str) -> float:
        return fuzz.token_sort_ratio(ours, theirs, processor=default_process) / 100

    return max(
        alike(ours, theirs)
        * (1.0 if ours == entity.name and theirs == candidate.label else scoring.alias)
        for ours in (entity.name, *entity.names)
        for theirs in (candidate.label, *candidate.names)
    )


def _type(entity: Described, candidate: Candidate, profile: Profile) -> float:
    wanted = profile.classes.get(entity.type)
    if not wanted or not candidate.typed:
        return profile.scoring.unknown_type
    return 1.0 if candidate.classes.intersection(wanted) else 0.0


def _context(entity: Described, candidate: Candidate, scoring: Scoring) -> float:
    """How much of what we know is found again: words of the description, companions."""
    own = _words(" ".join((entity.name, *entity.names)))
    theirs = _words(candidate.description or "") - own
    hits = len(theirs & _words(entity.description or ""))
    told = (candidate.description or "").casefold()
    hits += sum(
        name in candidate.near or bool(re.search(rf"\b{re.escape(name.casefold())}\b", told))
        for name in entity.companions
    )
    return min(1.0, hits / scoring.enough_context)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _EMPTY
