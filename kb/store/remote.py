"""Any SPARQL 1.1 server as a store, through its protocol alone.

One change is one update request. Its operations are made conditional on the number that the
writer believes the store to be at (see `kb.store.guarding`), so that of two writers the second
one fails, and a request whose answer was lost can be sent again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
)
from tenacity import Retrying, retry_if_exception

from kb.store import Result
from kb.store.addresses import Addresses
from kb.store.asking import Endpoint
from kb.store.committing import Commit
from kb.store.copying import all_quads
from kb.store.failures import Malformed, Unanswered
from kb.store.guarding import Guard
from kb.store.statements import StoreError, insertion, replacement
from kb.store.transport import Transport
from kb.store.unions import Union

BATCH = 5_000
"""Quads of a file that are loaded by one request."""

_PLACE = re.compile(r"\bat 1:(\d+)")


class RemoteStore:
    """A SPARQL 1.1 server, by the addresses of its operations.

    Raises StoreError when it can't be reached, is no SPARQL server or refuses the credentials.
    """

    def __init__(
        self, addresses: Addresses, transport: Transport | None = None, *, read_only: bool = False
    ) -> None:
        self.addresses, self._read_only = addresses, read_only
        self._transport = transport or Transport()
        self._endpoint = Endpoint(addresses.query, self._transport)
        self.union = Union(self._endpoint)
        self.union.parameters()

    def __str__(self) -> str:
        return f"at {self.addresses.query}"

    # Reading

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
        """Solutions, triples or a boolean, read as they arrive."""
        parameters = [("default-graph-uri", graph) for graph in default_graphs]
        parameters += [("named-graph-uri", graph) for graph in named_graphs]
        if union and not parameters:
            parameters += self.union.parameters()
        head = _head(query, prefixes or {}, base)
        try:
            return self._endpoint.ask(head + query, parameters)
        except Malformed as error:
            raise SyntaxError(_unshifted(str(error), len(head))) from error

    def export(self, output: BinaryIO, media_type: str, prefixes: dict[str, str]) -> None:
        """Write everything; formats without named graphs get the triples of all graphs."""
        kind = _format(media_type)
        quads = all_quads(self._endpoint.select, self.addresses.query)
        items = quads if kind.supports_datasets else (quad.triple for quad in quads)
        pyoxigraph.serialize(items, output, kind, prefixes=prefixes)

    # Writing

    def update(self, update: str) -> None:
        """Run one update request. It is sent again only where it was certainly not run."""
        self._check_writable()
        certain = retry_if_exception(
            lambda error: isinstance(error, Unanswered) and error.again and not error.sent
        )
        self._send(update, self._transport.retrying().copy(retry=certain))

    def _repeat(self, update: str) -> None:
        """Run an update that does no harm when it is run twice."""
        self._send(update, self._transport.retrying())

    def _send(self, update: str, retrying: Retrying) -> None:
        try:
            retrying(self._transport.update, self.addresses.update, update)
        except Malformed as error:
            raise SyntaxError(str(error)) from error

    def commit(self, operations: Sequence[str], guard: Guard) -> None:
        """Run update operations in one request, if the guard's number is still the old one.

        Raises StoreConflict when it is not, and nothing has happened then.
        """
        self._check_writable()
        Commit(self._transport, self.addresses, self._endpoint.select, guard).run(operations)

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Put these quads in place of what the graph holds, in one request."""
        self._check_writable()
        kept = list(quads)
        try:
            self._repeat(replacement(graph, kept))
        except Unanswered as error:
            if error.status != 413 or self.addresses.graphs is None:
                raise
            lines = "".join(f"{quad.triple} .\n" for quad in kept).encode()
            put = self._transport.put
            self._transport.retrying()(
                put, self.addresses.graphs, graph.value, lines, "application/n-triples"
            )

    def remove_graph(self, graph: NamedNode) -> None:
        """Remove a graph; nothing happens when there is none."""
        self.replace_graph(graph, ())

    def bulk_load(self, source: Path | BinaryIO, media_type: str) -> None:
        """Add a whole file in several requests. Raises StoreError, and ValueError on its format."""
        self._check_writable()
        if isinstance(source, Path):
            with source.open("rb") as file:
                self.bulk_load(file, media_type)
            return
        quads = pyoxigraph.parse(source, _format(media_type))
        batch = list(islice(quads, BATCH))
        while batch:
            following = list(islice(quads, BATCH))
            if following and any(map(_has_blank, (*batch, *following))):
                raise StoreError(
                    f"What is to be loaded has blank nodes and needs several requests, between "
                    f"which {self} can't keep them the same: give them IRIs, or load it with the "
                    f"server's own tools"
                )
            self._repeat(_addition(batch))
            batch = following

    def _check_writable(self) -> None:
        if self._read_only:
            raise StoreError(f"The store {self} was opened for reading only: open it for writing")

    @property
    def generation(self) -> None:
        """None: others may write to the server at any time."""
        return None

    def snapshot(self) -> None:
        """None: the server is asked itself."""
        return

    def flush(self) -> None:
        """Nothing: what a server has answered for is its own to keep."""

    def close(self) -> None:
        """Nothing: no connection outlives its answer."""


def _head(query: str, prefixes: dict[str, str], base: str | None) -> str:
    """The declarations that a query lacks, all on its first line."""
    parts = [f"BASE <{base}>"] if base else []
    parts += [f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items() if f"{name}:" in query]
    return "".join(f"{part} " for part in parts)


def _unshifted(message: str, size: int) -> str:
    """A server's message with the place in the query as it was given."""
    return _PLACE.sub(lambda found: f"at 1:{max(1, int(found[1]) - size)}", message)


def _format(media_type: str) -> RdfFormat:
    kind = RdfFormat.from_media_type(media_type)
    if kind is None:
        raise ValueError(f"{media_type!r} is not a format of RDF that the store knows")
    return kind


def _has_blank(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)


def _addition(quads: Sequence[Quad]) -> str:
    """An update that adds quads, those of the default graph too."""
    named = [quad for quad in quads if not isinstance(quad.graph_name, DefaultGraph)]
    rows = "\n".join(
        f"{quad.triple} ." for quad in quads if isinstance(quad.graph_name, DefaultGraph)
    )
    own = f"INSERT DATA {{\n{rows}\n}}" if rows else ""
    return " ;\n".join(filter(None, (own, insertion(named))))
