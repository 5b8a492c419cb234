"""Claims in the index: written article by article, with the keys that find them again."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sqlite3 import Connection

from kb.contexts import Stage
from kb.identity import Profile, Signature, group_of, window_of
from kb.order import positions
from kb.records import ArticleRecord
from kb.shelves import kinds_of, low_of, shelf_of, word_kind
from kb.signing import TOLD, Filler, Matching, Telling, sign
from kb.taxonomy import says_little

__all__ = [
    "Claim",
    "Filler",
    "add_claims",
    "event_claims",
    "link_claims",
    "load_claims",
    "remove_claims",
]


@dataclass(frozen=True, slots=True)
class Claim(Telling):
    """A claim as the index has it, with all that merging needs."""

    participants: tuple[Filler, ...]
    signature: Signature

    @property
    def outlet(self) -> str:
        """What counts as one independent source.

        It is the story where several outlets print copies of it; or else the publisher, or the
        article where no publisher is known.
        """
        if self.copies is not None:
            return f"copies of {self.copies}"
        return self.publisher or f"article {self.article}"


def add_claims(
    connection: Connection, article: int, record: ArticleRecord, names: Mapping[str, int]
) -> list[int]:
    """Write an article's claims. Returns their rows, in order."""
    ids: dict[str, int] = {}
    fillers: list[tuple[object, ...]] = []
    keys: set[tuple[object, ...]] = set()
    words: list[tuple[object, ...]] = []
    order = positions(record.claims)
    stage = Stage(record, names)
    connection.execute("UPDATE articles SET profile = ? WHERE id = ?", (stage.profile, article))
    for claim in record.claims:
        group = group_of(claim.action, claim.lemma)
        row = connection.execute(
            "INSERT INTO claims (article, local, start, grp, action, lemma, label, quote, earliest,"
            " latest, precision, polarity, factuality, source, salience, confidence, position,"
            " leads, context) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article, claim.id, claim.start, group, claim.action, claim.lemma, claim.label,
                claim.sentence, claim.earliest, claim.latest, claim.precision, claim.polarity,
                claim.factuality, names.get(claim.source or ""), claim.salience, claim.confidence,
                order[claim.id], bool(claim.before), stage.context(claim),
            ),
        ).lastrowid  # fmt: skip
        assert row is not None
        ids[claim.id] = row
        planned = claim.factuality == "planned"
        window = window_of(claim.earliest, claim.latest, record.published, planned)
        low = low_of(window, record.published)
        for kind in kinds_of(group, claim.lemma):
            keys |= {(name, shelf_of(kind, window), low, row) for name in stage.names(claim)}
        if not says_little(claim.action):
            shelf = shelf_of(word_kind(claim.lemma), window)
            words += [(word, shelf, low, row) for word in stage.words]
        for n, filler in enumerate(claim.participants):
            name = names.get(filler.entity) if filler.entity else None
            fillers.append((row, n, filler.role, name, filler.words, filler.fragment))
    connection.executemany("INSERT INTO participants VALUES (?, ?, ?, ?, ?, ?)", fillers)
    connection.executemany("INSERT INTO claim_keys VALUES (?, ?, ?, ?)", sorted(keys, key=str))
    connection.executemany("INSERT INTO claim_words VALUES (?, ?, ?, ?)", words)
    links = {
        (ids[claim.id], ids[other])
        for claim in record.claims
        for other in claim.same
        if other in ids and other != claim.id
    }
    link_claims(connection, links)
    return list(ids.values())


def link_claims(
    connection: Connection, pairs: Iterable[tuple[int, int]], *, different: bool = False
) -> None:
    """Record of pairs of claims, of whatever articles, that they are of one event, or are not.

    Both ways are written. What is recorded last counts. The links of a claim go with it.
    """
    rows = {(*pair, different) for one, other in pairs for pair in ((one, other), (other, one))}
    connection.executemany("INSERT OR REPLACE INTO claim_links VALUES (?, ?, ?)", sorted(rows))


def remove_claims(connection: Connection, ids: Iterable[int]) -> None:
    """Delete these claims and all that hangs on them."""
    rows = [(claim,) for claim in ids]
    connection.executemany(
        "DELETE FROM claim_links WHERE (claim, other) IN"
        " (SELECT other, claim FROM claim_links WHERE claim = ?)",
        rows,
    )
    for table, column in (
        ("participants", "claim"), ("claim_keys", "claim"), ("claim_words", "claim"),
        ("claim_links", "claim"),
        ("claim_targets", "claim"), ("claims", "id"),
    ):  # fmt: skip
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", rows)


def load_claims(connection: Connection, ids: Iterable[int]) -> dict[int, Claim]:
    """Claims by row."""
    wanted = json.dumps(sorted(set(ids)))
    these = "IN (SELECT value FROM json_each(?))"
    fillers: dict[int, list[Filler]] = defaultdict(list)
    for claim, role, root, words, fragment in connection.execute(
        "SELECT claim, role, root, words, fragment FROM participants LEFT JOIN names"
        f" ON names.id = participants.name WHERE claim {these} ORDER BY claim, n",
        (wanted,),
    ):
        fillers[claim].append(Filler(role, root, words, fragment))
    links: dict[tuple[int, bool], set[int]] = defaultdict(set)
    for claim, other, different in connection.execute(
        f"SELECT claim, other, different FROM claim_links WHERE claim {these}", (wanted,)
    ):
        links[claim, bool(different)].add(other)
    entities: dict[int, set[int]] = defaultdict(set)
    for claim, root in connection.execute(
        "SELECT DISTINCT claim, root FROM claim_keys JOIN names ON names.id = name"
        f" WHERE claim {these}",
        (wanted,),
    ):
        entities[claim].add(root)
    profiles = {
        slug: _profile(profile)
        for slug, profile in connection.execute(
            "SELECT slug, profile FROM articles"
            f" WHERE id IN (SELECT article FROM claims WHERE id {these})",
            (wanted,),
        )
    }
    found = {}
    for values in connection.execute(
        "SELECT claims.id, event, articles.slug, articles.published, articles.publisher, local,"
        " start, action, lemma, label, quote, earliest, latest, precision, polarity, factuality,"
        " salience, confidence, position, leads, claim_targets.title, titled, first.slug,"
        " names.root, grp, context FROM claims"
        " JOIN articles ON articles.id = claims.article"
        " LEFT JOIN article_copies ON article_copies.article = claims.article"
        " LEFT JOIN articles AS first ON first.id = article_copies.original"
        " LEFT JOIN names ON names.id = claims.source"
        " LEFT JOIN claim_targets ON claim_targets.claim = claims.id"
        f" WHERE claims.id {these}",
        (wanted,),
    ):
        told, row, matching = values[:TOLD], Telling(*values[:TOLD]), Matching(*values[TOLD:])
        participants = tuple(fillers[row.id])
        signature = sign(
            row, matching, participants, frozenset(entities[row.id]), profiles[row.article],
            same=frozenset(links[row.id, False]), different=frozenset(links[row.id, True]),
        )  # fmt: skip
        found[row.id] = Claim(*(*told, participants, signature))
    return found


@lru_cache(maxsize=1 << 10)
def _profile(written: str) -> Profile:
    return Profile(*json.loads(written))


def event_claims(connection: Connection, event: int) -> list[Claim]:
    """The claims of an event, in their fixed order."""
    rows = connection.execute("SELECT id FROM claims WHERE event = ?", (event,))
    claims = load_claims(connection, [row for (row,) in rows]).values()
    return sorted(claims, key=lambda claim: claim.signature.order)
