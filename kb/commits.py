"""The knowledge base's own graph: its base, its commit number, and the commit of each article."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from kb.iris import Iris
from kb.schema import version as rules_version
from kb.store import Guard, Store, insertion, removal
from kb.terms import DCTERMS, DL, OWL, PROV, integer, moment


class CommitLog:
    """What the store has committed. `number` counts its writes.

    `made` is when the knowledge base was made: it tells it from another one at the same place.
    """

    def __init__(
        self, store: Store, iris: Iris, number: int, version: str, made: str | None = None
    ) -> None:
        self.store, self.iris, self.number, self.version = store, iris, number, version
        self.made = made

    @classmethod
    def read(cls, store: Store) -> CommitLog | None:
        """The log of a store, None when it holds no knowledge base."""
        own = f"?kb {DL.base} ?base ; {DL.commitNumber} ?n"
        query = (
            f"SELECT ?base ?n ?v ?made WHERE {{ GRAPH ?kb {{ {own} ; {OWL.versionInfo} ?v "
            f"OPTIONAL {{ ?kb {PROV.generatedAtTime} ?made }} }} }}"
        )
        result = store.query(query)
        assert isinstance(result, QuerySolutions)
        for row in result:
            made = row["made"].value if row["made"] is not None else None
            iris = Iris(row["base"].value)
            return cls(store, iris, int(row["n"].value), row["v"].value, made)
        return None

    @classmethod
    def begin(cls, store: Store, base: str) -> CommitLog:
        """Make a store a knowledge base."""
        log = cls(store, Iris(base), 0, rules_version())
        node = log.iris.knowledge_base
        quads = [
            Quad(node, DL.base, Literal(base), node),
            Quad(node, PROV.generatedAtTime, moment(datetime.now(UTC).isoformat()), node),
        ]
        store.update(" ;\n".join([insertion(quads), *log.numbered(0), *log.versioned()]))
        # Read back: stores write moments in a form of their own.
        return cls.read(store) or log

    @property
    def outdated(self) -> bool:
        """Whether the merged graph was made by other rules than those of this code."""
        return self.version != rules_version()

    def versioned(self) -> list[str]:
        """Update operations that record the rules behind the merged graph."""
        return self._set(OWL.versionInfo, Literal(rules_version()))

    def articles(self) -> list[tuple[str, int, str]]:
        """Slug, commit and fingerprint of each article, in the order they were committed."""
        kb = self.iris.knowledge_base
        query = (
            f"SELECT ?g ?n ?f WHERE {{ GRAPH {kb} {{"
            f" ?g {DL.commitNumber} ?n ; {DCTERMS.identifier} ?f }} }}"
        )
        rows = [
            (self.iris.name("graph", graph) or "", int(number), found)
            for graph, number, found in _rows(self.store, query)
        ]
        return sorted(rows, key=lambda row: (row[1], row[0]))

    def numbered(self, commit: int) -> list[str]:
        """Update operations that set the commit number."""
        return self._set(DL.commitNumber, integer(commit))

    def guard(self, commit: int) -> Guard:
        """What holds before and after the next commit, for stores with several writers."""
        old, new = integer(self.number), integer(commit)
        outdated = tuple(self._set(OWL.versionInfo, Literal("0")))
        node = self.iris.knowledge_base
        return Guard(node, DL.commitNumber, DL.writeMark, old, new, outdated)

    def _set(self, predicate: NamedNode, value: Literal) -> list[str]:
        node = self.iris.knowledge_base
        return [
            f"DELETE WHERE {{ GRAPH {node} {{ {node} {predicate} ?old }} }}",
            insertion([Quad(node, predicate, value, node)]),
        ]

    def recorded(
        self, slug: str, commit: int, fingerprint: str, generated: str, read_from: str | None = None
    ) -> str:
        """The update operation that records a new graph: commit, fingerprint, time, input."""
        node, graph = self.iris.knowledge_base, self.iris.graph(slug)
        quads = [
            Quad(graph, DL.commitNumber, integer(commit), node),
            Quad(graph, DCTERMS.identifier, Literal(fingerprint), node),
            Quad(graph, PROV.generatedAtTime, moment(generated), node),
        ]
        if read_from:
            quads.append(Quad(graph, DL.readFrom, Literal(read_from), node))
        return insertion(quads)

    def forgotten(self, slug: str) -> str:
        """The update operation that takes out what is recorded of an article."""
        return removal(self.iris.knowledge_base, [self.iris.graph(slug)])

    def moved(self, slugs: Iterable[str], commit: int) -> list[str]:
        """Update operations that give articles another commit and leave the rest of them."""
        node = self.iris.knowledge_base
        graphs = [self.iris.graph(slug) for slug in slugs]
        return [
            removal(node, graphs, [DL.commitNumber]),
            insertion(Quad(graph, DL.commitNumber, integer(commit), node) for graph in graphs),
        ]


def _rows(store: Store, query: str) -> list[list[str]]:
    result = store.query(query)
    assert isinstance(result, QuerySolutions)
    return [[term.value for term in solution] for solution in result]
