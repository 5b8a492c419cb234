"""Why the reports of an event are taken for one: for each, the earlier one it is most like."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from kb.claims import Claim
from kb.identity import Scorer, settings
from kb.identity.reasons import reasons
from kb.iris import Iris
from kb.timeline import entity_refs
from kb.views import Join

LIMIT = 100
"""Reports that are explained."""


def joins(connection: Connection, iris: Iris, claims: Sequence[Claim]) -> tuple[Join, ...]:
    """For each report but the first, what joins it to one told before.

    Only the first ones of an event, and the one just before, are looked at.
    """
    signatures = [claim.signature for claim in claims[:LIMIT]]
    taking = {e for s in signatures for e in s.agents | s.objects}
    names = {root: ref.name for root, ref in entity_refs(connection, taking).items()}
    scorer = Scorer(settings())
    addresses = [iris.claim_of(c.article, c.local).value for c in claims[:LIMIT]]
    found = []
    for n in range(1, len(signatures)):
        earlier = sorted({*range(min(n, scorer.settings.sample)), n - 1})
        scores = scorer.scores([(signatures[n], signatures[m]) for m in earlier])
        score, place = max(zip(scores, (-m for m in earlier), strict=True))
        because = reasons(signatures[n], signatures[-place], score, names.__getitem__)
        found.append(Join(addresses[n], addresses[-place], score, because))
    return tuple(found)
