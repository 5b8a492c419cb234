"""The copy of the store that queries read: made when it is asked for and something has changed."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.store import Store, StoreError


class Snapshots:
    """The present copy, and older ones as long as a query reads them.

    A query sees all that was committed before it was asked. Making a copy takes some
    milliseconds whatever the size of the store (hard links), and only after a write.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._made: tuple[int | None, Path] | None = None
        self._users: Counter[Path] = Counter()
        self._old: list[Path] = []

    @contextmanager
    def current(self) -> Iterator[Path]:
        """The copy of what is committed now, kept until the block ends."""
        with self._lock:
            path = self._fresh()
            self._users[path] += 1
        try:
            yield path
        finally:
            with self._lock:
                self._users[path] -= 1
                self._clear()

    def _fresh(self) -> Path:
        generation = self.store.generation
        if self._made is None or self._made[0] != generation:
            path = self.store.snapshot()
            if path is None:
                raise StoreError("This store is a server: it answers queries itself")
            if self._made is not None:
                self._old.append(self._made[1])
            self._made = generation, path
        return self._made[1]

    def _clear(self) -> None:
        """Delete copies that nobody reads; an idle process opens a newer one before it reads."""
        for path in [path for path in self._old if not self._users[path]]:
            self._old.remove(path)
            del self._users[path]
            shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Delete all copies."""
        with self._lock:
            for path in [*self._old, *([self._made[1]] if self._made else [])]:
                shutil.rmtree(path, ignore_errors=True)
            self._made, self._old = None, []
            self._users.clear()
