"""The derived SQLite file beside the store, behind timelines, facets, search and identity.

It is never the only copy of anything. It records the commit of the store that it stands for:
at open it catches up with the articles that have changed since, or is made again.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from sqlite3 import Connection

from kb.change import Change
from kb.curation.decisions import Decision
from kb.curation.ledger import Ledger
from kb.iris import Iris
from kb.linking.links import Changed, Link
from kb.linking.table import all_links
from kb.merging import Merger
from kb.records import ArticleRecord
from kb.schema import TABLES, version
from kb.store import StoreError

TOGETHER = 8
"""Articles that are merged at one go when the index is made again: less than one by one costs."""
Added = tuple[ArticleRecord, int, str]
"""An article with its commit number and fingerprint."""


class Index:
    """One SQLite file, read by many threads and written by one at a time.

    `made` is that of the store's `CommitLog`. Raises StoreError when the file can't be opened or
    written.
    """

    def __init__(
        self, path: Path, iris: Iris, *, made: str | None = None, read_only: bool = False
    ) -> None:
        self.path, self.iris, self.read_only = path, iris, read_only
        self._made = made or ""
        self._local = threading.local()
        self._open: list[Connection] = []
        self._guard = threading.Lock()
        self._writer: Connection | None = None
        if not read_only:
            self._discard_spoilt()

    def _discard_spoilt(self) -> None:
        """Delete a file that is no database: it is made again from the store."""
        if not self.path.exists():
            return
        probe = sqlite3.connect(self.path)
        try:
            probe.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            return  # Not readable, or in use: opening it will say so.
        except sqlite3.DatabaseError:
            for name in self.path.parent.glob(f"{self.path.name}*"):
                name.unlink()
        finally:
            probe.close()

    def _connect(self) -> Connection:
        try:
            if self.read_only:
                uri = f"{self.path.absolute().as_uri()}?mode=ro"
                connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            else:
                connection = sqlite3.connect(self.path, check_same_thread=False)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
            connection.isolation_level = None
            connection.execute("PRAGMA cache_size = -32000")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA busy_timeout = 10000")
        except sqlite3.Error as error:
            raise StoreError(
                f"The index {self.path} can't be opened ({error}): check its permissions, or "
                f"delete it and run 'dateline reindex'; nothing is lost with it"
            ) from error
        with self._guard:
            self._open.append(connection)
        return connection

    @property
    def reader(self) -> Connection:
        """The calling thread's own connection, which sees what was committed."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Several reads that see one state."""
        connection = self.reader
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    @property
    def commit_number(self) -> int | None:
        """The commit of the store that the index stands for; None when it has to be made."""
        try:
            rows = dict(self.reader.execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError:
            return None
        own = {"version": version(), "base": self.iris.base, "made": self._made}
        current = all(rows.get(key, "") == value for key, value in own.items())
        return int(rows["commit"]) if current and "commit" in rows else None

    def articles(self) -> dict[str, int]:
        """The articles that the index holds, each with its commit."""
        return dict(self.reader.execute("SELECT slug, commit_number FROM articles"))

    def fingerprints(self, slugs: Iterable[str]) -> dict[str, str]:
        """The fingerprint of each of these articles that the index holds."""
        query = (
            "SELECT slug, fingerprint FROM articles WHERE slug IN (SELECT value FROM json_each(?))"
        )
        return dict(self.reader.execute(query, (json.dumps(sorted(slugs)),)))

    def decisions(self) -> dict[str, Decision]:
        """All decisions that the index holds, by id."""
        return Ledger(self.reader, self.iris).all()

    def links(self) -> dict[str, list[Link]]:
        """All links that the index holds, by key."""
        return all_links(self.reader)

    @contextmanager
    def change(
        self,
        removed: Iterable[str],
        added: Iterable[Added],
        commit: int,
        decided: Iterable[Decision] = (),
        linked: Changed | None = None,
        dropped: Iterable[str] = (),
    ) -> Iterator[Change]:
        """Put a change of articles, decisions and links in, committed when the block ends well.

        Gives what becomes of the merged graph, for the block to commit to the store. When the
        block raises, the index stays as it was.
        """
        with self._transaction() as writer:
            yield Merger(writer, self.iris).apply(removed, added, decided, linked or {}, dropped)
            self._record(writer, commit)

    def rebuild(
        self,
        articles: Iterable[Added],
        decisions: Iterable[Decision],
        links: Changed,
        commit: int,
        on_article: Callable[[], None] | None = None,
    ) -> Change:
        """Make everything again from these articles, decisions and links. Readers see the old
        state until then.

        Gives the whole of the merged graph.
        """
        with self._transaction() as writer:
            self._drop(writer)
            for statement in _statements(TABLES):
                writer.execute(statement)
            merger = Merger(writer, self.iris)
            merger.apply((), (), decisions, links)
            waiting = iter(articles)
            while batch := list(islice(waiting, TOGETHER)):
                merger.apply((), batch)
                for _ in batch:
                    if on_article:
                        on_article()
            self._record(writer, commit)
            return merger.whole()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """One transaction of the writer: committed when the block ends well, else undone."""
        if self.read_only:
            raise StoreError(f"{self.path} was opened for reading only: open it for writing")
        writer = self._writer = self._writer or self._connect()
        try:
            writer.execute("BEGIN IMMEDIATE")
            try:
                yield writer
            except BaseException:
                writer.execute("ROLLBACK")
                raise
            writer.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(
                f"The index {self.path} can't be written ({error}): check the disk, or delete "
                f"it and run 'dateline reindex'; nothing is lost with it"
            ) from error

    def stamp(self, commit: int) -> None:
        """Record that the index stands for this commit."""
        with self._transaction() as writer:
            self._record(writer, commit)

    def _drop(self, writer: Connection) -> None:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
        for (name,) in writer.execute(query).fetchall():
            writer.execute(f'DROP TABLE "{name}"')
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        for (name,) in writer.execute(query).fetchall():
            writer.execute(f'DROP TABLE "{name}"')

    def _record(self, writer: Connection, commit: int) -> None:
        writer.executemany(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            [
                ("version", version()),
                ("base", self.iris.base),
                ("made", self._made),
                ("commit", str(commit)),
            ],
        )

    def close(self) -> None:
        """Close all connections."""
        with self._guard:
            for connection in self._open:
                connection.close()
            self._open.clear()
        self._writer = None
        self._local = threading.local()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: executescript would end the transaction."""
    for statement in script.split(";\n"):
        if statement.strip():
            yield statement
