"""The order in which an article's events happened, as far as it tells."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from kb.records import ClaimRecord


def positions(claims: Sequence[ClaimRecord]) -> dict[str, int]:
    """The place of each claim, by its local name, in an order that keeps every "before".

    Where the article does not tell, the order of the text stands. A circle, which no extraction
    makes, is broken at its first claim.
    """
    by_id = {claim.id: claim for claim in claims}
    waits = dict.fromkeys(by_id, 0)
    for claim in claims:
        for later in claim.before:
            if later in waits:
                waits[later] += 1
    ready = [(by_id[one].start, one) for one, count in waits.items() if count == 0]
    heapify(ready)
    rest = sorted((claim.start, claim.id) for claim in claims)[::-1]
    found: dict[str, int] = {}
    while ready or rest:
        _, one = heappop(ready) if ready else rest.pop()
        if one in found:
            continue
        found[one] = len(found)
        for later in by_id[one].before:
            if later in waits:
                waits[later] -= 1
                if waits[later] == 0:
                    heappush(ready, (by_id[later].start, later))
    return found
