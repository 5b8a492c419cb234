"""Decisions read from RDF. All of it must be understood; what is wrong is told by its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Literal as OneOf
from typing import cast, get_args

from pyoxigraph import Literal, NamedNode, Quad, Triple

from extractors.actions.lexicon import load_lexicon
from extractors.extraction import Factuality, Polarity
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
    RoleChange,
    Span,
    SplitEntity,
    SplitEvent,
    What,
    Withdrawal,
    checked_interval,
    moment_of,
)
from kb.curation.errors import CurationError
from kb.curation.graph import CLASSES
from kb.iris import Iris
from kb.mapping import ENTITY_CLASSES, ROLES
from kb.terms import DL, PROV, RDF, RDFS

_KINDS = {node.value: kind for kind, node in CLASSES.items()}
_ROLES = {node.value: name for name, node in ROLES.items()}
# OTHER and MONEY share a class; the former is meant.
_TYPES = {node.value: name for name, node in ENTITY_CLASSES.items() if name != "MONEY"}
_SPAN = re.compile(r"article/([^/#]+)#char=(\d+),(\d+)\Z")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*\Z")


def base_of(quads: Iterable[Quad | Triple]) -> str | None:
    """Where the addresses of decisions begin in a file, None where there are none."""
    for quad in quads:
        subject = quad.subject
        if isinstance(subject, NamedNode) and (found := re.match(r"(.+?)curation/", subject.value)):
            return found.group(1)
    return None


def read_decisions(
    quads: Iterable[Quad | Triple], iris: Iris, line_of: Callable[[str], int | None] | None = None
) -> list[Decision]:
    """The decisions of a graph, in order. `line_of` gives the line of an IRI in the file.

    Raises CurationError on the first thing that is no decision, or not as it must be.
    """
    return _Reader(quads, iris, line_of or (lambda _: None)).decisions()


class _Reader:
    """Reads what a graph says node by node; what is left over at the end is an error."""

    def __init__(
        self, quads: Iterable[Quad | Triple], iris: Iris, line_of: Callable[[str], int | None]
    ) -> None:
        self.iris, self.line_of = iris, line_of
        self.nodes: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for quad in quads:
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
                node = subject.value if isinstance(subject, NamedNode) else quad.predicate.value
                raise self.wrong(node, "has a blank node: every part has an address")
            self.nodes[subject.value][quad.predicate.value].append(value)
        self.agents: set[str] = set()
        self.withdrawals: set[str] = set()

    def wrong(self, node: str, message: str) -> CurationError:
        return CurationError(f"<{node}> {message}", self.line_of(node))

    def decisions(self) -> list[Decision]:
        prefix = f"{self.iris.base}curation/"
        heads = {
            iri: {value.value for value in values.get(RDF.type.value, ())}
            for iri, values in self.nodes.items()
            if iri.startswith(prefix) and "#" not in iri
        }
        found = [
            self.decision(iri, heads[iri])
            for iri in sorted(heads)
            if DL.Withdrawal.value not in heads[iri]
        ]
        for iri, values in self.nodes.items():
            if values and iri not in self.agents:
                raise self.wrong(iri, "is no decision, and no part of one")
        return sorted(found, key=lambda decision: decision.order)

    def decision(self, iri: str, kinds: set[str]) -> Decision:
        chosen = kinds & _KINDS.keys()
        if len(chosen) != 1:
            raise self.wrong(iri, "must be of exactly one class of decisions")
        self.nodes[iri].pop(RDF.type.value)
        kind = _KINDS[chosen.pop()]
        again = self.node(iri, PROV.wasDerivedFrom)
        withdrawn = self.node(iri, PROV.wasInvalidatedBy)
        found = Decision(
            id=self.id(iri),
            author=self.author(iri, PROV.wasAttributedTo),
            at=self.moment(iri, PROV.generatedAtTime),
            reason=self.need(iri, DL.reason),
            about=tuple(sorted(self.things(iri))),
            again=self.id(again) if again else None,
            withdrawal=self.withdrawal(iri, withdrawn) if withdrawn else None,
            what=self.what(iri, kind),
        )
        self.used(iri)
        return found

    # Values; each is taken out as it is read.

    def values(self, iri: str, predicate: NamedNode) -> list[NamedNode | Literal]:
        return self.nodes[iri].pop(predicate.value, [])

    def one(self, iri: str, predicate: NamedNode) -> NamedNode | Literal | None:
        values = self.values(iri, predicate)
        if len(values) > 1:
            raise self.wrong(iri, f"has more than one value of {_short(predicate)}")
        return values[0] if values else None

    def node(self, iri: str, predicate: NamedNode) -> str | None:
        value = self.one(iri, predicate)
        if isinstance(value, Literal):
            raise self.wrong(iri, f"has a text as {_short(predicate)}: it must be an address")
        return value.value if value else None

    def text(self, iri: str, predicate: NamedNode) -> str | None:
        value = self.one(iri, predicate)
        if value is not None and (isinstance(value, NamedNode) or not value.value.strip()):
            raise self.wrong(iri, f"must have a text that is not empty as {_short(predicate)}")
        return value.value if value else None

    def need(self, iri: str, predicate: NamedNode) -> str:
        value = self.text(iri, predicate)
        if value is None:
            raise self.wrong(iri, f"lacks {_short(predicate)}")
        return value

    def moment(self, iri: str, predicate: NamedNode) -> str:
        value = self.need(iri, predicate)
        try:
            return moment_of(value)
        except ValueError as error:
            raise self.wrong(
                iri, f"has {value!r} as {_short(predicate)}: it must be a date-time with a zone"
            ) from error

    def term(self, iri: str, predicate: NamedNode, names: Iterable[str]) -> str | None:
        """The local name of one of our own terms."""
        value = self.node(iri, predicate)
        if value is None:
            return None
        name = value.removeprefix(DL.iri)
        if not value.startswith(DL.iri) or name not in names:
            raise self.wrong(iri, f"has <{value}> as {_short(predicate)}, which is none")
        return name

    def used(self, iri: str) -> None:
        """See that nothing was said of a node that is not understood."""
        for predicate in self.nodes.pop(iri, {}):
            raise self.wrong(iri, f"has <{predicate}> here, which is not understood")

    # Parts

    def id(self, iri: str) -> str:
        name = self.iris.name("curation", iri) or ""
        if not _ID.match(name) or "#" in iri:
            raise self.wrong(iri, "is no address of a decision")
        return name

    def things(self, iri: str) -> Iterator[str]:
        for value in self.values(iri, DL.about):
            if not isinstance(value, NamedNode) or not value.value.startswith(self.iris.base):
                raise self.wrong(iri, f"is about {value}, which is not in its knowledge base")
            yield value.value.removeprefix(self.iris.base)

    def author(self, iri: str, predicate: NamedNode) -> str:
        agent = self.node(iri, predicate)
        if agent is None:
            raise self.wrong(iri, f"lacks {_short(predicate)}: every decision has an author")
        labels = self.nodes.get(agent, {}).get(RDFS.label.value, [])
        if len(labels) != 1 or isinstance(labels[0], NamedNode) or not labels[0].value.strip():
            raise self.wrong(agent, "must have its name as its only rdfs:label")
        self.agents.add(agent)
        return labels[0].value

    def withdrawal(self, decision: str, iri: str) -> Withdrawal:
        if iri in self.withdrawals:
            raise self.wrong(iri, "withdraws more than one decision")
        kinds = {value.value for value in self.values(iri, RDF.type)}
        if DL.Withdrawal.value not in kinds:
            raise self.wrong(decision, f"is invalidated by <{iri}>, which is no dl:Withdrawal")
        found = Withdrawal(
            id=self.id(iri),
            author=self.author(iri, PROV.wasAssociatedWith),
            at=self.moment(iri, PROV.endedAtTime),
            reason=self.need(iri, DL.reason),
        )
        self.used(iri)
        self.withdrawals.add(iri)
        return found

    def span(self, iri: str, value: NamedNode | Literal) -> Span:
        rest = value.value.removeprefix(self.iris.base)
        found = _SPAN.match(rest)
        if isinstance(value, Literal) or rest == value.value or not found:
            raise self.wrong(iri, f"has {value} as dl:mention: it must be words of an article")
        article, start, end = found[1], int(found[2]), int(found[3])
        if start >= end:
            raise self.wrong(iri, f"has {value} as dl:mention, which ends before it begins")
        return Span(article, start, end)

    def spans(self, iri: str) -> tuple[Span, ...]:
        return tuple(sorted(self.span(iri, value) for value in self.values(iri, DL.mention)))

    def claims(self, iri: str, predicate: NamedNode) -> tuple[ClaimTarget, ...]:
        found = []
        for value in self.values(iri, predicate):
            part = value.value
            spans = self.spans(part)
            action = self.term(part, DL.readAs, load_lexicon().types)
            if len(spans) != 1 or action is None:
                raise self.wrong(iri, f"names a claim without dl:mention and dl:readAs: {value}")
            self.values(part, RDF.type)
            self.used(part)
            found.append(ClaimTarget(spans[0], action))
        if not found:
            raise self.wrong(iri, f"lacks {_short(predicate)}")
        return tuple(sorted(found))

    def key(self, iri: str, value: str) -> str:
        if not re.match(r"(thing|person|place):\S+\Z", value):
            raise self.wrong(iri, f"has {value!r} as a key of a name, which is none")
        return value

    def keys(self, iri: str) -> tuple[str, ...]:
        return tuple(sorted(self.key(iri, value.value) for value in self.values(iri, DL.nameKey)))

    def into(self, iri: str) -> str | None:
        value = self.text(iri, DL.intoName)
        return self.key(iri, value) if value else None

    def only_key(self, iri: str) -> str:
        keys = self.keys(iri)
        if len(keys) != 1:
            raise self.wrong(iri, "must have exactly one dl:nameKey")
        return keys[0]

    def entity_type(self, iri: str) -> str | None:
        value = self.node(iri, DL.entityClass)
        if value is not None and value not in _TYPES:
            raise self.wrong(iri, f"has <{value}> as dl:entityClass, which is none")
        return _TYPES[value] if value else None

    def entity(self, iri: str) -> Named | None:
        name, kind, sense = (
            self.text(iri, DL.entityName),
            self.entity_type(iri),
            self.text(iri, DL.sense),
        )
        if name is None and kind is None and sense is None:
            return None
        if name is None or kind is None:
            raise self.wrong(iri, "names an entity without dl:entityName and dl:entityClass")
        return Named(name, kind, sense)

    def what(self, iri: str, kind: type[What]) -> What:
        """What was decided, by its class."""
        if kind is MergeEntities:
            keys, into = self.keys(iri), self.into(iri)
            if not keys or into is None or into in keys:
                raise self.wrong(iri, "must have a dl:nameKey, and another one as dl:intoName")
            return MergeEntities(keys, into)
        if kind is SplitEntity:
            split = SplitEntity(self.spans(iri), self.keys(iri), self.entity(iri), self.into(iri))
            if not (split.mentions or split.names) or bool(split.mentions) != bool(split.entity):
                raise self.wrong(iri, "must have mentions and what they name, or a dl:nameKey")
            return split
        if kind is RenameEntity:
            return RenameEntity(self.only_key(iri), self.need(iri, DL.newLabel))
        if kind is RetypeEntity:
            found = self.entity_type(iri)
            if found is None:
                raise self.wrong(iri, "lacks dl:entityClass")
            return RetypeEntity(self.only_key(iri), found)
        claims = self.claims(iri, DL.selects)
        if kind is SplitEvent:
            return SplitEvent(claims, self.claims(iri, DL.apartFrom))
        if kind is RenameEvent:
            return RenameEvent(claims, self.need(iri, DL.newLabel))
        if kind is CorrectClaim:
            return self.correction(iri, claims)
        return MergeEvents(claims) if kind is MergeEvents else RejectClaim(claims)

    def correction(self, iri: str, claims: tuple[ClaimTarget, ...]) -> CorrectClaim:
        undated = self.one(iri, DL.undated) is not None
        found = CorrectClaim(
            claims=claims,
            action=self.term(iri, DL.newAction, load_lexicon().types),
            polarity=self.term(iri, DL.newPolarity, get_args(Polarity)),
            factuality=self.term(iri, DL.newFactuality, get_args(Factuality)),
            interval=Interval() if undated else self.interval(iri),
            roles=tuple(self.roles(iri)),
        )
        if found == CorrectClaim(claims):
            raise self.wrong(iri, "corrects nothing")
        return found

    def interval(self, iri: str) -> Interval | None:
        earliest, latest = self.text(iri, DL.newEarliest), self.text(iri, DL.newLatest)
        precision = self.text(iri, DL.newPrecision)
        if earliest is None and latest is None and precision is None:
            return None
        try:
            return checked_interval(earliest, latest, precision)
        except ValueError as error:
            raise self.wrong(iri, str(error)) from error

    def roles(self, iri: str) -> Iterator[RoleChange]:
        parts = [value.value for value in self.values(iri, DL.roleChange)]
        for part in sorted(parts, key=_number):
            role, operation = self.node(part, DL.role), self.need(part, DL.operation)
            if role not in _ROLES:
                raise self.wrong(iri, f"changes a role that is none: {role}")
            if operation not in ("clear", "remove", "add"):
                raise self.wrong(iri, f"has {operation!r} as dl:operation: clear, remove or add")
            spans, entity = self.spans(part), self.entity(part)
            if len(spans) > 1 or (operation != "clear") != bool(spans or entity):
                raise self.wrong(iri, f"does not say who is meant by <{part}>")
            self.values(part, RDF.type)
            self.used(part)
            yield RoleChange(
                cast(OneOf["clear", "remove", "add"], operation),
                _ROLES[role],
                spans[0] if spans else None,
                entity,
            )


def _number(iri: str) -> tuple[int, str]:
    """Parts are numbered in their order."""
    digits = iri.rpartition("-")[2]
    return (int(digits) if digits.isdigit() else 0, iri)


def _short(predicate: NamedNode) -> str:
    for prefix, namespace in (("dl", DL), ("prov", PROV), ("rdfs", RDFS)):
        if predicate.value.startswith(namespace.iri):
            return f"{prefix}:{predicate.value.removeprefix(namespace.iri)}"
    return predicate.value
