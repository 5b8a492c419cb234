"""Opening a knowledge base for one command, and closing it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.knowledge_base import KnowledgeBase
from kb.store import StoreError


@contextmanager
def opened(path: Path, write: bool = False, base: str | None = None) -> Iterator[KnowledgeBase]:
    """The knowledge base in a directory; for writing, it is made where there is none.

    What another process has open, or may only be read, is opened for reading alone. Raises
    StoreError when it can't be opened.
    """
    with _writable(path, base) if write else _readable(path) as kb:
        yield kb


def _writable(path: Path, base: str | None) -> KnowledgeBase:
    return KnowledgeBase.open(path, create=True, base=base)


def _readable(path: Path) -> KnowledgeBase:
    try:
        # Not read-only at first: so the index catches up with what a killed process left.
        return KnowledgeBase.open(path)
    except StoreError as error:
        try:
            return KnowledgeBase.open(path, read_only=True)
        except StoreError:
            raise error from None
