"""An event in the merged graph: preferred values, disputes with their versions, and claims."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kb.change import Change
from kb.claims import Filler
from kb.events import NEVER, EventVersion, MergedEvent
from kb.iris import Iris
from kb.mapping import ROLES
from kb.terms import DL, RDF, RDFS, SEM, amount, boolean, day_or_moment, decimal, integer, moment
from kb.when import stamp


def event_quads(
    change: Change, iris: Iris, slug: str, event: MergedEvent, entities: dict[int, NamedNode]
) -> None:
    """Describe an event in the merged graph; `entities` has those that take part, by root."""
    node = iris.event(slug)
    change.add(node, RDF.type, SEM.Event)
    change.add(node, RDFS.label, Literal(event.label, language="en"))
    change.add(node, SEM.eventType, DL.term(event.action))
    for filler, article in event.participants:
        change.add(node, ROLES[filler.role], _participant(iris, filler, article, entities))
    _time(change, node, event)
    change.add(node, DL.polarity, DL.term(event.polarity))
    change.add(node, DL.factuality, DL.term(event.factuality))
    change.add(node, DL.salience, decimal(event.salience))
    change.add(node, DL.reportCount, integer(len(event.claims)))
    change.add(node, DL.sourceCount, integer(event.sources))
    if event.known != NEVER:
        change.add(node, DL.knownFrom, day_or_moment(event.known))
    for dispute in event.disputed:
        change.add(node, DL.disputed, DL.term(dispute))
    for number, version in enumerate(event.versions, start=1):
        part = iris.event_version(slug, number)
        change.add(node, DL.version, part)
        _version(change, iris, part, version, entities)
    for article, claim in event.claims:
        change.add(node, DL.claim, iris.claim_of(article, claim))


def _version(
    change: Change,
    iris: Iris,
    node: NamedNode,
    version: EventVersion,
    entities: dict[int, NamedNode],
) -> None:
    """One version of a point on which reports differ: what it says, and which claims say it."""
    change.add(node, RDF.type, DL.Version)
    change.add(node, DL.concerns, DL.term(version.point))
    change.add(node, DL.preferred, boolean(version.preferred))
    change.add(node, DL.withdrawn, boolean(version.withdrawn))
    change.add(node, DL.supportCount, integer(version.sources))
    _time(change, node, version)
    for entity in version.entities:
        change.add(node, DL.value, entities[entity])
    if version.term:
        change.add(node, DL.value, DL.term(version.term))
    if version.number is not None:
        change.add(node, DL.value, amount(version.number))
    if version.words:
        change.add(node, RDFS.label, Literal(version.words, language="en"))
    for article, claim in version.claims:
        change.add(node, DL.statedBy, iris.claim_of(article, claim))


def _time(change: Change, node: NamedNode, told: MergedEvent | EventVersion) -> None:
    if told.earliest:
        change.add(node, SEM.hasEarliestBeginTimeStamp, moment(stamp(told.earliest)))
    if told.latest:
        change.add(node, SEM.hasLatestEndTimeStamp, moment(stamp(told.latest, end=True)))
    if told.precision:
        change.add(node, DL.timePrecision, Literal(told.precision))


def _participant(
    iris: Iris, filler: Filler, article: str | None, entities: dict[int, NamedNode]
) -> NamedNode:
    if filler.entity is not None:
        return entities[filler.entity]
    return NamedNode(f"{iris.article(article or '').value}#{filler.fragment}")
