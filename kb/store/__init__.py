"""Where quads are kept. Only this package knows which store it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from kb.store.guarding import Guard
from kb.store.results import StreamedTriples
from kb.store.statements import StoreConflict, StoreError, deletion, insertion, removal

__all__ = [
    "EXPORTS",
    "Guard",
    "Result",
    "Store",
    "StoreConflict",
    "StoreError",
    "Triples",
    "deletion",
    "insertion",
    "removal",
]

Triples = QueryTriples | StreamedTriples
"""What CONSTRUCT and DESCRIBE give: an iterator that can also be serialised."""
Result = QuerySolutions | QueryBoolean | Triples

EXPORTS = {
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""Formats of an export, with their media types. The first two keep the named graphs apart."""


class Store(Protocol):
    """A set of quads behind SPARQL 1.1.

    All methods may be called from several threads. They raise StoreError when the store can't
    be reached, read or written, and SyntaxError on a malformed query or update.
    """

    def query(
        self,
        query: str,
        *,
        union: bool = True,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        prefixes: dict[str, str] | None = None,
        base: str | None = None,
    ) -> Result:
        """Solutions, triples or a boolean, evaluated as they are read.

        The default graph is the union of all graphs, or that of `default_graphs` where given.
        """
        ...

    def update(self, update: str) -> None:
        """Run one SPARQL 1.1 update request: all of it, or nothing."""
        ...

    def commit(self, operations: Sequence[str], guard: Guard) -> None:
        """Run update operations as one request, all of them or none.

        Where other processes may write, only if the number that the guard names is still the
        old one; it is the new one afterwards. Raises StoreConflict when it is not.
        """
        ...

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Put these quads in place of what the graph holds, in one transaction."""
        ...

    def remove_graph(self, graph: NamedNode) -> None:
        """Remove a graph; nothing happens when there is none."""
        ...

    def bulk_load(self, source: Path | BinaryIO, media_type: str) -> None:
        """Add a whole file fast. Not in one transaction: for stores that nobody reads yet."""
        ...

    def export(self, output: BinaryIO, media_type: str, prefixes: dict[str, str]) -> None:
        """Write everything; named graphs are kept apart where the format can."""
        ...

    @property
    def generation(self) -> int | None:
        """Counts the writes: what was read at another one may be stale.

        None from a store to which other processes may write unseen.
        """
        ...

    def snapshot(self) -> Path | None:
        """A new copy that other processes can open for reading, and the caller deletes.

        None from a store that is a server: it is asked itself.
        """
        ...

    def flush(self) -> None:
        """See that what was committed is on disk."""
        ...

    def close(self) -> None:
        """Flush and let go of the store. Nothing may be called after it."""
        ...
