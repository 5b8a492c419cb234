"""The default store: Oxigraph in a directory, inside this process."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat

from kb.store import Guard, Result
from kb.store.statements import StoreError, replacement

SNAPSHOTS = "snapshots"
"""The folder beside a store that holds copies for readers while they read."""


class EmbeddedStore:
    """Oxigraph (RocksDB) in a directory.

    One process at a time may open it for writing. A reader beside a writer sees what was
    committed before it opened.

    Raises StoreError when the directory is locked, can't be written or holds no store.
    """

    def __init__(self, path: Path, *, create: bool = False, read_only: bool = False) -> None:
        self.path, self._read_only = path, read_only
        self._snapshots, self._snapshot_numbers = path.parent / SNAPSHOTS, itertools.count(1)
        self._generation = 0
        exists = (path / "CURRENT").is_file()
        if not exists and not create:
            raise StoreError(f"There is no store in {path}: give the directory of one, or make one")
        if not exists and path.is_dir() and any(path.iterdir()):
            raise StoreError(f"{path} holds other files and no store: choose another directory")
        try:
            if read_only:
                self._store = pyoxigraph.Store.read_only(str(path))
            else:
                path.mkdir(parents=True, exist_ok=True)
                self._store = pyoxigraph.Store(path)
                # Left by a process that was killed: the lock says that there is no other.
                shutil.rmtree(self._snapshots, ignore_errors=True)
        except OSError as error:
            raise StoreError(_explain(path, error)) from error

    def __str__(self) -> str:
        return f"in {self.path}"

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
        """Solutions, triples or a boolean, evaluated as they are read."""
        given = bool(default_graphs or named_graphs)
        try:
            return self._store.query(
                query,
                base_iri=base,
                prefixes=prefixes,
                use_default_graph_as_union=union and not given,
                default_graph=[NamedNode(name) for name in default_graphs] if given else None,
                named_graphs=[NamedNode(name) for name in named_graphs] if given else None,
            )
        except OSError as error:
            raise StoreError(f"The store in {self.path} can't be read: {error}") from error

    def update(self, update: str) -> None:
        """Run one update request: all of it, or nothing."""
        if self._read_only:
            raise StoreError(f"{self.path} was opened for reading only: open it for writing")
        try:
            self._store.update(update)
            self._generation += 1
        except OSError as error:
            raise StoreError(_explain(self.path, error)) from error

    def commit(self, operations: Sequence[str], guard: Guard) -> None:
        """Run update operations as one request. The directory's lock keeps other writers out."""
        self.update(" ;\n".join(operations))

    def replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Put these quads in place of what the graph holds, in one transaction."""
        self.update(replacement(graph, quads))

    def remove_graph(self, graph: NamedNode) -> None:
        """Remove a graph; nothing happens when there is none."""
        self.update(replacement(graph, ()))

    def bulk_load(self, source: Path | BinaryIO, media_type: str) -> None:
        """Add a whole file fast; what was loaded before an error stays out."""
        kind = _format(media_type)
        try:
            if isinstance(source, Path):
                self._store.bulk_load(path=source, format=kind)
            else:
                self._store.bulk_load(source, kind)
        except OSError as error:
            raise StoreError(f"{source} can't be loaded into {self.path}: {error}") from error
        finally:
            self._generation += 1

    def export(self, output: BinaryIO, media_type: str, prefixes: dict[str, str]) -> None:
        """Write everything; formats without named graphs get the union of the graphs."""
        kind = _format(media_type)
        if kind.supports_datasets:
            self._store.dump(output, kind, prefixes=prefixes)
            return
        quads = self._store.quads_for_pattern(None, None, None)
        triples = (quad.triple for quad in quads)
        pyoxigraph.serialize(triples, output, kind, prefixes=prefixes)

    @property
    def generation(self) -> int:
        """Counts the writes through this object."""
        return self._generation

    def snapshot(self) -> Path:
        """A new copy beside the store, made of hard links; deleting it is the caller's part."""
        path = self._snapshots / str(next(self._snapshot_numbers))
        try:
            self._snapshots.mkdir(exist_ok=True)
            self._store.backup(str(path))
        except OSError as error:
            raise StoreError(_explain(self._snapshots, error)) from error
        return path

    def rewrite(self, path: Path) -> None:
        """Write all quads into a new store in another directory, and nothing else."""
        try:
            other = pyoxigraph.Store(path)
            other.bulk_extend(self._store.quads_for_pattern(None, None, None))
            other.optimize()
            other.flush()
        except OSError as error:
            raise StoreError(_explain(path, error)) from error

    def backup(self, path: Path) -> None:
        """Make another store in a directory that holds the same; the files are shared."""
        try:
            self._store.backup(path)
        except OSError as error:
            raise StoreError(_explain(path, error)) from error

    def quads(self, graph: NamedNode | DefaultGraph | None) -> Iterator[Quad]:
        """The quads of a graph, or of all."""
        return self._store.quads_for_pattern(None, None, None, graph)

    def graphs(self) -> Iterable[NamedNode | BlankNode]:
        """The names of all graphs."""
        return self._store.named_graphs()

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads fast. Not in one transaction: for stores that nobody reads yet."""
        self._store.bulk_extend(quads)

    def flush(self) -> None:
        """See that what was committed is on disk."""
        if not self._read_only:
            self._store.flush()

    def close(self) -> None:
        """Flush and let go of the directory's lock."""
        store = self.__dict__.pop("_store", None)
        if store is not None and not self._read_only:
            store.flush()
            shutil.rmtree(self._snapshots, ignore_errors=True)


def _format(media_type: str) -> RdfFormat:
    kind = RdfFormat.from_media_type(media_type)
    if kind is None:
        raise ValueError(f"{media_type!r} is not a format of RDF that the store knows")
    return kind


def _explain(path: Path, error: OSError) -> str:
    """What went wrong with a directory, and what to do."""
    text = str(error)
    if "lock" in text.lower():
        return (
            f"{path} is in use by another process: stop it (a 'dateline serve' that is running, "
            f"say), or open the knowledge base for reading only"
        )
    if "ermission denied" in text or "ead-only file system" in text:
        return f"{path} can't be written: check its permissions, or choose another directory"
    if "o space left" in text:
        return f"The disk of {path} is full: make room; what was committed before is kept"
    return f"The store in {path} can't be used: {text}"
