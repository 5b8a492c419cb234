"""Opening a knowledge base for one command, and closing it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.knowledge_base import KnowledgeBase
from kb.store import StoreError


@contextmanager
def opened(path: Path, write: bool = False) -> Iterator[KnowledgeBase]:
    """The knowledge base in a directory.

    Without `write`, one that another process has open, or that may only be read, is opened for
    reading alone. Raises StoreError when it can't be opened.
    """
    with KnowledgeBase.open(path) if write else _readable(path) as kb:
        yield kb


def _readable(path: Path) -> KnowledgeBase:
    try:
        # Not read-only at first: so the index catches up with what a killed process left.
        return KnowledgeBase.open(path)
    except StoreError as error:
        try:
            return KnowledgeBase.open(path, read_only=True)
        except StoreError:
            raise error from None
