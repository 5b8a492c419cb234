"""Claims in the index: written article by article, and found again by who, what and when.

Candidates for the same event come by key (entity, kind of action, days), never from a scan.
"""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from kb.identity import (
    MEMORY,
    TOLERANCE,
    WIDEST,
    Signature,
    Window,
    clusters,
    content_words,
    group_of,
    same_event,
    window_of,
)
from kb.order import positions
from kb.records import ArticleRecord, ClaimRecord
from kb.taxonomy import says_little

OBJECT_ROLES = ("recipient", "topic", "source", "destination", "other")
MATCHED_ROLES = frozenset({"agent", "patient", *OBJECT_ROLES})


@dataclass(frozen=True, slots=True)
class Filler:
    """Who fills a role of a claim: an entity by the root of its name, or words alone."""

    role: str
    entity: int | None
    words: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as the index has it, with all that merging needs."""

    id: int
    event: int | None
    article: str
    published: str | None
    publisher: str | None
    local: str
    start: int
    action: str
    lemma: str
    label: str
    quote: str
    earliest: str | None
    latest: str | None
    precision: str | None
    polarity: str
    factuality: str
    salience: float
    confidence: float
    position: int
    """Its place in the order of what its article tells."""
    leads: int
    """Whether its article says that something came after it: 0 or 1."""
    title: str | None
    """What people call its event."""
    titled: str | None
    """The moment of that decision: the latest holds."""
    copies: str | None
    """The first of the articles that print one story, where its article is among several."""
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


def _window(record: ClaimRecord, published: str | None) -> Window | None:
    planned = record.factuality == "planned"
    return window_of(record.earliest, record.latest, published, planned)


def _low(window: Window | None) -> int:
    return window.low if window else -1


def _shelf(group: str, window: Window | None) -> str:
    """Claims with short windows are kept apart, so that few days have to be searched for them."""
    short = window is None or window.high - window.low <= MEMORY
    return group if short else f"{group}~"


def add_claims(
    connection: Connection, article: int, record: ArticleRecord, names: Mapping[str, int]
) -> list[int]:
    """Write an article's claims. Returns their rows, in order."""
    ids: dict[str, int] = {}
    fillers: list[tuple[object, ...]] = []
    keys: set[tuple[object, ...]] = set()
    order = positions(record.claims)
    for claim in record.claims:
        group = group_of(claim.action, claim.lemma)
        row = connection.execute(
            "INSERT INTO claims (article, local, start, grp, action, lemma, label, quote, earliest,"
            " latest, precision, polarity, factuality, source, salience, confidence, position,"
            " leads) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article, claim.id, claim.start, group, claim.action, claim.lemma, claim.label,
                claim.sentence, claim.earliest, claim.latest, claim.precision, claim.polarity,
                claim.factuality, names.get(claim.source or ""), claim.salience, claim.confidence,
                order[claim.id], bool(claim.before),
            ),
        ).lastrowid  # fmt: skip
        assert row is not None
        ids[claim.id] = row
        window = _window(claim, record.published)
        low, shelf = _low(window), _shelf(group, window)
        for n, filler in enumerate(claim.participants):
            name = names.get(filler.entity) if filler.entity else None
            fillers.append((row, n, filler.role, name, filler.words, filler.fragment))
            if name is not None and filler.role in MATCHED_ROLES:
                keys.add((name, shelf, low, row))
    connection.executemany("INSERT INTO participants VALUES (?, ?, ?, ?, ?, ?)", fillers)
    connection.executemany("INSERT INTO claim_keys VALUES (?, ?, ?, ?)", sorted(keys, key=str))
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
        ("participants", "claim"), ("claim_keys", "claim"), ("claim_links", "claim"),
        ("claim_targets", "claim"), ("claims", "id"),
    ):  # fmt: skip
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", rows)


def load_claims(connection: Connection, ids: Iterable[int]) -> dict[int, Claim]:
    """Claims by row."""
    wanted = json.dumps(sorted(set(ids)))
    fillers: dict[int, list[Filler]] = defaultdict(list)
    for claim, role, root, words, fragment in connection.execute(
        "SELECT claim, role, root, words, fragment FROM participants LEFT JOIN names"
        " ON names.id = participants.name"
        " WHERE claim IN (SELECT value FROM json_each(?)) ORDER BY claim, n",
        (wanted,),
    ):
        fillers[claim].append(Filler(role, root, words, fragment))
    links: dict[tuple[int, bool], set[int]] = defaultdict(set)
    for claim, other, different in connection.execute(
        "SELECT claim, other, different FROM claim_links"
        " WHERE claim IN (SELECT value FROM json_each(?))",
        (wanted,),
    ):
        links[claim, bool(different)].add(other)
    rows = connection.execute(
        "SELECT claims.id, event, articles.slug, articles.published, articles.publisher, local,"
        " start, action, lemma, label, quote, earliest, latest, precision, polarity, factuality,"
        " salience, confidence, position, leads, claim_targets.title, titled, first.slug,"
        " names.root, grp FROM claims"
        " JOIN articles ON articles.id = claims.article"
        " LEFT JOIN article_copies ON article_copies.article = claims.article"
        " LEFT JOIN articles AS first ON first.id = article_copies.original"
        " LEFT JOIN names ON names.id = claims.source"
        " LEFT JOIN claim_targets ON claim_targets.claim = claims.id"
        " WHERE claims.id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {
        row[0]: _claim(
            row,
            tuple(fillers[row[0]]),
            same=frozenset(links[row[0], False]),
            different=frozenset(links[row[0], True]),
        )
        for row in rows
    }


def event_claims(connection: Connection, event: int) -> list[Claim]:
    """The claims of an event, in their fixed order."""
    rows = connection.execute("SELECT id FROM claims WHERE event = ?", (event,))
    claims = load_claims(connection, [row for (row,) in rows]).values()
    return sorted(claims, key=lambda claim: claim.signature.order)


def _claim(
    row: tuple[Any, ...],
    fillers: tuple[Filler, ...],
    same: frozenset[int],
    different: frozenset[int],
) -> Claim:
    values, (source, group) = row[:23], row[23:]
    claim, _, article, published, _, local, start, action, lemma, label = values[:10]
    earliest, latest, _, polarity, factuality = values[11:16]
    agents = [filler for filler in fillers if filler.role == "agent"]
    objects = [filler for filler in fillers if filler.role == "patient"]
    if not any(filler.entity is not None for filler in objects):
        others = [filler for filler in fillers if filler.role in OBJECT_ROLES]
        objects += [filler for filler in others if filler.entity is not None or not objects]
    named = _words(agents, named=True) | _words(objects, named=True)
    signature = Signature(
        id=claim,
        article=article,
        order=(published or "9999", article, start, local),
        group=group,
        agents=frozenset(filler.entity for filler in agents if filler.entity is not None),
        objects=frozenset(filler.entity for filler in objects if filler.entity is not None),
        agent_words=_words(agents, named=False),
        object_words=_words(objects, named=False),
        label_words=_beyond(content_words(label) - named, lemma),
        vague=says_little(action),
        window=window_of(earliest, latest, published, factuality == "planned"),
        polarity=polarity,
        factuality=factuality,
        source=source,
        same=same,
        different=different,
    )
    return Claim(*(*values, fillers, signature))


def _beyond(words: frozenset[str], lemma: str) -> frozenset[str]:
    """Words without the forms of a verb, as far as they begin like its lemma."""
    stem = lemma.lower()[: max(3, len(lemma) - 1)]
    return frozenset(word for word in words if not word.startswith(stem))


def _words(fillers: Iterable[Filler], named: bool) -> frozenset[str]:
    chosen = (filler for filler in fillers if (filler.entity is not None) == named)
    return frozenset(word for filler in chosen for word in content_words(filler.words))


class Claims:
    """Claims loaded for one change of the index, and the way to those connected to them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.loaded: dict[int, Claim] = {}

    def load(self, ids: Iterable[int]) -> list[Claim]:
        """These claims; each is read once."""
        ids = list(ids)
        missing = [claim for claim in ids if claim not in self.loaded]
        if missing:
            self.loaded |= load_claims(self.connection, missing)
        return [self.loaded[claim] for claim in ids]

    def connected(self, seeds: Iterable[int]) -> list[list[Claim]]:
        """The components, under `same_event`, of the claims that these belong to."""
        waiting = sorted(set(seeds))
        components: dict[int, set[int]] = {claim: {claim} for claim in waiting}
        frontier = waiting
        while frontier:
            fresh: set[int] = set()
            for one, other in self._candidates(self.load(frontier)):
                if components.get(other) is components[one]:
                    continue
                if same_event(self.loaded[one].signature, self.loaded[other].signature):
                    if other not in components:
                        components[other] = {other}
                        fresh.add(other)
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
            groups = clusters(claim.signature for claim in component)
            found += [[by_id[signature.id] for signature in group] for group in groups]
        return found

    def _candidates(self, claims: list[Claim]) -> list[tuple[int, int]]:
        """Pairs of a claim and one that shares a key with it, from the database by key."""
        asked: list[tuple[int, int, str, int, int]] = []
        for claim in claims:
            signature, window = claim.signature, claim.signature.window
            named = sorted(signature.agents | signature.objects)
            if window is None or window.wide:
                low, shelf = _low(window), _shelf(signature.group, window)
                asked += [(claim.id, entity, shelf, low, low) for entity in named]
                continue
            low, high = window.low - TOLERANCE, window.high + TOLERANCE
            for shelf, reach in ((signature.group, MEMORY), (f"{signature.group}~", WIDEST)):
                asked += [(claim.id, entity, shelf, low - reach, high) for entity in named]
        pairs = self.connection.execute(
            "SELECT json_extract(q.value, '$[0]'), k.claim FROM json_each(?) AS q"
            " CROSS JOIN names ON names.root = json_extract(q.value, '$[1]')"
            " CROSS JOIN claim_keys AS k ON k.name = names.id"
            " AND k.grp = json_extract(q.value, '$[2]')"
            " AND k.low BETWEEN json_extract(q.value, '$[3]') AND json_extract(q.value, '$[4]')"
            " UNION SELECT one.id, other.id FROM json_each(?) AS q"
            " CROSS JOIN claims AS one ON one.id = q.value"
            " CROSS JOIN claims AS other ON other.article = one.article AND other.grp = one.grp"
            " UNION SELECT claim, other FROM json_each(?) AS q"
            " CROSS JOIN claim_links ON claim = q.value WHERE NOT different",
            (json.dumps(asked), *[json.dumps([claim.id for claim in claims])] * 2),
        ).fetchall()
        self.load({other for _, other in pairs})
        return sorted((one, other) for one, other in pairs if one != other)
