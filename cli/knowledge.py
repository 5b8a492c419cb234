"""Opening a knowledge base for one command, and closing it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.knowledge_base import KnowledgeBase


@contextmanager
def opened(path: Path, create: bool = False, base: str | None = None) -> Iterator[KnowledgeBase]:
    """The knowledge base in a directory. Raises StoreError when it can't be opened."""
    kb = KnowledgeBase.open(path, create=create, base=base)
    try:
        yield kb
    finally:
        kb.close()
