"""From a claim of the index to its signature: what identity compares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import NamedTuple

from kb.identity import Context, Profile, Signature, content_words, window_of
from kb.identity.kinds import readings
from kb.identity.words import stem, stem_set
from kb.taxonomy import says_little

OBJECT_ROLES = ("recipient", "topic", "source", "destination", "other")


@dataclass(frozen=True, slots=True)
class Filler:
    """Who fills a role of a claim: an entity by the root of its name, or words alone."""

    role: str
    entity: int | None
    words: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article says of an event at one place, as the tables have it."""

    id: int
    event: int | None
    article: str
    published: str | None
    publisher: str | None
    local: str
    start: int
    action: str
    lemma: str
    label: str
    quote: str
    earliest: str | None
    latest: str | None
    precision: str | None
    polarity: str
    factuality: str
    salience: float
    confidence: float
    position: int
    """Its place in the order of what its article tells."""
    leads: int
    """Whether its article says that something came after it: 0 or 1."""
    title: str | None
    """What people call its event."""
    titled: str | None
    """The moment of that decision: the latest holds."""
    copies: str | None
    """The first of the articles that print one story, where its article is among several."""


class Matching(NamedTuple):
    """What else the tables have of a claim, for its signature alone."""

    source: int | None
    group: str
    context: str


TOLD = len(fields(Telling))
"""How many columns of a claim's row are those of `Telling`; the others are of `Matching`."""


def sign(
    row: Telling,
    matching: Matching,
    fillers: tuple[Filler, ...],
    entities: frozenset[int],
    profile: Profile,
    *,
    same: frozenset[int],
    different: frozenset[int],
) -> Signature:
    """The signature of a claim, with the entities by which it can be found."""
    words, near, part = matching.context.split("\t")
    agents = [filler for filler in fillers if filler.role == "agent"]
    objects = [filler for filler in fillers if filler.role == "patient"]
    if not any(filler.entity is not None for filler in objects):
        others = [filler for filler in fillers if filler.role in OBJECT_ROLES]
        objects += [filler for filler in others if filler.entity is not None or not objects]
    named = _words(agents, named=True) | _words(objects, named=True)
    return Signature(
        id=row.id,
        article=row.article,
        order=(row.published or "9999", row.article, row.start, row.local),
        group=matching.group,
        agents=frozenset(filler.entity for filler in agents if filler.entity is not None),
        objects=frozenset(filler.entity for filler in objects if filler.entity is not None),
        agent_words=_words(agents, named=False),
        object_words=_words(objects, named=False),
        label_words=_beyond(content_words(row.label) - named, row.lemma),
        vague=says_little(row.action),
        window=window_of(row.earliest, row.latest, row.published, row.factuality == "planned"),
        polarity=row.polarity,
        factuality=row.factuality,
        source=matching.source,
        same=same,
        different=different,
        action=row.action,
        readings=readings(matching.group, row.lemma),
        places=frozenset(f.entity for f in fillers if f.role == "place" and f.entity is not None),
        stem=stem(row.lemma.rpartition(" ")[2]),
        agent_stems=_stems(fillers, ("agent",)),
        object_stems=_stems(fillers, ("patient", *OBJECT_ROLES)),
        place_stems=_stems(fillers, ("place",)),
        label_stems=stem_set(row.label),
        salience=row.salience,
        context=Context(
            words=frozenset(words.split()),
            near=frozenset(near.split()),
            entities=entities,
            offset=row.start,
            part=float(part),
        ),
        profile=profile,
    )


def _beyond(words: frozenset[str], lemma: str) -> frozenset[str]:
    """Words without the forms of a verb, as far as they begin like its lemma."""
    beginning = lemma.lower()[: max(3, len(lemma) - 1)]
    return frozenset(word for word in words if not word.startswith(beginning))


def _words(fillers: Iterable[Filler], named: bool) -> frozenset[str]:
    chosen = (filler for filler in fillers if (filler.entity is not None) == named)
    return frozenset(word for filler in chosen for word in content_words(filler.words))


def _stems(fillers: Iterable[Filler], roles: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(stem_set(f.words) for f in fillers if f.role in roles))
