"""A whole knowledge base out of a file: checked to the end, and then taken in whole or not at all.

What comes is made into a knowledge base beside the old one, together with what was there. The
last step, which puts it in the place of the old one, is a rename.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import pyoxigraph
from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, Quad, RdfFormat

from kb.commits import CommitLog
from kb.curation.errors import CurationError
from kb.curation.exchange import take_decisions
from kb.errors import ExchangeError
from kb.incoming import FORMATS, Incoming, load
from kb.index import Index
from kb.iris import check_base
from kb.knowledge_base import KnowledgeBase
from kb.linking.links import Link
from kb.provenance import readings
from kb.staging import INDEX, STORE, stage
from kb.store import insertion
from kb.store.embedded import EmbeddedStore
from kb.terms import DL

BATCH = 32
"""Articles that are written in one transaction."""
Rule = Literal["newer", "theirs", "mine"]
"""Which of two readings of an article stays where they differ: the one made later, that of the
file, or the one that is here."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: articles by their fate, and decisions that were taken over.

    `kept` are articles that are here in another reading, which stayed.
    """

    added: int
    replaced: int
    kept: int
    unchanged: int
    decisions: int


def import_file(
    path: Path,
    file: Path,
    form: str,
    *,
    base: str | None = None,
    rebase: bool = False,
    rule: Rule = "newer",
    on_article: Callable[[], None] | None = None,
) -> Imported:
    """Import a file in one of `FORMATS` into the knowledge base in a directory.

    Where there is none, one is made, with the base of the file or the one that is given. A file
    of another base is refused unless it may be brought under the base of here (`rebase`).

    Raises ExchangeError, with the line where that can be told, on a file that is not understood
    or that does not fit; StoreError when the knowledge base is in use or can't be written. In
    either case, and when the process is killed, nothing was imported.
    """
    if form not in FORMATS:
        raise ValueError(f"{form!r} is no format to import: choose {', '.join(FORMATS)}")
    with stage(path) as made:
        there = (path / STORE / "CURRENT").is_file()
        incoming = Incoming(file, load(file, form, made.path / "incoming"))
        try:
            if there:
                with KnowledgeBase.open(path, base=base) as here:
                    incoming = _rebased(incoming, here.base, rebase, made.path)
                    incoming.check()
                    return _merge(here, incoming, rule, made.path, made.commit, on_article)
            incoming = _rebased(
                incoming, check_base(base) if base else incoming.iris.base, rebase, made.path
            )
            incoming.check()
            count = len(incoming.listed)
            decisions = len(incoming.decisions())
            _derive(incoming.store, made.path / INDEX, on_article)
        finally:
            incoming.close()
        incoming.store.path.rename(made.path / STORE)
        made.commit()
    return Imported(count, 0, 0, 0, decisions)


def _rebased(incoming: Incoming, base: str, allowed: bool, folder: Path) -> Incoming:
    """The same knowledge base under another base."""
    old = incoming.iris.base
    if old == base:
        return incoming
    if not allowed:
        raise ExchangeError(
            f"Its addresses begin with {old}, those of here with {base}. Bring them under the "
            f"base of here with --rebase, or import it into a knowledge base of its own",
            incoming.file,
        )
    store = EmbeddedStore(folder / "rebased", create=True)
    try:
        store.extend(_moved(incoming.store.quads(None), old, base))
        return Incoming(incoming.file, store)
    except BaseException:
        store.close()
        raise
    finally:
        incoming.close()


def _moved(quads: Iterable[Quad], old: str, new: str) -> Iterator[Quad]:
    def moved(term: object) -> object:
        if isinstance(term, NamedNode) and term.value.startswith(old):
            return NamedNode(new + term.value[len(old) :])
        return term

    for quad in quads:
        value = Text(new) if quad.predicate == DL.base else moved(quad.object)
        subject, graph = moved(quad.subject), moved(quad.graph_name)
        yield Quad(subject, quad.predicate, value, graph)  # type: ignore[arg-type]


def _derive(store: EmbeddedStore, index: Path, on_article: Callable[[], None] | None) -> None:
    """Make the index of a store that was loaded, and its merged graph anew."""
    log = CommitLog.read(store)
    assert log is not None
    store.remove_graph(log.iris.merged)
    store.update(" ;\n".join(log.versioned()))
    with closing(Index(index, log.iris, made=log.made)) as made:
        change = KnowledgeBase(store, made, log).writer.derived(on_article)
    data = pyoxigraph.serialize(change.inserted, format=RdfFormat.N_QUADS)
    assert data is not None
    store.bulk_load(io.BytesIO(data), "application/n-quads")
    store.flush()


def _merge(
    here: KnowledgeBase,
    incoming: Incoming,
    rule: Rule,
    folder: Path,
    commit: Callable[[], None],
    on_article: Callable[[], None] | None,
) -> Imported:
    """Make a copy of a knowledge base, and write into it what a file brings."""
    assert isinstance(here.store, EmbeddedStore)
    known = here.writer.index.fingerprints(incoming.listed)
    chosen, fresh = [], 0
    unchanged = sum(incoming.listed[slug].fingerprint == known[slug] for slug in known)
    times = {slug: found.at for slug, found in readings(here.store, here.iris) if slug in known}
    for slug, found in sorted(incoming.listed.items()):
        if slug not in known:
            fresh += 1
            chosen.append(slug)
        elif found.fingerprint != known[slug] and (
            rule == "theirs" or (rule == "newer" and _later(found.generated, times.get(slug)))
        ):
            chosen.append(slug)
    here.store.backup(folder / STORE)
    index = sqlite3.connect(here.writer.index.path)
    with closing(index) as old, closing(sqlite3.connect(folder / INDEX)) as new:
        old.backup(new)
    with KnowledgeBase.open(folder) as made:
        for n in range(0, len(chosen), BATCH):
            batch = [incoming.graph(slug) for slug in chosen[n : n + BATCH]]
            made.writer.write(batch)
            for _ in batch:
                if on_article:
                    on_article()
        try:
            taken = take_decisions(made, incoming.decisions())
        except CurationError as error:
            raise incoming.wrong(str(error)) from error
        further = [quad for graph in incoming.further() for quad in incoming.store.quads(graph)]
        linked = _united(made.writer.index.links(), incoming.links())
        if further or linked:
            made.writer.write(linked=linked, statements=[insertion(further)])
    commit()
    replaced = len(chosen) - fresh
    kept = len(known) - unchanged - replaced
    return Imported(fresh, replaced, kept, unchanged, len(taken.taken))


def _united(
    held: Mapping[str, list[Link]], theirs: Mapping[str, list[Link]]
) -> dict[str, list[Link]]:
    """The links of names that gain some; of two to one target, that of here stays."""
    found = {}
    for key, links in theirs.items():
        known = held.get(key, [])
        targets = {link.target for link in known}
        fresh = [link for link in links if link.target not in targets]
        if fresh:
            found[key] = sorted([*known, *fresh])
    return found


def _later(theirs: str, mine: str | None) -> bool:
    return mine is None or datetime.fromisoformat(theirs) > datetime.fromisoformat(mine)
