"""Decisions without what they say of articles that are to leave no trace."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace

from pyoxigraph import Literal, Quad

from kb.curation.decisions import (
    CorrectClaim,
    Decision,
    MergeEntities,
    MergeEvents,
    RejectClaim,
    RenameEntity,
    RenameEvent,
    RetypeEntity,
    SplitEntity,
    SplitEvent,
    What,
)
from kb.curation.graph import decision_quads
from kb.curation.ledger import Ledger
from kb.terms import PROV


def concerned(ledger: Ledger, articles: Collection[str]) -> list[Decision]:
    """The decisions, withdrawn ones too, that name these articles or names that they alone use."""
    items = {f"{kind}{slug}" for slug in articles for kind in ("article:", "thing:article/")}
    items |= {f"name:{key}" for key in own_names(ledger, articles)}
    rows = ledger.connection.execute(
        "SELECT DISTINCT decision FROM decision_items WHERE item IN (SELECT value FROM"
        " json_each(?)) ORDER BY decision",
        (json.dumps(sorted(items)),),
    )
    found = (ledger.find(name) for (name,) in rows.fetchall())
    return [decision for decision in found if decision is not None]


def own_names(ledger: Ledger, articles: Collection[str]) -> set[str]:
    """The keys of names that no article but these uses for an entity of its own."""
    one = (
        " SELECT key FROM local_entities JOIN gone ON article = gone.id"
        " JOIN names ON names.id = {0} WHERE NOT EXISTS (SELECT 1 FROM local_entities AS other"
        " WHERE other.{0} = names.id AND other.article NOT IN (SELECT id FROM gone))"
    )
    rows = ledger.connection.execute(
        "WITH gone (id) AS (SELECT id FROM articles WHERE slug IN (SELECT value FROM json_each(?)))"  # noqa: S608 - only our own names
        + " UNION ".join(one.format(column) for column in ("name", "bare")),
        (json.dumps(sorted(articles)),),
    )
    return {key for (key,) in rows}


def without(
    decision: Decision, articles: Collection[str], names: Collection[str]
) -> Decision | None:
    """The decision as far as it is about something else; None where nothing is left of it.

    `names` are keys that nothing uses any more. Of events it no longer says how they were
    called, because their names may be words of an article.
    """
    what = _rest(decision.what, articles, names)
    if what is None:
        return None
    gone = {f"article/{slug}" for slug in articles}
    about = tuple(
        thing for thing in decision.about if thing not in gone and not thing.startswith("event/")
    )
    return replace(decision, what=what, about=about)


def _rest(what: What, articles: Collection[str], names: Collection[str]) -> What | None:
    claims = tuple(
        claim for claim in getattr(what, "claims", ()) if claim.span.article not in articles
    )
    match what:
        case MergeEntities(merged, into):
            kept = tuple(key for key in merged if key not in names)
            return MergeEntities(kept, into) if kept and into not in names else None
        case RenameEntity(name) | RetypeEntity(name):
            return None if name in names else what
        case SplitEntity(mentions, apart, entity, into):
            rest = tuple(span for span in mentions if span.article not in articles)
            kept = tuple(key for key in apart if key not in names)
            if not rest and not kept:
                return None
            return SplitEntity(rest, kept, entity if rest else None, into)
        case SplitEvent(_, others):
            far = tuple(claim for claim in others if claim.span.article not in articles)
            return SplitEvent(claims, far) if claims and far else None
        case MergeEvents():
            return MergeEvents(claims) if len(claims) > 1 else None
        case CorrectClaim():
            roles = tuple(
                role for role in what.roles if not role.span or role.span.article not in articles
            )
            left = replace(what, claims=claims, roles=roles)
            return left if claims and left != CorrectClaim(claims) else None
        case RenameEvent() | RejectClaim():
            return replace(what, claims=claims) if claims else None


def dropped_quads(ledger: Ledger, dropped: Iterable[Decision]) -> list[Quad]:
    """What the curation graph says of decisions, and of authors who took no other."""
    decisions = list(dropped)
    ids = [decision.id for decision in decisions]
    quads = dict.fromkeys(q for found in decisions for q in decision_quads(found, ledger.iris))
    links = (PROV.wasAttributedTo, PROV.wasAssociatedWith)
    authors = {quad.object for quad in quads if quad.predicate in links}
    others = ledger.connection.execute(
        "SELECT author, withdrawer FROM decisions WHERE id NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    staying = {name for row in others for name in row if name}
    named = {
        quad.subject: quad.object.value
        for quad in quads
        if quad.subject in authors and isinstance(quad.object, Literal)
    }
    kept = {node for node, name in named.items() if name in staying}
    return [q for q in quads if q.subject not in kept]
