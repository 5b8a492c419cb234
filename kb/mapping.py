"""From one article and what was read out of it to the quads of its named graph.

A pure function: the same article, extraction, base and provenance give the same quads, whatever
else the knowledge base holds. There are no blank nodes, so that a graph can be replaced by one
portable update, and compared byte for byte after sorting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from extractors.articles import Article
from extractors.extraction import Entity, Event, Extraction, Mention
from kb.evidence import sentence
from kb.iris import Iris, article_slug
from kb.terms import (
    DCTERMS,
    DL,
    GAF,
    NIF,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SKOS,
    boolean,
    day_or_moment,
    decimal,
    integer,
    moment,
)
from kb.when import stamp

ENTITY_CLASSES = {
    "PERSON": DL.Person,
    "ORG": DL.Organization,
    "GPE": DL.GeopoliticalEntity,
    "LOC": DL.Location,
    "FAC": DL.Facility,
    "PRODUCT": DL.Product,
    "WORK": DL.Work,
    "LAW": DL.Law,
    "GROUP": DL.Group,
    "EVENT": DL.NamedEvent,
    "MONEY": DL.Entity,
    "OTHER": DL.Entity,
}
VERSION = "4"
"""Changes when the graph made from one and the same extraction does."""
AGENT = "Dateline"
"""The software that reads, as it is named in provenance."""
PLACES = frozenset({"GPE", "LOC", "FAC"})
ROLES = {
    "agent": DL.agent,
    "patient": DL.patient,
    "recipient": DL.recipient,
    "instrument": DL.instrument,
    "place": DL.place,
    "source": DL.origin,
    "destination": DL.destination,
    "topic": DL.topic,
    "other": DL.otherParticipant,
}
LINKS = {
    "before": DL.before,
    "after": DL.after,
    "includes": DL.includes,
    "simultaneous": DL.simultaneous,
    "causes": DL.causes,
    "same": DL.sameAs,
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made an extraction: enough to know whether it is still current."""

    version: str
    model: str
    configuration: str
    ended: str | None = None
    """When, as ISO 8601. Left out where the same input must give the same graph."""


def article_quads(
    article: Article, extraction: Extraction, base: str, provenance: Provenance
) -> list[Quad]:
    """The named graph of one article.

    Raises ValueError when the extraction does not fit the article (another text, a span
    outside it, a date that does not exist): nothing wrong is stored.
    """
    if extraction.text != article.text:
        raise ValueError(f"the extraction of {article.doc_id!r} was made from another text")
    graph = _ArticleGraph(article, extraction, Iris(base))
    graph.article()
    graph.provenance(provenance)
    for entity in extraction.entities:
        graph.entity(entity)
    for event in extraction.events:
        graph.claim(event)
    graph.links()
    return list(graph.quads)


class _ArticleGraph:
    """The quads of one article while they are collected, in a set that keeps its order."""

    def __init__(self, article: Article, extraction: Extraction, iris: Iris) -> None:
        self.source, self.extraction, self.iris = article, extraction, iris
        self.slug = article_slug(article.doc_id)
        self.node = iris.article(self.slug)
        self.name = iris.graph(self.slug)
        self.quads: dict[Quad, None] = {}
        self.language = extraction.language or article.language or "en"
        self.entities = {entity.id: entity for entity in extraction.entities}

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self.quads[Quad(subject, predicate, value, self.name)] = None

    def text(self, value: str) -> Literal:
        return Literal(value, language=self.language)

    def article(self) -> None:
        """Metadata, text and the stretches that tell the news."""
        source, node = self.source, self.node
        for kind in (SCHEMA.NewsArticle, NIF.Context, PROV.Entity):
            self.add(node, RDF.type, kind)
        if source.title:
            self.add(node, SCHEMA.headline, self.text(source.title))
        if source.published:
            self.add(node, SCHEMA.datePublished, day_or_moment(source.published))
        if source.publisher:
            # A node of the article's own: were it shared, what several graphs say of it alike
            # would count several times in the union of the graphs.
            publisher = self.iris.publisher(self.slug)
            self.add(node, SCHEMA.publisher, publisher)
            self.add(publisher, RDF.type, SCHEMA.Organization)
            self.add(publisher, RDFS.label, Literal(source.publisher))
        for author in source.authors:
            self.add(node, SCHEMA.author, Literal(author))
        self.add(node, DCTERMS.identifier, Literal(source.doc_id))
        if source.url and (url := address(source.url)):
            self.add(node, SCHEMA.url, url)
        if source.published_from:
            self.add(node, DL.publishedFrom, Literal(source.published_from))
        self.add(node, SCHEMA.inLanguage, Literal(self.language))
        self.add(node, NIF.isString, Literal(source.text))
        for story in source.story:
            span = self.span(story.start, story.end)
            self.add(node, DL.story, span)
            self.offsets(span, NIF.String, story.start, story.end)
        if source.headline:
            span = self.span(source.headline.start, source.headline.end)
            self.add(node, DL.headline, span)
            self.offsets(span, NIF.String, source.headline.start, source.headline.end)

    def provenance(self, provenance: Provenance) -> None:
        """Which extractor made this graph, and from what (PROV-O)."""
        activity, agent = self.iris.extraction(self.slug), self.iris.software(self.slug)
        for kind in (DL.ArticleGraph, PROV.Entity):
            self.add(self.name, RDF.type, kind)
        self.add(self.name, PROV.wasDerivedFrom, self.node)
        self.add(self.name, PROV.wasGeneratedBy, activity)
        for kind in (PROV.Activity, DL.Extraction):
            self.add(activity, RDF.type, kind)
        self.add(activity, PROV.used, self.node)
        self.add(activity, DL.extractorVersion, Literal(provenance.version))
        self.add(activity, DL.model, Literal(provenance.model))
        self.add(activity, DL.configuration, Literal(provenance.configuration))
        self.add(activity, DL.mappingVersion, Literal(VERSION))
        self.add(activity, PROV.wasAssociatedWith, agent)
        self.add(agent, RDF.type, PROV.SoftwareAgent)
        self.add(agent, RDFS.label, Literal(f"{AGENT} {provenance.version}"))
        if provenance.ended:
            self.add(activity, PROV.endedAtTime, moment(provenance.ended))

    def span(self, start: int, end: int) -> NamedNode:
        if not 0 <= start < end <= len(self.source.text):
            raise ValueError(
                f"the span {start}-{end} lies outside the {len(self.source.text)} characters of "
                f"{self.source.doc_id!r}"
            )
        return self.iris.span(self.slug, start, end)

    def offsets(self, span: NamedNode, kind: NamedNode, start: int, end: int) -> None:
        self.add(span, RDF.type, kind)
        self.add(span, NIF.beginIndex, integer(start))
        self.add(span, NIF.endIndex, integer(end))
        self.add(span, NIF.referenceContext, self.node)

    def mention(self, start: int, end: int) -> NamedNode:
        """A stretch of text that denotes something, with its words."""
        span = self.span(start, end)
        self.offsets(span, DL.Mention, start, end)
        self.add(span, RDF.type, NIF.Phrase)
        self.add(span, NIF.anchorOf, Literal(self.source.text[start:end]))
        return span

    def denoted(self, node: NamedNode, mentions: tuple[Mention, ...]) -> None:
        for mention in mentions:
            self.add(node, GAF.denotedBy, self.mention(mention.start, mention.end))

    def entity(self, entity: Entity) -> None:
        """An entity as this article has it."""
        node = self.iris.local_entity(self.slug, entity.id)
        self.add(node, RDF.type, ENTITY_CLASSES[entity.type])
        if entity.type in PLACES:
            self.add(node, RDF.type, DL.Place)
        self.add(node, RDFS.label, self.text(entity.name))
        for alias in entity.aliases:
            if alias != entity.name:
                self.add(node, SKOS.altLabel, self.text(alias))
        if entity.description:
            self.add(node, DCTERMS.description, self.text(entity.description))
        self.denoted(node, entity.mentions)

    def reference(self, entity: str) -> NamedNode:
        if entity not in self.entities:
            raise ValueError(f"{self.source.doc_id!r} has no entity {entity!r}")
        return self.iris.local_entity(self.slug, entity)

    def claim(self, event: Event) -> None:
        """What the article says happened, at one place of its text."""
        node = self.iris.claim(self.slug, event.id)
        self.add(node, RDF.type, DL.Claim)
        self.add(node, RDFS.label, self.text(event.label))
        self.add(node, SEM.eventType, DL.term(event.action))
        self.add(node, DL.lemma, Literal(event.lemma))
        self.denoted(node, (event.trigger,))
        start, end = sentence(self.source.text, event.trigger.start, event.trigger.end)
        self.add(node, DL.evidence, self.mention(start, end))
        for role, participant in self.participants(event):
            self.add(node, role, participant)
        self.add(node, DL.polarity, DL.term(event.polarity))
        self.add(node, DL.factuality, DL.term(event.factuality))
        if event.source:
            self.add(node, DL.attributedTo, self.reference(event.source))
        if event.addressee:
            self.add(node, DL.addressee, self.reference(event.addressee))
        self.add(node, DL.quoted, boolean(event.quoted))
        self.time(node, event)
        self.add(node, DL.salience, decimal(event.salience))
        self.add(node, DL.confidence, decimal(event.confidence))
        self.add(node, PROV.wasDerivedFrom, self.node)
        self.add(node, DCTERMS.isPartOf, self.name)

    def participants(self, event: Event) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Each role with its entity, or with a participant that has no name."""
        for role in event.roles:
            predicate = ROLES.get(role.role)
            if predicate is None:
                continue
            if role.entity is not None:
                yield predicate, self.reference(role.entity)
                continue
            node = self.iris.participant(self.slug, role.start, role.end)
            words = " ".join((role.text or self.source.text[role.start : role.end]).split())
            self.denoted(node, (Mention(role.start, role.end),))
            self.add(node, RDF.type, DL.UnnamedParticipant)
            self.add(node, RDFS.label, self.text(words))
            yield predicate, node

    def time(self, node: NamedNode, event: Event) -> None:
        """The interval of a claim; a side that is open has no stamp."""
        time = event.time
        if time is None:
            return
        if time.earliest:
            self.add(node, SEM.hasEarliestBeginTimeStamp, moment(stamp(time.earliest)))
        if time.latest:
            self.add(node, SEM.hasLatestEndTimeStamp, moment(stamp(time.latest, end=True)))
        if time.earliest and time.latest and stamp(time.earliest) > stamp(time.latest, end=True):
            raise ValueError(
                f"{self.source.doc_id!r} has an event that ends ({time.latest}) before it "
                f"begins ({time.earliest})"
            )
        if time.holds:
            # What goes on on a day has begun by its end, and ends no earlier than its start.
            self.add(node, SEM.hasLatestBeginTimeStamp, moment(stamp(time.holds, end=True)))
            self.add(node, SEM.hasEarliestEndTimeStamp, moment(stamp(time.holds)))
        if time.precision:
            self.add(node, DL.timePrecision, Literal(time.precision))
        if time.value:
            self.add(node, DL.timeValue, Literal(time.value))
        self.add(node, DL.timeGrounding, Literal(time.grounding))
        if time.start is not None and time.end is not None:
            self.add(node, DL.timeExpression, self.mention(time.start, time.end))

    def links(self) -> None:
        """Order, cause and identity between claims. Links to time expressions are in the bounds."""
        events = {event.id for event in self.extraction.events}
        for link in self.extraction.links:
            if link.source in events and link.target in events:
                source = self.iris.claim(self.slug, link.source)
                self.add(source, LINKS[link.type], self.iris.claim(self.slug, link.target))


def address(url: str) -> NamedNode | None:
    """An article's own address, None where it is none: a graph holds no broken IRI."""
    try:
        return NamedNode(quote(url, safe=":/?#[]@!$&'()*+,;=%~"))
    except ValueError:
        return None
