"""Taking decisions and taking them back: what faces call.

A decision and all that becomes of it are one transaction; its cost depends on the articles that
it names, and those that earlier decisions tie to them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from extractors.actions.lexicon import load_lexicon
from extractors.articles import digest
from extractors.extraction import EntityType, Factuality, Polarity
from kb.curation.committing import commit
from kb.curation.decisions import (
    KINDS,
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
    SplitEntity,
    SplitEvent,
    What,
    Withdrawal,
    checked_interval,
    moment_of,
)
from kb.curation.errors import CurationError, UnknownThingError
from kb.curation.ledger import Ledger
from kb.curation.naming import KnownClaim, Naming
from kb.mapping import ROLES

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

_PRECISIONS = {4: "year", 7: "month", 10: "day"}
"""How exact a date of that many characters is."""
MOST_PAIRS = 20_000
"""Pairs of claims that one splitting may set apart."""


class Curator:
    """Somebody who decides about a knowledge base. Every method is one transaction.

    They return the decisions that were taken. All raise CurationError (UnknownThingError on a
    thing that is not there) when nothing can be decided, and StoreError when it can't be written.
    """

    def __init__(self, kb: KnowledgeBase, author: str) -> None:
        self.author = _said(author, "an author")
        self.writer = kb.writer
        self.iris = kb.iris

    @property
    def ledger(self) -> Ledger:
        """The decisions that are committed."""
        return Ledger(self.writer.index.reader, self.iris)

    # Entities

    def merge_entities(self, entities: Sequence[str], into: str, reason: str) -> list[Decision]:
        """Say that entities are one, which keeps the name and address of `into`."""
        with self.writer.lock:
            naming = Naming(self.writer)
            target = naming.entity(into)
            merged = [naming.entity(given) for given in entities]
            if not merged or any(entity.root == target.root for entity in merged):
                raise CurationError(
                    f"{target.name} ({target.slug}) can't be merged into itself: name another "
                    "entity"
                )
            keys = tuple(sorted({entity.key for entity in merged}))
            about = [f"entity/{entity.slug}" for entity in (*merged, target)]
            return self.decide([(MergeEntities(keys, target.key), about)], reason)

    def split_entity(
        self,
        entity: str,
        reason: str,
        *,
        mentions: Sequence[str] = (),
        articles: Sequence[str] = (),
        names: Sequence[str] = (),
        label: str | None = None,
        type: str | None = None,
        into: str | None = None,
    ) -> list[Decision]:
        """Say that mentions, or all in some articles, or names of an entity are of another.

        What is split off is the entity `into`, or a new one called `label` (by default what the
        old one is called) of a type (by default the same). Names stand for themselves again.
        """
        with self.writer.lock:
            naming = Naming(self.writer)
            known = naming.entity(entity)
            target = naming.entity(into) if into else None
            if target is not None and target.root == known.root:
                raise CurationError(f"{known.name} ({known.slug}) is that entity already")
            keys = tuple(sorted({naming.key_of(known, name) for name in names}))
            spans = naming.mentions(known, mentions, articles)
            if not spans and not keys:
                raise CurationError(
                    "Say what to split off: mentions, articles or names of the entity"
                )
            named = None
            if spans:
                like = naming.named(target) if target else Named(known.name, known.type)
                sense = digest(repr((spans, label, self.author, reason, _now())))
                named = Named(label or like.name, _type(type) or like.type, sense)
            what = SplitEntity(spans, keys, named, target.key if target and spans else None)
            about = [f"entity/{found.slug}" for found in (known, target) if found]
            decisions: list[tuple[What, list[str]]] = [(what, about)]
            if target and keys:
                decisions.append((MergeEntities(keys, target.key), about))
            return self.decide(decisions, reason)

    def rename(self, thing: str, label: str, reason: str) -> list[Decision]:
        """Call an entity or event by another name. An address that both have is the entity's."""
        label = _said(label, "a new name")
        with self.writer.lock:
            naming = Naming(self.writer)
            if not thing.removeprefix(self.iris.base).startswith("event/"):
                try:
                    entity = naming.entity(thing)
                except UnknownThingError:
                    pass
                else:
                    about = [f"entity/{entity.slug}"]
                    return self.decide([(RenameEntity(entity.key, label), about)], reason)
            claims = naming.event(thing)
            what = RenameEvent(_targets(claims), label)
            return self.decide([(what, _about(claims))], reason)

    def retype(self, entity: str, type: str, reason: str) -> list[Decision]:
        """Say what an entity is, by a type of the JSON Lines such as ORG."""
        kind = _type(type)
        if kind is None:
            raise CurationError(f"Give a type: one of {', '.join(get_args(EntityType))}")
        with self.writer.lock:
            known = Naming(self.writer).entity(entity)
            about = [f"entity/{known.slug}"]
            return self.decide([(RetypeEntity(known.key, kind), about)], reason)

    # Events and claims

    def merge_events(self, events: Sequence[str], reason: str) -> list[Decision]:
        """Say that events are one. It keeps the address of the first report of all."""
        with self.writer.lock:
            naming = Naming(self.writer)
            claims = [claim for given in events for claim in naming.event(given)]
            if len({claim.event for claim in claims}) < 2:
                raise CurationError("Name at least two events to merge")
            return self.decide([(MergeEvents(_targets(claims)), _about(claims))], reason)

    def split_event(self, event: str, reports: Sequence[str], reason: str) -> list[Decision]:
        """Say that some reports of an event are of another one.

        Reports are given by their place, or by their article where all it says of the event is
        meant.
        """
        with self.writer.lock:
            naming = Naming(self.writer)
            claims = naming.event(event)
            chosen: set[ClaimTarget] = set()
            for given in reports:
                slug = naming.slug("article", given)
                found = {claim.target for claim in claims if claim.article == slug}
                if not found:
                    there = {claim.target for claim in naming.report(given)}
                    found = there & {claim.target for claim in claims}
                if not found:
                    raise UnknownThingError(f"{given!r} is no report of the event {event}")
                chosen |= found
            apart = {claim.target for claim in claims} - chosen
            if not chosen or not apart:
                raise CurationError(
                    "Name some of the event's reports to split off, but not all: at least one stays"
                )
            if len(chosen) * len(apart) > MOST_PAIRS:
                raise CurationError(
                    f"{len(chosen)} reports can't be set apart from {len(apart)} at once: split "
                    "off fewer"
                )
            what = SplitEvent(tuple(sorted(chosen)), tuple(sorted(apart)))
            return self.decide([(what, _about(claims))], reason)

    def reject(self, thing: str, reason: str) -> list[Decision]:
        """Say that a report, or every report of an event, is none."""
        with self.writer.lock:
            claims = Naming(self.writer).claims(thing)
            return self.decide([(RejectClaim(_targets(claims)), _about(claims))], reason)

    def correct(
        self,
        thing: str,
        reason: str,
        *,
        action: str | None = None,
        polarity: str | None = None,
        factuality: str | None = None,
        earliest: str | None = None,
        latest: str | None = None,
        precision: str | None = None,
        undated: bool = False,
        roles: Sequence[tuple[str, str, str | None]] = (),
    ) -> list[Decision]:
        """Say what a report, or every report of an event, should have been read to say.

        `roles` are (operation, role, who): "set" puts somebody in place of all who fill a role,
        "add" adds, "remove" takes out, "clear" empties the role and needs nobody. Who is an
        entity, words "START-END" of the article, or an entity that words denote,
        "ENTITY@START-END". One decision is taken for each report.
        """
        interval = _interval(earliest, latest, precision, undated)
        _check("action type", action, load_lexicon().types)
        _check("polarity", polarity, get_args(Polarity))
        _check("factuality", factuality, get_args(Factuality))
        with self.writer.lock:
            naming = Naming(self.writer)
            decisions: list[tuple[What, list[str]]] = []
            for claim in naming.claims(thing):
                what = CorrectClaim(
                    (claim.target,), action, polarity, factuality, interval,
                    tuple(_changes(naming, claim, roles)),
                )  # fmt: skip
                if what == CorrectClaim((claim.target,)):
                    raise CurationError("Say what to correct: action, date, polarity or roles")
                decisions.append((what, _about([claim])))
            return self.decide(decisions, reason)

    # Taking back

    def undo(self, id: str, reason: str) -> Decision:
        """Withdraw a decision. What it overruled holds again."""
        with self.writer.lock:
            decision = self._known(id)
            if decision.withdrawal is not None:
                raise CurationError(
                    f"The decision {decision.id} was withdrawn already, by "
                    f"{decision.withdrawal.author} on {decision.withdrawal.at[:10]}"
                )
            at = self._moment()
            reason = _said(reason, "a reason")
            name = f"{at[:10]}-undo-{digest(repr((decision.id, self.author, at, reason)))}"
            withdrawal = Withdrawal(name, self.author, at, reason)
            withdrawn = replace(decision, withdrawal=withdrawal)
            commit(self.writer, [withdrawn])
        return withdrawn

    def redo(self, id: str, reason: str) -> Decision:
        """Take a withdrawn decision again. It counts as the latest."""
        with self.writer.lock:
            decision = self._known(id)
            if decision.stands:
                raise CurationError(f"The decision {decision.id} stands: there is nothing to redo")
            (again,) = self.decide([(decision.what, list(decision.about))], reason, decision.id)
        return again

    def _known(self, id: str) -> Decision:
        ledger = self.ledger
        slug = id.strip().removeprefix(self.iris.base).removeprefix("curation/")
        found = ledger.find(slug)
        if found is None:
            raise UnknownThingError(
                f"There is no decision {id!r}: 'dateline curate log' lists them"
            )
        return found

    # Committing

    def decide(
        self, whats: Iterable[tuple[What, list[str]]], reason: str, again: str | None = None
    ) -> list[Decision]:
        """Take decisions as records, each with what it is about; see `decisions`."""
        reason = _said(reason, "a reason")
        names = {record: kind for kind, record in KINDS.items()}
        with self.writer.lock:
            at, decisions = self._moment(), []
            for what, about in whats:
                stands_for = digest(repr((what, self.author, at, reason)))
                name = f"{at[:10]}-{names[type(what)]}-{stands_for}"
                things = tuple(dict.fromkeys(about))
                decisions.append(Decision(name, what, self.author, at, reason, things, again))
                at = _after(at)
            commit(self.writer, decisions)
        return decisions

    def _moment(self) -> str:
        """Now, but after all decisions so far."""
        latest = self.ledger.latest()
        return max(_now(), _after(latest)) if latest else _now()


def _targets(claims: Iterable[KnownClaim]) -> tuple[ClaimTarget, ...]:
    return tuple(sorted({claim.target for claim in claims}))


def _about(claims: Iterable[KnownClaim]) -> list[str]:
    """The events of claims, and their articles."""
    claims = list(claims)
    events = dict.fromkeys(f"event/{claim.event}" for claim in claims if claim.event)
    return [*events, *dict.fromkeys(f"article/{claim.article}" for claim in claims)]


def _changes(
    naming: Naming, claim: KnownClaim, roles: Iterable[tuple[str, str, str | None]]
) -> Iterable[RoleChange]:
    for operation, role, who in roles:
        _check("role", role, ROLES)
        if operation in ("clear", "set"):
            yield RoleChange("clear", role)
        if operation == "clear":
            continue
        if operation not in ("set", "add", "remove"):
            raise CurationError(f"{operation!r} is no change of a role: set, add, remove or clear")
        if not who:
            raise CurationError(f"Say who fills the role {role!r}, or does not")
        yield _filler(naming, claim, "remove" if operation == "remove" else "add", role, who)


def _filler(
    naming: Naming, claim: KnownClaim, operation: Literal["add", "remove"], role: str, who: str
) -> RoleChange:
    """Words of the article, an entity by a mention there, or by its name alone."""
    name, _, place = who.rpartition("@") if "@" in who else (who, "", "")
    if not place and re.fullmatch(r"\d+-\d+", who):
        name, place = "", who
    span = naming.span(f"{claim.article}@{place}") if place else None
    if not name:
        return RoleChange(operation, role, span)
    entity = naming.entity(name)
    own = naming.locals(claim.article, entity)
    if own and span is None:
        return RoleChange(operation, role, naming.mention(claim.article, own[0]))
    if operation == "remove":
        raise UnknownThingError(f"{entity.name} has no part in what {claim.article} says there")
    return RoleChange(operation, role, span, naming.named(entity))


def _interval(
    earliest: str | None, latest: str | None, precision: str | None, undated: bool
) -> Interval | None:
    if undated:
        if earliest or latest or precision:
            raise CurationError("A date and 'undated' exclude each other")
        return Interval()
    if not (earliest or latest or precision):
        return None
    if precision is None and earliest and latest:
        precision = _PRECISIONS.get(len(earliest), "minute") if earliest == latest else "interval"
    try:
        return checked_interval(earliest, latest, precision)
    except ValueError as error:
        raise CurationError(str(error)) from error


def _type(given: str | None) -> str | None:
    if given is None:
        return None
    _check("type", given, [kind for kind in get_args(EntityType) if kind != "MONEY"])
    return given


def _check(what: str, given: str | None, known: Iterable[str]) -> None:
    if given is not None and given not in (names := list(known)):
        near = (
            difflib.get_close_matches(given, names, n=3, cutoff=0.5) if len(names) > 20 else names
        )
        hint = f": did you mean {', '.join(near)}?" if near else ""
        raise CurationError(f"{given!r} is no {what}{hint}")


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise CurationError(f"Every decision has {what}: give one")
    return " ".join(text.split())


def _now() -> str:
    return moment_of(datetime.now(UTC).isoformat())


def _after(moment: str) -> str:
    return moment_of((datetime.fromisoformat(moment) + timedelta(microseconds=1)).isoformat())
