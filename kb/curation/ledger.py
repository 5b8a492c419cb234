"""Decisions in the index: found by article, by name and by thing at the cost of a look-up.

The tables are derived from the curation graph and can be made again from it at any time.
"""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from sqlite3 import Connection

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kb.change import Change
from kb.curation.decisions import Decision, in_order
from kb.curation.graph import decision_quads
from kb.curation.layer import Curated, curate
from kb.curation.names import DecidedName, decided_name
from kb.curation.reading import read_decisions
from kb.iris import Iris
from kb.records import ArticleRecord

_STANDING = "withdrawn IS NULL"


class Ledger:
    """The tables of decisions, and of what they act on."""

    def __init__(self, connection: Connection, iris: Iris) -> None:
        self.connection, self.iris = connection, iris

    # What was decided

    def enter(self, decisions: Iterable[Decision]) -> set[str]:
        """Write decisions, new or withdrawn. Returns the names that have to be looked at again."""
        db, names = self.connection, set[str]()
        for decision in decisions:
            withdrawal = decision.withdrawal
            db.execute(
                "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    decision.id, decision.kind, decision.author, decision.at,
                    withdrawal.id if withdrawal else None,
                    withdrawal.author if withdrawal else None,
                    withdrawal.at if withdrawal else None,
                    "\n".join(f"{quad.triple} ." for quad in decision_quads(decision, self.iris)),
                ),
            )  # fmt: skip
            db.executemany(
                "INSERT OR IGNORE INTO decision_items VALUES (?, ?)",
                [(item, decision.id) for item in sorted(decision.items)],
            )
            names |= decision.names
        for key in sorted(names):
            self._name(key)
        return names | {far for key in names for far in self._chain(key)}

    def drop(self, decisions: Iterable[str]) -> set[str]:
        """Take decisions out for good. Returns the names that have to be looked at again."""
        names = set[str]()
        for name in decisions:
            decision = self.find(name)
            if decision is None:
                continue
            names |= decision.names
            for key in decision.names:
                names |= set(self._chain(key))
            self.connection.execute("DELETE FROM decisions WHERE id = ?", (name,))
            for table in ("decision_items", "decision_effects"):
                self.connection.execute(f"DELETE FROM {table} WHERE decision = ?", (name,))
        for key in sorted(names):
            self._name(key)
        return names

    def _name(self, key: str) -> None:
        """Write what the decisions about a name come to."""
        decided = decided_name(key, self.about([f"name:{key}"]))
        self.connection.execute("DELETE FROM curated_names WHERE key = ?", (key,))
        if decided != DecidedName():
            self.connection.execute(
                "INSERT INTO curated_names VALUES (?, ?, ?, ?, ?, ?)",
                (
                    key, decided.parent, decided.label, decided.labelled, decided.type,
                    decided.typed,
                ),
            )  # fmt: skip

    def _chain(self, key: str) -> list[str]:
        """The names that a name stands for by decisions, one after the other."""
        found = [key]
        query = "SELECT parent FROM curated_names WHERE key = ? AND parent IS NOT NULL"
        while (row := self.connection.execute(query, (found[-1],)).fetchone()) is not None:
            if row[0] in found:
                break
            found.append(row[0])
        return found[1:]

    def about(self, items: Iterable[str]) -> list[Decision]:
        """The decisions that stand about any of these items, in order."""
        query = (
            "SELECT DISTINCT decisions.id, triples FROM json_each(?) AS q"
            " JOIN decision_items ON item = q.value JOIN decisions ON decisions.id = decision"
            f" WHERE {_STANDING}"
        )
        rows = self.connection.execute(query, (json.dumps(sorted(set(items))),))
        return in_order(self.read(triples) for _, triples in rows.fetchall())

    def read(self, triples: str) -> Decision:
        """The decision of a row."""
        (decision,) = read_decisions(
            pyoxigraph.parse(triples.encode(), RdfFormat.N_TRIPLES), self.iris
        )
        return decision

    def find(self, name: str) -> Decision | None:
        """The decision of that id, or the one that a withdrawal of that id took back."""
        row = self.connection.execute(
            "SELECT triples FROM decisions WHERE id = ?1 OR withdrawn = ?1", (name,)
        ).fetchone()
        return self.read(row[0]) if row else None

    def latest(self) -> str | None:
        """The moment of the latest decision or withdrawal."""
        row = self.connection.execute(
            "SELECT (SELECT max(at) FROM decisions), (SELECT max(withdrawn_at) FROM decisions)"
        ).fetchone()
        return max((at for at in row if at), default=None)

    def all(self) -> dict[str, Decision]:
        """All decisions by id, withdrawn ones too."""
        rows = self.connection.execute("SELECT id, triples FROM decisions")
        return {name: self.read(triples) for name, triples in rows.fetchall()}

    # What decisions act on

    def curate(self, record: ArticleRecord) -> Curated:
        """The article as people have corrected it."""
        return curate(record, self.about([f"article:{record.slug}"]), self.iris)

    def arriving(self, article: int, curated: Curated, change: Change) -> None:
        """Note of an article which decisions act on it, and describe whom they add."""
        self.connection.executemany(
            "INSERT INTO decision_effects VALUES (?, ?, ?)",
            [(name, article, n) for name, n in curated.found.items()],
        )
        self.connection.executemany(
            "INSERT INTO curated_triples VALUES (?, ?)",
            [(article, f"{triple} .") for triple in curated.described],
        )
        for triple in curated.described:
            change.add(*_plain(triple))

    def leaving(self, article: int, change: Change) -> None:
        """Take out what was noted of an article."""
        for triple in self._triples("WHERE article = ?", (article,)):
            change.delete(*_plain(triple))
        for table in ("decision_effects", "curated_triples"):
            self.connection.execute(f"DELETE FROM {table} WHERE article = ?", (article,))

    def describe_all(self, change: Change) -> None:
        """Describe all whom decisions have added."""
        for triple in self._triples("", ()):
            change.add(*_plain(triple))

    def _triples(self, where: str, values: tuple[int, ...]) -> Iterator[Triple]:
        rows = self.connection.execute(f"SELECT triple FROM curated_triples {where}", values)
        text = "\n".join(row for (row,) in rows)
        for quad in pyoxigraph.parse(text.encode(), RdfFormat.N_TRIPLES):
            yield quad.triple


def _plain(triple: Triple) -> tuple[NamedNode, NamedNode, NamedNode | Literal]:
    """A triple that has neither blank nodes nor triples in it."""
    subject, value = triple.subject, triple.object
    assert isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal)
    return subject, triple.predicate, value
