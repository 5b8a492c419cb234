"""Every trace of articles taken out: what they said, what only they named, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.curation.dropping import concerned, dropped_quads, own_names, without
from kb.curation.ledger import Ledger
from kb.curation.links import tied_articles
from kb.store import deletion

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went: articles as (slug, title), and how much of the rest.

    `events` and `entities` are those that nothing else reports or names; an event that others
    report stays, without these reports. `decisions` are people's decisions that were dropped or
    cut down to what is left.
    """

    articles: tuple[tuple[str, str], ...]
    claims: int
    events: int
    entities: int
    decisions: int


def forget(kb: KnowledgeBase, slugs: Sequence[str], *, keep_decisions: bool = False) -> Forgotten:
    """Take articles out, with all that is derived from them, in one transaction.

    What remains is what the other articles and decisions alone would have given. Decisions
    about the articles go, too, unless they are kept: then they wait for the article to come
    back. Links of names that nothing else uses go in any case. The files of store and index
    still hold the bytes until `compacting.compact` rewrites them. Unknown slugs are passed over.
    """
    writer = kb.writer
    with writer.lock:
        before = kb.overview()
        views = {slug: kb.article(slug) for slug in dict.fromkeys(slugs)}
        known = {slug: view.ref.title for slug, view in views.items() if view is not None}
        ledger = Ledger(writer.index.reader, kb.iris)
        old = [] if keep_decisions else concerned(ledger, known)
        names = own_names(ledger, known)
        rest = [left for found in old if (left := without(found, known, names)) is not None]
        if known:
            writer.write(
                removed=known,
                again=writer.index.fingerprints(tied_articles(ledger, old) - known.keys()),
                decided=rest,
                linked=dict.fromkeys(sorted(names), ()),
                dropped=[found.id for found in old],
                statements=[deletion(dropped_quads(ledger, old))],
            )
            kb.store.flush()
        after = kb.overview()
    return Forgotten(
        articles=tuple(known.items()),
        claims=before.claims - after.claims,
        events=before.events - after.events,
        entities=before.entities - after.entities,
        decisions=len(old),
    )
