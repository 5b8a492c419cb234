"""An article's graph, read back into records: what identity, index and pages work on.

Only the graph is read, never the extraction behind it, so that all that is derived can be
made again from the store alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kb.iris import Iris
from kb.mapping import ENTITY_CLASSES, LINKS, ROLES
from kb.terms import DCTERMS, DL, GAF, NIF, RDF, RDFS, SCHEMA, SEM, SKOS
from kb.when import unstamp

Properties = Mapping[str, list[str]]
Description = dict[str, dict[str, list[str]]]
"""Subject -> predicate -> values, all as plain strings."""

_TYPES = {
    node.value: name for name, node in reversed(ENTITY_CLASSES.items()) if name != "MONEY"
} | {DL.Place.value: "PLACE"}
_ROLES = [(node.value, name) for name, node in ROLES.items()]


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """An entity as one article has it."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    description: str | None
    mentions: tuple[tuple[int, int], ...]
    sense: str | None = None
    """Keeps its name apart from the same name for something else."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Who fills a role of a claim: one of the article's entities, or words without a name."""

    role: str
    entity: str | None
    words: str
    fragment: str
    """The IRI without the article's own."""


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """What the article says of one event at one place of its text."""

    id: str
    start: int
    end: int
    sentence_start: int
    sentence: str
    label: str
    action: str
    lemma: str
    polarity: str
    factuality: str
    earliest: str | None
    latest: str | None
    precision: str | None
    time_words: str | None
    time_span: tuple[int, int] | None
    source: str | None
    addressee: str | None
    quoted: bool
    salience: float
    confidence: float
    participants: tuple[Participant, ...]
    same: tuple[str, ...]
    """Claims of this article that speak of the same event."""
    before: tuple[str, ...] = ()
    """Claims of this article that tell of what came later."""
    causes: tuple[str, ...] = ()
    """Claims of this article that tell of what it caused."""


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article with everything found in it."""

    slug: str
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    authors: tuple[str, ...]
    language: str | None
    text: str
    story: tuple[tuple[int, int], ...]
    extractor: str
    entities: tuple[LocalEntity, ...]
    claims: tuple[ClaimRecord, ...]


def describe(quads: Iterable[Quad | Triple]) -> Description:
    """Quads as nested dictionaries."""
    found: defaultdict[str, defaultdict[str, list[str]]]
    found = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        subject, value = quad.subject, quad.object
        assert isinstance(subject, NamedNode) and isinstance(value, (NamedNode, Literal))
        found[subject.value][quad.predicate.value].append(value.value)
    return {subject: dict(properties) for subject, properties in found.items()}


def read_article(quads: Iterable[Quad | Triple], slug: str, iris: Iris) -> ArticleRecord:
    """The record of the article whose graph this is. Raises ValueError on another graph."""
    return _Reader(describe(quads), slug, iris).article()


def read_claims(graph: Description, slug: str, iris: Iris) -> list[ClaimRecord]:
    """The claims of an article among descriptions that hold them, their spans and participants."""
    return list(_Reader(graph, slug, iris).claims())


def _one(properties: Properties, predicate: NamedNode) -> str | None:
    values = properties.get(predicate.value)
    return min(values) if values else None


def _need(properties: Properties, predicate: NamedNode) -> str:
    value = _one(properties, predicate)
    if value is None:
        raise ValueError(f"the graph lacks {predicate.value}: it is no article's graph, or damaged")
    return value


class _Reader:
    def __init__(self, graph: Description, slug: str, iris: Iris) -> None:
        self.graph, self.slug, self.iris = graph, slug, iris
        self.iri = iris.article(slug).value

    def article(self) -> ArticleRecord:
        head = self.graph.get(self.iri, {})
        publisher = _one(head, SCHEMA.publisher)
        activity = self.graph.get(self.iris.extraction(self.slug).value, {})
        extractor = (_one(activity, DL.extractorVersion), _one(activity, DL.model))
        return ArticleRecord(
            slug=self.slug,
            title=_one(head, SCHEMA.headline),
            published=_one(head, SCHEMA.datePublished),
            publisher=_need(self.graph.get(publisher, {}), RDFS.label) if publisher else None,
            url=_one(head, SCHEMA.url),
            authors=tuple(sorted(head.get(SCHEMA.author.value, ()))),
            language=_one(head, SCHEMA.inLanguage),
            text=_need(head, NIF.isString),
            story=self.spans(head.get(DL.story.value, ())),
            extractor=", ".join(part for part in extractor if part),
            entities=tuple(sorted(self.entities(), key=lambda entity: entity.id)),
            claims=tuple(sorted(self.claims(), key=lambda claim: (claim.start, claim.id))),
        )

    def fragment(self, iri: str | None) -> str | None:
        return iri.partition("#")[2] if iri else None

    def local(self, iri: str | None) -> str | None:
        """The entity's local name out of its IRI, None for an unnamed participant."""
        fragment = self.fragment(iri)
        return fragment[7:] if fragment and fragment.startswith("entity-") else None

    def spans(self, iris: Iterable[str]) -> tuple[tuple[int, int], ...]:
        return tuple(sorted(self.span(iri) for iri in iris))

    def span(self, iri: str) -> tuple[int, int]:
        properties = self.graph.get(iri, {})
        return int(_need(properties, NIF.beginIndex)), int(_need(properties, NIF.endIndex))

    def entities(self) -> Iterator[LocalEntity]:
        prefix = f"{self.iri}#entity-"
        for iri, properties in self.graph.items():
            if not iri.startswith(prefix):
                continue
            kinds = [_TYPES[kind] for kind in properties.get(RDF.type.value, ()) if kind in _TYPES]
            yield LocalEntity(
                id=iri[len(prefix) :],
                name=_need(properties, RDFS.label),
                type=next((kind for kind in sorted(kinds) if kind != "PLACE"), "OTHER"),
                aliases=tuple(sorted(properties.get(SKOS.altLabel.value, ()))),
                description=_one(properties, DCTERMS.description),
                mentions=self.spans(properties.get(GAF.denotedBy.value, ())),
            )

    def claims(self) -> Iterator[ClaimRecord]:
        prefix = f"{self.iri}#claim-"
        for iri, properties in self.graph.items():
            if iri.startswith(prefix) and DL.Claim.value in properties.get(RDF.type.value, ()):
                yield self.claim(iri, iri[len(prefix) :], properties)

    def claim(self, iri: str, name: str, properties: Properties) -> ClaimRecord:
        start, end = self.span(_need(properties, GAF.denotedBy))
        evidence = _need(properties, DL.evidence)
        precision = _one(properties, DL.timePrecision)
        expression = _one(properties, DL.timeExpression)
        begin, finish = SEM.hasEarliestBeginTimeStamp, SEM.hasLatestEndTimeStamp
        return ClaimRecord(
            id=name,
            start=start,
            end=end,
            sentence_start=self.span(evidence)[0],
            sentence=_need(self.graph.get(evidence, {}), NIF.anchorOf),
            label=_need(properties, RDFS.label),
            action=_need(properties, SEM.eventType).removeprefix(DL.iri),
            lemma=_need(properties, DL.lemma),
            polarity=_need(properties, DL.polarity).removeprefix(DL.iri),
            factuality=_need(properties, DL.factuality).removeprefix(DL.iri),
            earliest=unstamp(_one(properties, begin), precision),
            latest=unstamp(_one(properties, finish), precision, end=True),
            precision=precision,
            time_words=_need(self.graph.get(expression, {}), NIF.anchorOf) if expression else None,
            time_span=self.span(expression) if expression else None,
            source=self.local(_one(properties, DL.attributedTo)),
            addressee=self.local(_one(properties, DL.addressee)),
            quoted=_one(properties, DL.quoted) == "true",
            salience=float(_need(properties, DL.salience)),
            confidence=float(_need(properties, DL.confidence)),
            participants=tuple(self.participants(properties)),
            same=self.linked(properties, "same"),
            before=self.linked(properties, "before"),
            causes=self.linked(properties, "causes"),
        )

    def linked(self, properties: Properties, link: str) -> tuple[str, ...]:
        """The claims that a claim is linked to, by their local names."""
        prefix = f"{self.iri}#claim-"
        others = properties.get(LINKS[link].value, ())
        return tuple(sorted(other.removeprefix(prefix) for other in others))

    def participants(self, properties: Properties) -> Iterator[Participant]:
        for predicate, role in _ROLES:
            for iri in sorted(properties.get(predicate, ())):
                words = _one(self.graph.get(iri, {}), RDFS.label) or ""
                yield Participant(role, self.local(iri), words, iri.partition("#")[2])


__all__ = [
    "ArticleRecord",
    "ClaimRecord",
    "LocalEntity",
    "Participant",
    "describe",
    "read_article",
    "read_claims",
]
