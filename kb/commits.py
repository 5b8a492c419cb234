"""The knowledge base's own graph: its base, its commit number, and the commit of each article."""

from __future__ import annotations

from pyoxigraph import Literal, Quad, QuerySolutions

from kb.iris import Iris
from kb.store import Store, insertion
from kb.terms import DCTERMS, DL, PROV, integer, moment


class CommitLog:
    """What the store has committed. `number` counts its writes."""

    def __init__(self, store: Store, iris: Iris, number: int) -> None:
        self.store, self.iris, self.number = store, iris, number

    @classmethod
    def read(cls, store: Store) -> CommitLog | None:
        """The log of a store, None when it holds no knowledge base."""
        own = f"?kb {DL.base} ?base ; {DL.commitNumber} ?n"
        query = f"SELECT ?base ?n WHERE {{ GRAPH ?kb {{ {own} }} }}"
        for base, number in _rows(store, query):
            return cls(store, Iris(base), int(number))
        return None

    @classmethod
    def begin(cls, store: Store, base: str) -> CommitLog:
        """Make a store a knowledge base."""
        log = cls(store, Iris(base), 0)
        node = log.iris.knowledge_base
        quad = Quad(node, DL.base, Literal(base), node)
        store.update(" ;\n".join([insertion([quad]), *log.numbered(0)]))
        return log

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
        node = self.iris.knowledge_base
        return [
            f"DELETE WHERE {{ GRAPH {node} {{ {node} {DL.commitNumber} ?n }} }}",
            insertion([Quad(node, DL.commitNumber, integer(commit), node)]),
        ]

    def statements(self, slug: str, commit: int, made: tuple[str, str] | None) -> list[str]:
        """Update operations that record an article's commit, fingerprint and time, or forget it."""
        node, graph = self.iris.knowledge_base, self.iris.graph(slug)
        found = [f"DELETE WHERE {{ GRAPH {node} {{ {graph} ?p ?o }} }}", *self.numbered(commit)]
        if made is not None:
            fingerprint, at = made
            found.append(
                insertion(
                    [
                        Quad(graph, DL.commitNumber, integer(commit), node),
                        Quad(graph, DCTERMS.identifier, Literal(fingerprint), node),
                        Quad(graph, PROV.generatedAtTime, moment(at), node),
                    ]
                )
            )
        return found


def _rows(store: Store, query: str) -> list[list[str]]:
    result = store.query(query)
    assert isinstance(result, QuerySolutions)
    return [[term.value for term in solution] for solution in result]
