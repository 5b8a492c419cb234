"""Decisions as RDF in the curation graph; `reading` is the way back.

A decision is a prov:Entity that is attributed to its author; its withdrawal is a prov:Activity
that invalidates it. All nodes have addresses, so that a decision is the same wherever it is
stored. Nothing is lost on the way there and back.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from extractors.articles import digest, slug
from kb.curation.decisions import (
    ClaimTarget,
    CorrectClaim,
    Decision,
    Interval,
    MergeEntities,
    MergeEvents,
    Named,
    RejectClaim,
    RenameEntity,
    RenameEvent,
    RetypeEntity,
    Span,
    SplitEntity,
    SplitEvent,
    What,
    Withdrawal,
)
from kb.iris import Iris
from kb.mapping import ENTITY_CLASSES, ROLES
from kb.terms import DL, PROV, RDF, RDFS, boolean, day_or_moment, moment

CLASSES: dict[type[What], NamedNode] = {
    MergeEntities: DL.EntityMerge,
    SplitEntity: DL.EntitySplit,
    RenameEntity: DL.EntityRenaming,
    RetypeEntity: DL.EntityTyping,
    MergeEvents: DL.EventMerge,
    SplitEvent: DL.EventSplit,
    RenameEvent: DL.EventRenaming,
    CorrectClaim: DL.ClaimCorrection,
    RejectClaim: DL.ClaimRejection,
}


def decision_quads(decision: Decision, iris: Iris) -> list[Quad]:
    """What the curation graph says of a decision, and of its withdrawal."""
    return list(_Writer(decision, iris).quads)


class _Writer:
    def __init__(self, decision: Decision, iris: Iris) -> None:
        self.iris, self.quads = iris, dict[Quad, None]()
        self.node = iris.decision(decision.id)
        self.add(self.node, RDF.type, CLASSES[type(decision.what)])
        self.add(self.node, RDF.type, PROV.Entity)
        self.add(self.node, PROV.wasAttributedTo, self.curator(decision.author))
        self.add(self.node, PROV.generatedAtTime, moment(decision.at))
        self.add(self.node, DL.reason, Literal(decision.reason))
        for thing in decision.about:
            self.add(self.node, DL.about, NamedNode(iris.base + thing))
        if decision.again:
            self.add(self.node, PROV.wasDerivedFrom, iris.decision(decision.again))
        if decision.withdrawal:
            self.withdrawal(decision.withdrawal)
        self.what(decision.what)

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self.quads[Quad(subject, predicate, value, self.iris.curation)] = None

    def say(self, predicate: NamedNode, value: str | NamedNode | None) -> None:
        """Add what is known to the decision."""
        if value is not None:
            self.add(self.node, predicate, Literal(value) if isinstance(value, str) else value)

    def part(self, predicate: NamedNode, name: str, kind: NamedNode) -> NamedNode:
        node = NamedNode(f"{self.node.value}#{name}")
        self.add(self.node, predicate, node)
        self.add(node, RDF.type, kind)
        return node

    def curator(self, name: str) -> NamedNode:
        node = self.iris.of("curator", f"{slug(name)}-{digest(name)}")
        self.add(node, RDF.type, PROV.Agent)
        self.add(node, RDFS.label, Literal(name))
        return node

    def withdrawal(self, withdrawal: Withdrawal) -> None:
        node = self.iris.decision(withdrawal.id)
        self.add(self.node, PROV.wasInvalidatedBy, node)
        self.add(node, RDF.type, DL.Withdrawal)
        self.add(node, RDF.type, PROV.Activity)
        self.add(node, PROV.wasAssociatedWith, self.curator(withdrawal.author))
        self.add(node, PROV.endedAtTime, moment(withdrawal.at))
        self.add(node, DL.reason, Literal(withdrawal.reason))

    def span(self, span: Span) -> NamedNode:
        return self.iris.span(span.article, span.start, span.end)

    def claims(self, predicate: NamedNode, name: str, targets: Iterable[ClaimTarget]) -> None:
        for n, target in enumerate(sorted(targets), start=1):
            node = self.part(predicate, f"{name}-{n}", DL.ClaimSelector)
            self.add(node, DL.mention, self.span(target.span))
            self.add(node, DL.readAs, DL.term(target.action))

    def entity(self, node: NamedNode, entity: Named) -> None:
        self.add(node, DL.entityName, Literal(entity.name))
        self.add(node, DL.entityClass, ENTITY_CLASSES[entity.type])
        if entity.sense:
            self.add(node, DL.sense, Literal(entity.sense))

    def what(self, what: What) -> None:
        self.claims(DL.selects, "claim", getattr(what, "claims", ()))
        match what:
            case MergeEntities(names, into):
                for name in names:
                    self.say(DL.nameKey, name)
                self.say(DL.intoName, into)
            case SplitEntity(mentions, names, entity, into):
                for span in mentions:
                    self.say(DL.mention, self.span(span))
                for name in names:
                    self.say(DL.nameKey, name)
                if entity:
                    self.entity(self.node, entity)
                self.say(DL.intoName, into)
            case RenameEntity(name, label):
                self.say(DL.nameKey, name)
                self.say(DL.newLabel, label)
            case RetypeEntity(name, kind):
                self.say(DL.nameKey, name)
                self.say(DL.entityClass, ENTITY_CLASSES[kind])
            case SplitEvent(_, apart):
                self.claims(DL.apartFrom, "apart", apart)
            case RenameEvent(_, label):
                self.say(DL.newLabel, label)
            case CorrectClaim():
                self.correction(what)
            case MergeEvents() | RejectClaim():
                pass

    def correction(self, what: CorrectClaim) -> None:
        self.say(DL.newAction, DL.term(what.action) if what.action else None)
        self.say(DL.newPolarity, DL.term(what.polarity) if what.polarity else None)
        self.say(DL.newFactuality, DL.term(what.factuality) if what.factuality else None)
        if what.interval is not None:
            for predicate, bound in (
                (DL.newEarliest, what.interval.earliest),
                (DL.newLatest, what.interval.latest),
            ):
                if bound is not None:
                    self.add(self.node, predicate, day_or_moment(bound))
            self.say(DL.newPrecision, what.interval.precision)
            if what.interval == Interval():
                self.add(self.node, DL.undated, boolean(True))
        for n, change in enumerate(what.roles, start=1):
            node = self.part(DL.roleChange, f"role-{n}", DL.RoleChange)
            self.add(node, DL.operation, Literal(change.operation))
            self.add(node, DL.role, ROLES[change.role])
            if change.span:
                self.add(node, DL.mention, self.span(change.span))
            if change.entity:
                self.entity(node, change.entity)
