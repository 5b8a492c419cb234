"""Opening a knowledge base for one command, and closing it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cli.options import STORE
from kb.knowledge_base import KnowledgeBase
from kb.store import StoreError
from kb.store.opening import Remote


@contextmanager
def opened(
    path: Path, write: bool = False, *, create: bool = False, base: str | None = None
) -> Iterator[KnowledgeBase]:
    """The knowledge base in a directory, or on the server that the command's options name.

    Without `write`, one that another process has open, or that may only be read, is opened for
    reading alone. With `create` one is made where there is none, with this base. Raises
    StoreError when it can't be opened.
    """
    remote = chosen_store()
    if write or create:
        kb = KnowledgeBase.open(path, create=create, base=base, remote=remote)
    elif remote is not None:
        kb = KnowledgeBase.open(path, read_only=True, remote=remote)
    else:
        kb = _readable(path)
    with kb:
        yield kb


def chosen_store() -> Remote | None:
    """The remote store of the running command, None where there is none."""
    given: dict[str, str | None] = click.get_current_context().meta.get(STORE, {})
    query = given.get("store")
    if query is None:
        named = [name for name, value in given.items() if value]
        if named:
            raise click.UsageError(
                f"--{named[0].replace('_', '-')} says where a remote store is written: --store "
                f"must say where it is asked."
            )
        return None
    return Remote(query, given.get("store_update"), given.get("store_graphs"))


def place(path: Path) -> str:
    """The knowledge base of the running command, for messages."""
    remote = chosen_store()
    return str(path) if remote is None else remote.query


def _readable(path: Path) -> KnowledgeBase:
    try:
        # Not read-only at first: so the index catches up with what a killed process left.
        return KnowledgeBase.open(path)
    except StoreError as error:
        try:
            return KnowledgeBase.open(path, read_only=True)
        except StoreError:
            raise error from None
