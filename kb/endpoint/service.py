"""What stands behind a SPARQL endpoint: questions, updates and graphs of one store."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from kb import querying
from kb.closing import Closing
from kb.endpoint.cache import ENTRY, Cache, Cached
from kb.endpoint.limits import Limits
from kb.endpoint.pool import Pool
from kb.endpoint.snapshots import Snapshots
from kb.errors import UpdateError
from kb.querying import Question
from kb.store import Store, StoreError

HELD = 4 * ENTRY
"""Bytes of an answer that are held back, so that an error in them is told as one."""

_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)
"""Functions that give another value each time: answers with them are not kept."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: `chunks` is read once, to its end or until it is closed.

    `length` is the number of bytes where the answer is whole already. `etag` stands for the
    question and the state of the store; None where asking again may give another answer.
    """

    media_type: str
    chunks: Iterator[bytes]
    length: int | None
    etag: str | None

    def close(self) -> None:
        """End the query, whatever of its answer is still to come."""
        close = getattr(self.chunks, "close", None)
        if close:
            close()


class Endpoint(Closing):
    """A store as the public may ask it. Safe in several threads; close it, or use `with`.

    With a store in a directory, queries run in processes of their own, on a copy, and are
    stopped at the limits; a store that is a server bounds them itself.
    """

    def __init__(self, store: Store, limits: Limits | None = None) -> None:
        self.store, self.limits = store, limits or Limits()
        self._boot = secrets.token_hex(4)
        self._cache = Cache()
        self._lock = threading.Lock()
        self._pool: Pool | None = None

    def prepare(self) -> None:
        """Start the processes that the first queries will need."""
        pool = self._workers()
        if pool is not None:
            pool.prepare()

    def etag(self, question: Question) -> str | None:
        """What stands for the answer to a question now, before it is asked."""
        generation = self.store.generation
        if generation is None or _CHANGING.search(question.query):
            return None
        text = f"{self._boot} {generation} {question!r}"
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    def ask(self, question: Question) -> Reply:
        """Answer a query in the first of the accepted media types that fits its form.

        Raises QueryError on what is no query that may be asked here, LookupError when no media
        type fits, LimitError when it was stopped, BusyError when too many are running, and
        StoreError when the store fails. What goes wrong late, after `HELD` bytes, is raised by
        the chunks, so that a cut answer never looks like a whole one.
        """
        querying.check(question.query)
        etag = self.etag(question)
        found = self._cache.get(etag) if etag is not None else None
        if found is not None:
            return Reply(found.media_type, iter((found.body,)), len(found.body), etag)
        chunks = self._chunks(question)
        media_type = next(chunks).decode("ascii")
        head, size = [], 0
        for piece in chunks:
            head.append(piece)
            size += len(piece)
            if size > HELD:
                return Reply(media_type, _rest(head, chunks), None, etag)
        body = b"".join(head)
        if etag is not None:
            self._cache.put(etag, Cached(media_type, body))
        return Reply(media_type, iter((body,)), len(body), etag)

    def update(self, update: str, base: str | None = None) -> None:
        """Run an update, all of it or nothing. Whether it may be run is the caller's part.

        Raises QueryError when it is malformed, UpdateError when it asks for what can't be done
        (such as to drop a graph that is not there), StoreError when the store fails.
        """
        text = f"BASE <{base}> {update}" if base else update
        try:
            self.store.update(text)
        except SyntaxError as error:
            raise querying.mistake(str(error), "update") from error
        except StoreError:
            raise
        except (ValueError, RuntimeError) as error:
            raise UpdateError(f"The update can't be run, and changed nothing: {error}") from error

    def _chunks(self, question: Question) -> Iterator[bytes]:
        """The media type, then the bytes of the answer."""
        pool = self._workers()
        return querying.stream(self.store, question) if pool is None else pool.ask(question)

    def _workers(self) -> Pool | None:
        """The processes, started by the first query; None where the store is a server."""
        with self._lock:
            if self._pool is None and self.store.generation is not None:
                self._pool = Pool(Snapshots(self.store), self.limits)
            return self._pool

    def close(self) -> None:
        """End the processes that wait for work, and delete the copies that they read."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
                self._pool.snapshots.close()
                self._pool = None


def _rest(head: list[bytes], chunks: Iterator[bytes]) -> Iterator[bytes]:
    """What was held back, and all that follows; closing it ends the query."""
    try:
        yield from head
        head.clear()
        yield from chunks
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()
