"""Linking a knowledge base's entities, batch by batch: what is done is kept, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Literal

from kb.linking.candidates import Candidate, Finder
from kb.linking.errors import LinkingError
from kb.linking.links import Link, Status
from kb.linking.scoring import Scored, confidence, rank
from kb.linking.table import links_named, links_of, orphans
from kb.linking.wanted import Wanted, busiest
from kb.mapping import ENTITY_CLASSES
from kb.views import EntityRef

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

BATCH = 10
"""Entities that are looked up, and stored, together."""
PERSON = "person"
"""The method of a link that a person decided on: no later look changes it."""

Outcome = Literal["linked", "ambiguous", "none"]


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of one entity: its link, or the candidates among which a person may choose."""

    entity: EntityRef
    iri: str
    outcome: Outcome
    links: tuple[Link, ...]
    """The accepted one first, then those that are proposed, the surest first."""


def reconcile(
    kb: KnowledgeBase,
    finder: Finder,
    *,
    limit: int | None = None,
    accept: float | None = None,
    dry_run: bool = False,
    refresh: bool = False,
) -> Iterator[Linked]:
    """Look entities up, the busiest first, and keep their links; a result for each.

    Entities that were looked up before are passed over, unless what is known of them has changed
    or `refresh` asks for it; `limit` counts the others. Links that a person decided on stay.
    `accept` is the confidence from which a link is accepted (default: the profile's); with
    `dry_run` nothing is stored. Raises StoreError when the endpoint or the store fails: what was
    reported before is kept.
    """
    least = finder.profile.scoring.accept if accept is None else accept
    if not dry_run:
        gone = orphans(kb.writer.index.reader)
        if gone:
            kb.writer.write(linked=dict.fromkeys(gone, ()))
    waiting = islice(_waiting(kb, finder, refresh), limit)
    while chunk := list(islice(waiting, BATCH)):
        found = finder.candidates(
            [name for wanted in chunk for name in wanted.described.names],
            [name for wanted in chunk for name in wanted.described.companions],
        )
        links = {wanted.key: _links(kb, wanted, found, finder, least) for wanted in chunk}
        if not dry_run:
            reader = kb.writer.index.reader
            changed = {k: now for k, now in links.items() if sorted(now) != links_named(reader, k)}
            if changed:
                kb.writer.write(linked=changed)
            method = finder.profile.method
            finder.cache.put("looked", {w.key: w.fingerprint(method) for w in chunk})
        for wanted in chunk:
            yield _result(kb, wanted.ref, links[wanted.key])


def _waiting(kb: KnowledgeBase, finder: Finder, refresh: bool) -> Iterator[Wanted]:
    """The entities that have not been looked up as they are now."""
    connection, address = kb.writer.index.reader, finder.endpoint.address
    for wanted in busiest(connection, frozenset(finder.profile.classes)):
        if not refresh:
            looked = finder.cache.get("looked", [wanted.key]).get(wanted.key)
            if looked == wanted.fingerprint(finder.profile.method):
                continue
            # Looked up by someone else, whose notes we do not have.
            links = links_of(connection, wanted.root)
            if looked is None and any(link.endpoint == address for link in links):
                continue
        yield wanted


def _links(
    kb: KnowledgeBase,
    wanted: Wanted,
    candidates: dict[str, list[Candidate]],
    finder: Finder,
    least: float,
) -> list[Link]:
    """All links of a name as they are to be: what a person decided, and what was found."""
    address = finder.endpoint.address
    held = links_named(kb.writer.index.reader, wanted.key)
    kept = [link for link in held if link.method == PERSON or link.endpoint != address]
    decided = any(link.method == PERSON and link.status == "accepted" for link in kept)
    named = [c for name in wanted.described.names for c in candidates.get(name, ())]
    ranked = rank(wanted.described, named, finder.profile)
    taken, before = {link.target for link in kept}, {link.target: link for link in held}
    fresh = []
    for n, scored in enumerate(ranked[: finder.profile.scoring.listed]):
        sure = confidence(ranked, finder.profile.scoring) if n == 0 else _behind(ranked, n)
        accepted = n == 0 and sure >= least and not decided
        link = _link(wanted.key, scored, sure, "accepted" if accepted else "proposed", finder)
        if link.target not in taken:
            old = before.get(link.target)
            same = old is not None and replace(link, at=old.at) == old
            fresh.append(old if same and old else link)
    return [*kept, *fresh]


def _behind(ranked: Sequence[Scored], n: int) -> float:
    """How sure a candidate is that is not the best: what the best leaves of its score."""
    return round(ranked[n].score * min(0.5, ranked[n].score / (2 * ranked[0].score)), 3)


def _link(key: str, scored: Scored, sure: float, status: Status, finder: Finder) -> Link:
    candidate = scored.candidate
    return Link(
        key=key,
        target=candidate.target,
        label=candidate.label,
        description=candidate.description,
        confidence=sure,
        status=status,
        method=finder.profile.method,
        endpoint=finder.endpoint.address,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _result(kb: KnowledgeBase, ref: EntityRef, links: Sequence[Link]) -> Linked:
    order = {"accepted": 0, "proposed": 1, "declined": 2}
    found = sorted(links, key=lambda link: (order[link.status], -link.confidence, link.target))
    shown = tuple(link for link in found if link.status != "declined")
    accepted = bool(shown) and shown[0].status == "accepted"
    outcome: Outcome = "linked" if accepted else "ambiguous" if shown else "none"
    return Linked(ref, kb.iris.entity(ref.slug).value, outcome, shown)


def review(kb: KnowledgeBase, outcome: Outcome | None = None) -> Iterator[Linked]:
    """Every entity that has links, the busiest first; only those of one outcome where asked for."""
    connection = kb.writer.index.reader
    for wanted in busiest(connection, frozenset(ENTITY_CLASSES)):
        if links := links_of(connection, wanted.root):
            result = _result(kb, wanted.ref, links)
            if outcome in (None, result.outcome):
                yield result


def decide(kb: KnowledgeBase, slug: str, target: str, status: Status) -> Linked:
    """Accept or decline a link by hand, also one that nobody has proposed.

    What is accepted takes the place of another accepted link of the same endpoint. Raises
    LinkingError when there is no such entity, or `target` is no address.
    """
    connection = kb.writer.index.reader
    row = connection.execute(
        "SELECT entities.root, key, name, type FROM entities JOIN names ON names.id = entities.root"
        " WHERE slug = ?",
        (slug,),
    ).fetchone()
    if row is None:
        raise LinkingError(f"There is no entity {slug!r}: 'dateline info' lists some")
    root, key, name, kind = row
    if not target.startswith(("http://", "https://", "urn:")) or set(target) & set(' <>"{}|\\^`\n'):
        raise LinkingError(f"{target!r} is no address of a thing: give one that begins with http")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    by_key: dict[str, list[Link]] = {key: []}
    known = links_of(connection, root)
    found = next((link for link in known if link.target == target), None)
    new = Link(key, target, name, None, 1.0, status, PERSON, target.rpartition("/")[0] + "/", now)
    if found is not None:
        new = replace(found, key=key, confidence=1.0, status=status, method=PERSON, at=now)
    for link in known:
        by_key.setdefault(link.key, [])
        if link.target == target:
            continue
        if status == "accepted" and link.status == "accepted" and link.endpoint == new.endpoint:
            by_key[link.key].append(replace(link, status="proposed"))
        else:
            by_key[link.key].append(link)
    by_key[key].append(new)
    kb.writer.write(linked=by_key)
    return _result(kb, EntityRef(slug, name, kind), [x for found in by_key.values() for x in found])
