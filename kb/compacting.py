"""Store and index written anew, so that nothing that was removed is left in their files.

A store drops what is removed from its answers at once, but not from its files: Oxigraph keeps
the text of every literal it has ever seen, and SQLite leaves bytes behind in free pages.
"""

from __future__ import annotations

from pathlib import Path

from kb.knowledge_base import KnowledgeBase
from kb.staging import STORE, stage
from kb.store import StoreError
from kb.store.embedded import EmbeddedStore


def compact(path: Path) -> None:
    """Rewrite the files of the knowledge base in a directory, which nobody may have open.

    What is there is copied; the index is made again from it, so the cost grows with all that
    the knowledge base holds. Killed at any moment, the old files or the new ones are whole.
    Raises StoreError when the knowledge base is in use or can't be written.
    """
    with stage(path) as made, KnowledgeBase.open(path) as kb:
        if not isinstance(kb.store, EmbeddedStore):
            raise StoreError("The files of a remote store are its server's to rewrite")
        kb.store.rewrite(made.path / STORE)
        with KnowledgeBase.open(made.path):
            pass  # An index that is missing is made from the store.
        for answers in path.glob("links*.sqlite*"):
            answers.unlink()  # What endpoints were asked for: names. It is only kept for speed.
        made.commit()
