"""Decisions laid over what was read out of an article: the record that merging sees.

The article's graph stays as it is. The layer is a pure function of the record and the decisions
that name the article, so it can be laid again whenever either changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple

from extractors.articles import slug
from kb.curation.decisions import (
    ClaimTarget,
    CorrectClaim,
    Decision,
    Named,
    RejectClaim,
    RenameEvent,
    RoleChange,
    Span,
    SplitEntity,
    SplitEvent,
)
from kb.iris import Iris
from kb.mapping import ENTITY_CLASSES, PLACES
from kb.names import name_key
from kb.records import ArticleRecord, ClaimRecord, LocalEntity, Participant
from kb.terms import DL, GAF, NIF, RDF, RDFS, integer

SHARED = 0.5
"""How much of two mentions of an article must be common for them to be of one entity, where the
words that a decision names are no mention any more."""


@dataclass(frozen=True, slots=True)
class Curated:
    """An article as people have corrected it."""

    record: ArticleRecord
    targets: dict[str, ClaimTarget]
    """The claims that decisions name, by local name."""
    titles: dict[str, tuple[str, str]]
    """What people call the event of a claim, and the moment of that decision."""
    found: dict[str, int]
    """How many of the claims and mentions that a decision names are there, by its id."""
    described: tuple[Triple, ...]
    """What is said of participants that the article was not read to speak of."""


def curate(record: ArticleRecord, decisions: Sequence[Decision], iris: Iris) -> Curated:
    """Lay decisions, which stand and come in their order, over an article."""
    return _Layer(record, decisions, iris).laid()


class _Layer:
    def __init__(self, record: ArticleRecord, decisions: Sequence[Decision], iris: Iris) -> None:
        self.record, self.decisions, self.iris = record, decisions, iris
        self.entities = {entity.id: entity for entity in record.entities}
        self.described: dict[Triple, None] = {}
        self.found: dict[str, int] = {}
        self.places: dict[ClaimTarget, list[str]] = defaultdict(list)
        for claim in record.claims:
            span = Span(record.slug, claim.start, claim.end)
            self.places[ClaimTarget(span, claim.action)].append(claim.id)

    def laid(self) -> Curated:
        claims = {claim.id: claim for claim in self.record.claims}
        targets: dict[str, ClaimTarget] = {}
        titles: dict[str, tuple[str, str]] = {}
        for decision in self.decisions:
            self.count(decision)
            if isinstance(decision.what, SplitEntity):
                self.split(decision.what)
        for decision in self.decisions:
            what = decision.what
            for target in decision.claims:
                targets |= dict.fromkeys(self.places.get(target, ()), target)
            for target in getattr(what, "claims", ()):
                for local in self.places.get(target, ()):
                    if isinstance(what, CorrectClaim) and local in claims:
                        claims[local] = self.correct(claims[local], what)
                    elif isinstance(what, RejectClaim):
                        claims.pop(local, None)
                    elif isinstance(what, RenameEvent):
                        titles[local] = (what.label, "|".join(decision.order))
                    elif isinstance(what, SplitEvent):
                        titles.pop(local, None)
        record = replace(
            self.record,
            entities=tuple(sorted(self.entities.values(), key=lambda entity: entity.id)),
            claims=tuple(claims[claim.id] for claim in self.record.claims if claim.id in claims),
        )
        kept = {local: target for local, target in targets.items() if local in claims}
        return Curated(record, kept, titles, self.found, tuple(self.described))

    def count(self, decision: Decision) -> None:
        found = sum(target in self.places for target in decision.claims)
        found += sum(self.mentioned(span) is not None for span in decision.mentions)
        if found:
            self.found[decision.id] = found

    # Entities

    def mentioned(self, span: Span) -> str | None:
        """The article's entity of which these words are a mention, or nearly one."""
        if span.article != self.record.slug:
            return None
        shared = [
            (_common(span, mention), entity.id)
            for entity in self.entities.values()
            for mention in entity.mentions
        ]
        best = max(shared, key=lambda item: (item[0], item[1]), default=(0.0, ""))
        return best[1] if best[0] >= SHARED else None

    def split(self, what: SplitEntity) -> None:
        """Give mentions' entities the name, type and sense of what they are."""
        for span in what.mentions:
            local = self.mentioned(span)
            if local is None or what.entity is None:
                continue
            entity, named = self.entities[local], what.entity
            aliases = tuple(sorted({*entity.aliases, entity.name} - {named.name}))
            self.entities[local] = replace(
                entity, name=named.name, type=named.type, sense=named.sense, aliases=aliases
            )

    # Claims

    def correct(self, claim: ClaimRecord, what: CorrectClaim) -> ClaimRecord:
        if what.action:
            claim = replace(claim, action=what.action)
        if what.polarity:
            claim = replace(claim, polarity=what.polarity)
        if what.factuality:
            claim = replace(claim, factuality=what.factuality)
        if what.interval is not None:
            given = what.interval
            claim = replace(
                claim, earliest=given.earliest, latest=given.latest, precision=given.precision
            )
        participants = claim.participants
        for change in sorted(what.roles, key=lambda change: _TURN[change.operation]):
            if change.span and not self.holds(change.span):
                continue
            participants = tuple(self.cast(claim, participants, change))
        return replace(claim, participants=participants)

    def cast(
        self, claim: ClaimRecord, participants: Iterable[Participant], change: RoleChange
    ) -> Iterator[Participant]:
        """Who takes part after a change of one role."""
        if change.operation == "clear":
            yield from (filler for filler in participants if filler.role != change.role)
            return
        meant = self.filler(claim, change)
        for filler in participants:
            if (filler.role, filler.entity, filler.fragment) != (
                change.role, meant.entity, meant.fragment,
            ):  # fmt: skip
                yield filler
        if change.operation == "add":
            if meant.entity is None:
                self.describe(meant, change.span)
            yield meant

    def holds(self, span: Span) -> bool:
        """Whether these are words of the article as it is now."""
        return span.article == self.record.slug and span.end <= len(self.record.text)

    def filler(self, claim: ClaimRecord, change: RoleChange) -> Participant:
        """The article's entity that is meant, or words of the article."""
        local = None
        if change.entity is not None:
            local = self.named(change.entity) or self.added(claim, change.entity, change.span)
        elif change.span is not None:
            local = self.mentioned(change.span)
        if local is not None:
            words = self.entities[local].name
            node = self.iris.local_entity(self.record.slug, local)
            return Participant(change.role, local, words, node.value.partition("#")[2])
        assert change.span is not None
        words = " ".join(self.record.text[change.span.start : change.span.end].split())
        fragment = f"participant-{change.span.start}-{change.span.end}"
        return Participant(change.role, None, words, fragment)

    def named(self, wanted: Named) -> str | None:
        """The article's entity of a name."""
        for entity in sorted(self.entities.values(), key=lambda entity: entity.id):
            if name_key(entity.name, entity.type, entity.sense) == wanted.key:
                return entity.id
        return None

    def added(self, claim: ClaimRecord, named: Named, span: Span | None) -> str:
        """An entity that the article was not read to speak of."""
        local = "-".join(filter(None, ("curated", slug(named.name), named.type, named.sense)))
        start, end = (span.start, span.end) if span else (claim.start, claim.end)
        self.entities[local] = LocalEntity(
            local, named.name, named.type, (), None, ((start, end),), named.sense
        )
        node = self.iris.local_entity(self.record.slug, local)
        kinds = [ENTITY_CLASSES[named.type], *([DL.Place] if named.type in PLACES else [])]
        for kind in kinds:
            self.say(node, RDF.type, kind)
        self.say(node, RDFS.label, self.text(named.name))
        self.mention(node, start, end)
        return local

    def describe(self, filler: Participant, span: Span | None) -> None:
        """Words that the article was not read to mean somebody by."""
        assert span is not None
        node = self.iris.participant(self.record.slug, span.start, span.end)
        self.say(node, RDF.type, DL.UnnamedParticipant)
        self.say(node, RDFS.label, self.text(filler.words))
        self.mention(node, span.start, span.end)

    def say(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self.described[Triple(subject, predicate, value)] = None

    def text(self, value: str) -> Literal:
        return Literal(value, language=self.record.language or "en")

    def mention(self, node: NamedNode, start: int, end: int) -> None:
        """Say of a participant which words denote it, and of these where they stand."""
        span = self.iris.span(self.record.slug, start, end)
        self.say(node, GAF.denotedBy, span)
        for kind in (DL.Mention, NIF.Phrase):
            self.say(span, RDF.type, kind)
        self.say(span, NIF.beginIndex, integer(start))
        self.say(span, NIF.endIndex, integer(end))
        self.say(span, NIF.anchorOf, Literal(self.record.text[start:end]))
        self.say(span, NIF.referenceContext, self.iris.article(self.record.slug))


_TURN = {"clear": 0, "remove": 1, "add": 2}


def _common(span: Span, mention: tuple[int, int]) -> float:
    """How much of two stretches is common: their intersection by their union."""
    start, end = mention
    shared = min(span.end, end) - max(span.start, start)
    return shared / (max(span.end, end) - min(span.start, start)) if shared > 0 else 0.0
