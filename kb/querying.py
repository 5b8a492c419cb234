"""A SPARQL question and its answer, as a stream of bytes in a media type that was asked for.

The store serialises its own results; no row becomes a Python object. Nothing leaves the
machine: SERVICE is refused, and updates are no queries.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, Full, Queue

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat

from kb.descriptions import expanded
from kb.errors import QueryError
from kb.iris import Iris
from kb.lexing import PROLOGUE, mask, position
from kb.store import Result, Store, Triples

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
}
WORDS = ("text/plain", "text/boolean")
"""Further types of an answer to ASK."""
PLAIN = frozenset({"text/csv", "text/tab-separated-values", *WORDS})
"""Types that have no form for ASK: its answer is the plain word."""
CHUNK = 64 * 1024
WAITING = 8
"""Chunks that may wait for a slow reader before the store is made to wait too."""
GRACE = 60.0
"""Seconds after which a reader that takes nothing more is given up on."""

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# What must follow the keyword SERVICE for it to be one. Strings and comments are not looked
# into: a query that is refused by mistake says why, one let through would call out.
_SERVICE = re.compile(
    r"service(?:\s|#[^\n]*+\n)*+(?:silent(?:\s|#[^\n]*+\n)*+)?(?:[<?$]|[\w.-]*+:)", re.IGNORECASE
)
_INSIDE_NAME = re.compile(r"(?:[?$]|:[\w%\\-]*?)\w*\Z")
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
_UPDATE = re.compile(
    PROLOGUE + r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on its way: read `chunks` once, to the end or until it is closed."""

    media_type: str
    chunks: Iterator[bytes]


def run(
    store: Store,
    query: str,
    accept: Sequence[str],
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    prefixes: dict[str, str] | None = None,
    base: str | None = None,
) -> Answer:
    """Answer a query in the first of the accepted media types that fits its form.

    The default graph is the union of all graphs, unless the query (FROM, FROM NAMED) or the
    caller says what the dataset is. SELECT and ASK give the types of `RESULTS`, CONSTRUCT and
    DESCRIBE those of `GRAPHS`.

    Raises QueryError on a query that is malformed, is an update or calls another service;
    LookupError when none of the media types fits. An error while the answer is under way is
    raised by its chunks, so that a cut answer never looks like a whole one.
    """
    check(query)
    ask = Question(query, tuple(accept), tuple(default_graphs), tuple(named_graphs), prefixes, base)
    chunks = stream(store, ask)
    media_type = next(chunks).decode("ascii")
    return Answer(media_type, _started(chunks))


@dataclass(frozen=True, slots=True)
class Question:
    """A query with everything that its answer depends on, but for the store."""

    query: str
    accept: tuple[str, ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    prefixes: dict[str, str] | None = None
    base: str | None = None
    union: bool = True
    """Whether the default graph is the union of all graphs, where nothing else is said."""

    def result(self, store: Store) -> tuple[Result, str]:
        """The store's result and the media type to write it in. Raises as `run` says."""
        try:
            result = self._asked(store)
        except SyntaxError as error:
            raise mistake(str(error)) from error
        except ValueError as error:
            raise QueryError(f"The query can't be run: {error}") from error
        offers = tuple(GRAPHS if isinstance(result, Triples) else RESULTS)
        if isinstance(result, QueryBoolean):
            offers += WORDS
        media_type = next((kind for kind in self.accept if kind in offers), None)
        if media_type is None:
            kind = "CONSTRUCT or DESCRIBE" if isinstance(result, Triples) else "SELECT or ASK"
            del result  # The error goes to another thread, and its traceback would take it along.
            raise LookupError(f"the answer to a {kind} query comes as {', '.join(offers)}")
        return result, media_type

    def _asked(self, store: Store) -> Result:
        union = self.union and not _has_dataset(self.query)

        def ask(query: str) -> Result:
            return store.query(
                query,
                union=union,
                default_graphs=self.default_graphs,
                named_graphs=self.named_graphs,
                prefixes=self.prefixes,
                base=self.base,
            )

        whole = union and self.base and not (self.default_graphs or self.named_graphs)
        query = expanded(self.query, Iris(self.base)) if whole and self.base else self.query
        try:
            return ask(query)
        except SyntaxError:
            return ask(self.query)  # Its own mistakes, at their own places.


def check(query: str) -> None:
    """Raise QueryError on what no query may do here: change something, or call out."""
    plain = _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), query)
    for text in (query, plain):
        for found in _SERVICE.finditer(text):
            if not _INSIDE_NAME.search(text[max(0, found.start() - 200) : found.start()]):
                line, column = position(text, found.start())
                raise QueryError(
                    "SERVICE is not allowed here: this endpoint calls no other one", line, column
                )
    if update := _UPDATE.match(plain):
        line, column = position(plain, update.start(1))
        raise QueryError(
            f"This is an update ({update[1].upper()}); only queries are answered here",
            line,
            column,
        )


def _has_dataset(query: str) -> bool:
    """Whether the query names its own dataset: FROM is a word of no other clause."""
    return bool(_FROM.search(query) and _FROM.search(mask(query)))


def mistake(text: str, what: str = "query") -> QueryError:
    """The store's words about a malformed query, with the place."""
    found = _PLACE.match(text)
    if not found:
        return QueryError(f"The {what} is malformed: {text}")
    line, column, message = int(found[1]), int(found[2]), found[3]
    return QueryError(f"Line {line}, column {column}: {message}", line, column)


class _Closed(Exception):  # noqa: N818
    """The reader has gone."""


class _Sink(io.RawIOBase):
    """A file whose bytes go to a bounded queue."""

    def __init__(self) -> None:
        self.queue: Queue[bytes | BaseException | None] = Queue(WAITING)
        self.gone = threading.Event()
        self._buffer = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._buffer += data
        if len(self._buffer) >= CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._buffer and not self.closed:
            data, self._buffer = bytes(self._buffer), bytearray()
            self.put(data)

    def put(self, item: bytes | BaseException | None) -> None:
        for _ in range(int(GRACE * 5)):
            if self.gone.is_set():
                raise _Closed
            try:
                self.queue.put(item, timeout=0.2)
            except Full:
                continue
            return
        raise _Closed


def write(result: Result, media_type: str, output: io.RawIOBase) -> None:
    """Write a result of `Question.result`, row by row as the store finds them."""
    if isinstance(result, Triples):
        result.serialize(output, GRAPHS[media_type])  # type: ignore[arg-type]
    elif isinstance(result, QueryBoolean) and media_type in PLAIN:
        output.write(b"true" if result else b"false")
    else:
        result.serialize(output, RESULTS[media_type])  # type: ignore[arg-type]
    output.flush()


def _answer(store: Store, ask: Question, sink: _Sink) -> None:
    """Ask and write, all in one thread: the store's results must not change threads."""
    try:
        result, media_type = ask.result(store)
        sink.put(media_type.encode("ascii"))
        write(result, media_type, sink)
        sink.put(None)
    except _Closed:
        return
    except BaseException as error:  # noqa: BLE001 - raised again where the answer is read
        try:
            # Its frames hold results of the store, which must not change threads.
            sink.put(error.with_traceback(None))
        except _Closed:
            return


def stream(store: Store, ask: Question) -> Iterator[bytes]:
    """The media type of the answer, then its bytes, while a thread of its own makes them.

    Raises as `run` says; the query must have passed `check`.
    """
    sink = _Sink()
    writer = threading.Thread(target=_answer, args=(store, ask, sink), daemon=True)
    writer.start()
    try:
        while True:
            try:
                item = sink.queue.get(timeout=1.0)
            except Empty:
                if not writer.is_alive() and sink.queue.empty():
                    raise RuntimeError("the answer broke off") from None
                continue
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        sink.gone.set()


def _started(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, the first of them made: an error that shows at once is raised here."""
    first = next(chunks, b"")

    def rest() -> Iterator[bytes]:
        yield first
        yield from chunks

    return rest()
