"""Which claims are of one event by decision, and which are not: from decisions to links.

Merging unites claims, splitting sets some of them apart; each acts on what those before it have
left, so the latest that stands holds. What comes out is groups of claims that are of one event,
and pairs that are not, named as decisions name them, whether or not the articles are there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from sqlite3 import Connection

from kb.claims import link_claims
from kb.curation.decisions import Decision, MergeEvents, SplitEvent
from kb.curation.layer import Curated
from kb.curation.ledger import Ledger

Row = tuple[tuple[str, str, int, str], int]
"""A claim of the index with its place in the fixed order of claims."""


@dataclass(slots=True)
class Ties:
    """What decisions about events come to."""

    groups: dict[str, frozenset[str]] = field(default_factory=dict)
    """The claims that are of one event with each claim, itself among them; all by item."""
    apart: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of claims that are of two events, each both ways round."""


def ties(decisions: Iterable[Decision]) -> Ties:
    """What decisions, which come in their order, come to."""
    found = Ties()
    for decision in decisions:
        if isinstance(decision.what, MergeEvents):
            _unite(found, {target.item for target in decision.what.claims}, whole=True)
        elif isinstance(decision.what, SplitEvent):
            claims = {target.item for target in decision.what.claims}
            apart = {target.item for target in decision.what.apart}
            for one, other in product(claims, apart):
                found.apart |= {(one, other), (other, one)}
            for item in claims:
                rest = found.groups.get(item, frozenset({item})) - claims
                found.groups |= dict.fromkeys(rest, rest)
            _unite(found, claims, whole=False)
    return found


def _unite(found: Ties, items: set[str], whole: bool) -> None:
    """Make one group of these claims, of all that are in their groups too where it is `whole`."""
    found.apart -= {pair for pair in found.apart if items.issuperset(pair)}
    group = frozenset(items)
    if whole:
        group = group.union(*(found.groups.get(item, ()) for item in items))
    found.groups |= dict.fromkeys(group, group)


class Links:
    """The links between claims of the index that decisions make."""

    def __init__(self, connection: Connection, ledger: Ledger) -> None:
        self.connection, self.ledger = connection, ledger
        self.touched: set[str] = set()

    def leaving(self, article: int) -> None:
        """Note which claims that decisions name an article takes away."""
        query = "SELECT item FROM claims JOIN claim_targets ON claim = claims.id WHERE article = ?"
        self.touched |= {item for (item,) in self.connection.execute(query, (article,))}

    def arriving(self, article: int, curated: Curated) -> None:
        """Note which claims that decisions name an article brings."""
        query = "SELECT local, id FROM claims WHERE article = ?"
        ids: dict[str, int] = dict(self.connection.execute(query, (article,)))
        rows = [
            (ids[local], target.item, *curated.titles.get(local, (None, None)))
            for local, target in curated.targets.items()
        ]
        self.connection.executemany("INSERT INTO claim_targets VALUES (?, ?, ?, ?)", rows)
        self.touched |= {item for _, item, *_ in rows}

    def settle(self) -> None:
        """Link the claims anew that decisions tie to those that came or went."""
        if not self.touched:
            return
        decisions = connected(self.ledger, self.touched)
        found = ties(decisions)
        present = self._present({target.item for d in decisions for target in d.claims})
        rows = sorted((order, claim) for claims in present.values() for order, claim in claims)
        self._unlink([claim for _, claim in rows])
        for group in set(found.groups.values()):
            members = sorted(row for item in group for row in present.get(item, ()))
            link_claims(self.connection, _star(members))
        pairs = [
            (one, other)
            for first, second in found.apart
            for (_, one), (_, other) in product(present.get(first, ()), present.get(second, ()))
        ]
        link_claims(self.connection, pairs, different=True)

    def _present(self, items: set[str]) -> dict[str, list[Row]]:
        """The claims in the index that stand for items, with their fixed order."""
        query = (
            "SELECT item, coalesce(published, '9999'), slug, start, local, claims.id"
            " FROM json_each(?) AS q JOIN claim_targets ON item = q.value"
            " JOIN claims ON claims.id = claim JOIN articles ON articles.id = article"
        )
        found = defaultdict(list)
        for item, *order, claim in self.connection.execute(query, (json.dumps(sorted(items)),)):
            found[item].append(((order[0], order[1], order[2], order[3]), claim))
        return found

    def _unlink(self, claims: list[int]) -> None:
        """Take away the links that decisions made between claims; an article's own stay."""
        marks = json.dumps(claims)
        self.connection.execute(
            "DELETE FROM claim_links WHERE claim IN (SELECT value FROM json_each(?1))"
            " AND other IN (SELECT value FROM json_each(?1)) AND (different OR"
            " (SELECT article FROM claims WHERE id = claim)"
            " <> (SELECT article FROM claims WHERE id = other))",
            (marks,),
        )


def _star(members: list[Row]) -> list[tuple[int, int]]:
    """The links of a group, in its fixed order: the first of each article with its others, and
    with the first of all. So the links within an article depend on the article alone.
    """
    firsts: dict[str, int] = {}
    found = []
    for (_, article, _, _), claim in members:
        if article in firsts:
            found.append((firsts[article], claim))
        else:
            firsts[article] = claim
    first, *others = firsts.values() if firsts else (0,)
    return found + [(first, other) for other in others]


def connected(ledger: Ledger, items: Iterable[str]) -> list[Decision]:
    """The decisions about events that act on these claims, or on those that they tie them to."""
    seen: set[str] = set()
    waiting = set(items)
    found: dict[str, Decision] = {}
    while waiting:
        seen |= waiting
        fresh = [
            decision
            for decision in ledger.about(waiting)
            if isinstance(decision.what, MergeEvents | SplitEvent) and decision.id not in found
        ]
        found |= {decision.id: decision for decision in fresh}
        waiting = {target.item for decision in fresh for target in decision.claims} - seen
    return sorted(found.values(), key=lambda decision: decision.order)


def tied_articles(ledger: Ledger, decisions: Sequence[Decision]) -> set[str]:
    """The articles that decisions name, and those whose events others tie to theirs."""
    items = {
        target.item
        for decision in decisions
        if isinstance(decision.what, MergeEvents | SplitEvent)
        for target in decision.claims
    }
    tied = [*decisions, *connected(ledger, items)]
    return {article for decision in tied for article in decision.articles}
