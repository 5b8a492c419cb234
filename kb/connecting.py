"""Claims connected with those that a change touches, and the events they make.

Candidates for the same event come by key (entity, kind of action, days), never from a scan.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

from kb.claims import Claim, load_claims
from kb.identity import Purpose, Scorer, clusters, settings
from kb.shelves import kinds_of, places, word_kind


class Claims:
    """Claims loaded for one change of the index, and the way to those connected to them."""

    def __init__(self, connection: Connection, purpose: Purpose = "ingestion") -> None:
        self.connection = connection
        self.scorer = Scorer(settings(purpose))
        self.loaded: dict[int, Claim] = {}

    def load(self, ids: Iterable[int]) -> list[Claim]:
        """These claims; each is read once."""
        ids = list(ids)
        missing = [claim for claim in ids if claim not in self.loaded]
        if missing:
            self.loaded |= load_claims(self.connection, missing)
        return [self.loaded[claim] for claim in ids]

    def connected(self, seeds: Iterable[int]) -> list[list[Claim]]:
        """The components of claims that are likely to be one event, to which these belong."""
        waiting = sorted(set(seeds))
        components: dict[int, set[int]] = {claim: {claim} for claim in waiting}
        frontier = waiting
        while frontier:
            fresh: set[int] = set()
            pairs = self._candidates(self.load(frontier))
            open_ = [pair for pair in pairs if components.get(pair[1]) is not components[pair[0]]]
            scores = self.scorer.scores(
                [(self.loaded[one].signature, self.loaded[other].signature) for one, other in open_]
            )
            for (one, other), score in zip(open_, scores, strict=True):
                if score < self.scorer.settings.join:
                    continue
                if other not in components:
                    components[other] = {other}
                    fresh.add(other)
                if components[other] is not components[one]:
                    merged = components[one] | components[other]
                    for claim in merged:
                        components[claim] = merged
            frontier = sorted(fresh)
        unique = {id(component): component for component in components.values()}
        return [self.load(sorted(component)) for component in unique.values()]

    def events(self, seeds: Iterable[int]) -> list[list[Claim]]:
        """The events that these claims and those connected to them make, each as its claims."""
        found: list[list[Claim]] = []
        for component in self.connected(seeds):
            by_id = {claim.id: claim for claim in component}
            groups = clusters((claim.signature for claim in component), self.scorer)
            found += [[by_id[signature.id] for signature in group] for group in groups]
        return found

    def _candidates(self, claims: list[Claim]) -> list[tuple[int, int]]:
        """Pairs of a claim and one that shares a key with it, from the database by key."""
        asked: list[tuple[int, int, str, int, int]] = []
        worded: list[tuple[int, str, int, int]] = []
        for claim in claims:
            signature = claim.signature
            for kind in kinds_of(signature.group, claim.lemma):
                for shelf, first, last in places(kind, signature.window, claim.published):
                    asked += [
                        (claim.id, entity, shelf, first, last)
                        for entity in sorted(signature.context.entities)
                    ]
            if not signature.vague:
                kind = word_kind(claim.lemma)
                around = places(kind, signature.window, claim.published)
                worded += [(claim.id, *place) for place in around]
        pairs = self.connection.execute(
            "SELECT json_extract(q.value, '$[0]'), k.claim FROM json_each(?) AS q"
            " CROSS JOIN names ON names.root = json_extract(q.value, '$[1]')"
            " CROSS JOIN claim_keys AS k ON k.name = names.id"
            " AND k.grp = json_extract(q.value, '$[2]')"
            " AND k.low BETWEEN json_extract(q.value, '$[3]') AND json_extract(q.value, '$[4]')"
            " UNION SELECT own.claim, k.claim FROM json_each(?) AS q"
            " CROSS JOIN claim_words AS own ON own.claim = json_extract(q.value, '$[0]')"
            " CROSS JOIN claim_words AS k ON k.word = own.word"
            " AND k.grp = json_extract(q.value, '$[1]')"
            " AND k.low BETWEEN json_extract(q.value, '$[2]') AND json_extract(q.value, '$[3]')"
            " UNION SELECT one.id, other.id FROM json_each(?) AS q"
            " CROSS JOIN claims AS one ON one.id = q.value"
            " CROSS JOIN claims AS other ON other.article = one.article"
            " AND (other.grp = one.grp OR other.lemma = one.lemma)"
            " UNION SELECT claim, other FROM json_each(?) AS q"
            " CROSS JOIN claim_links ON claim = q.value WHERE NOT different",
            (
                json.dumps(asked),
                json.dumps(worded),
                *[json.dumps([claim.id for claim in claims])] * 2,
            ),
        ).fetchall()
        self.load({other for _, other in pairs})
        return sorted((one, other) for one, other in pairs if one != other)
