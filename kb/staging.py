"""A knowledge base made anew beside the old one, which it replaces whole or not at all.

What is made lies in a folder of its own inside the knowledge base's directory. One rename says
that it is complete; what a killed process left is then finished, or else thrown away, when the
knowledge base is opened the next time.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.store import StoreError
from kb.store.embedded import SNAPSHOTS

STORE, INDEX = "store", "index.sqlite"
"""What a knowledge base's directory holds."""
STAGED, READY = "staged", "ready"


class Stage:
    """A folder in which a knowledge base is made; `commit` says that it is complete."""

    def __init__(self, path: Path) -> None:
        self.target, self.path = path, path / STAGED

    def commit(self) -> None:
        """From here on the new knowledge base counts, even if this process is killed.

        To be called while the old one is still held open, so that nobody writes to it.
        """
        self.path.rename(self.target / READY)
        _sync(self.target)


@contextmanager
def stage(path: Path) -> Iterator[Stage]:
    """Make a knowledge base in a folder; it takes the old one's place if it is committed.

    The old one must be closed by the end of the block. Raises StoreError when another process
    is at the same, or when the directory can't be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with _held(path, wait=False) as held:
            if not held:
                raise StoreError(f"Another process is rewriting {path}: wait until it is done")
            _finish(path)
            made = Stage(path)
            made.path.mkdir()
            try:
                yield made
            finally:
                _finish(path)
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror or error}") from error


def settle(path: Path) -> None:
    """Finish or undo what a process that was killed left in a knowledge base's directory."""
    ready = (path / READY).exists()
    if not ready and not (path / STAGED).exists():
        return
    try:
        with _held(path, wait=ready) as held:
            if held:
                _finish(path)
    except OSError as error:
        if ready:
            raise StoreError(
                f"{path} has to be put in order before it can be read, and can't be written "
                f"({error.strerror or error}): check its permissions"
            ) from error


@contextmanager
def _held(path: Path, *, wait: bool) -> Iterator[bool]:
    """Whether this process alone may stage here. The lock dies with the process."""
    folder = os.open(path, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(folder)


def _finish(path: Path) -> None:
    """Put what is complete in its place, and throw away what is not. May be done again."""
    ready = path / READY
    if ready.exists():
        for name in (STORE, INDEX):
            if (ready / name).exists():
                _remove(path, name)
                (ready / name).rename(path / name)
        _sync(path)
        shutil.rmtree(ready)
    if (path / STAGED).exists():
        shutil.rmtree(path / STAGED)


def _remove(path: Path, name: str) -> None:
    if name == STORE:
        # Snapshots share the files of the old store.
        for folder in (path / STORE, path / SNAPSHOTS):
            if folder.exists():
                shutil.rmtree(folder)
    elif name == INDEX:
        for file in path.glob(f"{name}*"):  # SQLite keeps its log in files beside.
            file.unlink()


def _sync(path: Path) -> None:
    """See that renames are on disk."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
