"""Answers of SPARQL servers as pyoxigraph's results: streamed, and whole or an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

import pyoxigraph
from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)

from kb.store.bodies import Body
from kb.store.failures import Unanswered, excerpt
from kb.store.statements import StoreError

# Best first: formats whose end can be seen, so that half of one is no answer.
ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
TRIPLES = (
    "application/ld+json, application/n-triples;q=0.4, text/turtle;q=0.3, application/rdf+xml;q=0.2"
)
_ROWS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
}
HELD = 1 << 20
"""Bytes of an answer that are read before it is given out: what fails so early is asked again."""


class StreamedTriples:
    """The triples of a CONSTRUCT or DESCRIBE as they arrive, in the manner of `QueryTriples`."""

    def __init__(self, quads: Iterator[Quad], address: str) -> None:
        self._quads, self._address = quads, address

    def __iter__(self) -> StreamedTriples:
        return self

    def __next__(self) -> Triple:
        try:
            return next(self._quads).triple
        except SyntaxError as error:
            raise StoreError(
                f"The server at {self._address} sent RDF that can't be read ({error})"
            ) from error

    def serialize(
        self, output: IO[bytes], format: RdfFormat, *, prefixes: Mapping[str, str] | None = None
    ) -> None:
        """Write the triples in a format of RDF."""
        pyoxigraph.serialize(self, output, format, prefixes=dict(prefixes or {}))


Read = QuerySolutions | QueryBoolean | StreamedTriples


def read(body: Body) -> Read:
    """The result in the body of an answer. Raises Unanswered where it is none."""
    source = _Held(body)
    try:
        if form := _ROWS.get(body.media_type):
            return pyoxigraph.parse_query_results(source, form)  # type: ignore[arg-type]
        if kind := RdfFormat.from_media_type(body.media_type):
            if not body.ends_visibly:
                raise Unanswered(
                    f"The server at {body.address} answers in {body.media_type} without saying how "
                    f"long the answer is: part of one can't be told from the whole"
                )
            quads = pyoxigraph.parse(source, kind)  # type: ignore[arg-type]
            return StreamedTriples(quads, body.address)
    except (SyntaxError, ValueError) as error:
        raise Unanswered(
            f"The server at {body.address} sent {body.media_type} that can't be read ({error}): "
            f"see whether a proxy stands before it"
        ) from error
    said = excerpt(source.beginning, body.headers)
    body.close()
    raise Unanswered(
        f"The server at {body.address} answered with {body.media_type} instead of results"
        f"{f' ({said})' if said else ''}: see whether this is the address of a SPARQL endpoint; "
        f"docs/stores.md has those of usual servers"
    )


class _Held:
    """A body whose beginning has been read, so that an early end is an early error."""

    def __init__(self, body: Body) -> None:
        parts: list[bytes] = []
        size = 0
        while size < HELD and (data := body.read(65536)):
            parts.append(data)
            size += len(data)
        self.beginning = b"".join(parts)
        self._place, self._body = 0, body

    def read(self, size: int = -1) -> bytes:
        if self._place < len(self.beginning):
            end = len(self.beginning) if size < 0 else self._place + size
            data = self.beginning[self._place : end]
            self._place += len(data)
            return data
        return self._body.read(size)
