"""The front door: a directory with a store and its index, opened, asked, fed and closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal, Self

from extractors.articles import Article
from extractors.extraction import Extraction
from kb import directory, helpers, querying
from kb.addresses import find_event
from kb.as_of import check_day, known_articles
from kb.closing import Closing
from kb.commits import CommitLog
from kb.describing import describe
from kb.details import article_view, event_view
from kb.index import Index
from kb.ingestion import ArticleReader, IngestResult, OnError, Status, ingest
from kb.iris import DEFAULT_BASE, Iris, article_slug, check_base
from kb.mapping import Provenance, article_quads
from kb.staging import INDEX, READY, STAGED, STORE, settle
from kb.store import EXPORTS, Store, StoreError
from kb.store.embedded import SNAPSHOTS, EmbeddedStore
from kb.store.opening import Remote
from kb.store.remote import RemoteStore
from kb.stories import reading
from kb.terms import PREFIXES
from kb.timeline import facets, timeline
from kb.views import (
    ArticlePage,
    ArticleView,
    EntityRef,
    EntityView,
    EventView,
    Facet,
    Overview,
    StoryPage,
    StoryView,
    TimelineFilter,
    TimelinePage,
)
from kb.writing import ArticleGraph, Writer

OWN = re.compile(rf"{STORE}|{SNAPSHOTS}|(index|links)(-\w+)?\.sqlite(-\w+)?|{STAGED}|{READY}")
"""What may lie in the directory of a knowledge base, that of a remote store's index too."""
Kind = Literal["event", "entity", "article", "story"]


class KnowledgeBase(Closing):
    """Events read from articles, with their evidence. Use `open`, and close it, or `with`.

    Any number of threads may read while one writes. `store` answers SPARQL; pages come from
    the index beside it, which is brought up to date with the store at open. `writer` makes
    changes of several articles in one transaction.
    """

    def __init__(self, store: Store, index: Index, log: CommitLog) -> None:
        self.store, self._index = store, index
        self.writer = Writer(store, index, log)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        base: str | None = None,
        create: bool = False,
        read_only: bool = False,
        remote: Remote | None = None,
    ) -> Self:
        """The knowledge base in a directory; with `create`, a new one where there is none.

        With `remote`, the store is that server's, and the directory, which is made where there
        is none, keeps the index alone. `base` is where all IRIs begin: chosen once, at creation.
        Raises StoreError when the directory holds no knowledge base, is in use or can't be
        written, when the server can't be reached, or when `base` is another one than it was
        made with; ValueError when `base` is no base.
        """
        wanted = check_base(base) if base is not None else None
        settle(path)
        inner = path / STORE
        if remote is not None:
            server = remote.open(read_only=read_only)
            return cls._opened(_beside(path, remote), server, wanted, create, read_only)
        if not (inner / "CURRENT").is_file():
            _refuse(path, create and not read_only)
        store = EmbeddedStore(inner, create=create, read_only=read_only)
        try:
            return cls._opened(path / INDEX, store, wanted, create, read_only)
        except BaseException:
            store.close()
            raise

    @classmethod
    def _opened(
        cls, beside: Path, store: Store, wanted: str | None, create: bool, read_only: bool
    ) -> Self:
        log = CommitLog.read(store)
        if log is None:
            if read_only or not create:
                raise StoreError(
                    f"The store {store} holds no knowledge base: 'dateline ingest' makes one, or "
                    f"name another"
                )
            log = CommitLog.begin(store, wanted or DEFAULT_BASE)
        if wanted is not None and wanted != log.iris.base:
            raise StoreError(
                f"The knowledge base {store} was made with the base {log.iris.base}, which "
                f"never changes: leave out the base {wanted}, or make another knowledge base"
            )
        own = read_only and not isinstance(store, RemoteStore)
        index = Index(beside, log.iris, made=log.made, read_only=own)
        kb = cls(store, index, log)
        try:
            kb.writer.catch_up(beside, read_only)
        except BaseException:
            index.close()
            raise
        return kb

    @property
    def base(self) -> str:
        """Where all IRIs begin."""
        return self.writer.iris.base

    @property
    def iris(self) -> Iris:
        """How things are named here."""
        return self.writer.iris

    def close(self) -> None:
        """Let go of the directory. Nothing may be called after it."""
        with self.writer.lock:
            self._index.close()
            self.store.close()

    # Reading

    def overview(self) -> Overview:
        """What is in here: totals, the first and last day, who and what comes up most."""
        with self._index.snapshot() as connection:
            return directory.overview(connection)

    def timeline(
        self, filter: TimelineFilter, cursor: str | None = None, limit: int = 50
    ) -> TimelinePage:
        """A page of events. Raises ValueError (CursorError) on a bad cursor, date or limit."""
        with self._index.snapshot() as connection:
            return timeline(connection, filter, cursor, limit)

    def facets(self, filter: TimelineFilter) -> dict[str, tuple[Facet, ...]]:
        """What the events under a filter can be narrowed by: "action" and "entity"."""
        with self._index.snapshot() as connection:
            return facets(connection, filter)

    def event(self, slug: str, as_of: str | None = None) -> EventView | None:
        """An event with every report of it; as of a day, with those published up to it."""
        with self._index.snapshot() as connection:
            return event_view(connection, self.store, self.iris, slug, as_of)

    def event_slug(self, slug: str) -> str | None:
        """The present address of the event that has, or had, this one."""
        with self._index.snapshot() as connection:
            found = find_event(connection, slug)
        return found[1] if found else None

    def entity(self, slug: str, as_of: str | None = None) -> EntityView | None:
        """An entity with its names and what it does most; as of a day, by what was known then."""
        with self._index.snapshot() as connection:
            return directory.entity_view(connection, self.iris, slug, as_of)

    def graphs_as_of(self, day: str) -> list[str]:
        """The graphs of the articles published up to a day: a dataset for `query`."""
        with self._index.snapshot() as connection:
            return known_articles(connection, self.iris, check_day(day))

    def article(self, slug: str) -> ArticleView | None:
        """An article with its text and everything found in it."""
        with self._index.snapshot() as connection:
            return article_view(connection, self.store, self.iris, slug)

    def articles(self, cursor: str | None = None, limit: int = 50) -> ArticlePage:
        """A page of articles, newest first. Raises ValueError (CursorError) on a bad cursor."""
        with self._index.snapshot() as connection:
            return directory.articles(connection, cursor, limit)

    def stories(
        self,
        entity: str | None = None,
        text: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> StoryPage:
        """A page of stories; see `kb.stories.reading.stories`. Raises ValueError (CursorError)."""
        with self._index.snapshot() as connection:
            return reading.stories(connection, entity, text, cursor, limit)

    def story(self, slug: str) -> StoryView | None:
        """A story with the articles that tell it."""
        with self._index.snapshot() as connection:
            return reading.story_view(connection, self.iris, slug)

    def find_entities(self, text: str, limit: int = 20) -> tuple[EntityRef, ...]:
        """Entities by their names, the last word as a beginning; busiest first."""
        with self._index.snapshot() as connection:
            return directory.find_entities(connection, text, limit)

    def describe(self, kind: Kind, slug: str, media_type: str) -> bytes | None:
        """The RDF of an event with its claims, an entity, or an article; None without one.

        Raises ValueError on a media type that is not one of `querying.GRAPHS`.
        """
        return describe(self.store, self.iris, kind, slug, media_type)

    def query(
        self,
        query: str,
        accept: Sequence[str] = ("application/sparql-results+json", "text/turtle"),
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        preset_prefixes: bool = False,
    ) -> querying.Answer:
        """A SPARQL answer; see `querying.run`. The usual prefixes are declared where asked for."""
        return querying.run(
            self.store,
            self.written_out(query),
            accept,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            prefixes=self.prefixes() if preset_prefixes else None,
            base=self.base,
        )

    def written_out(self, query: str) -> str:
        """A query with the properties of `kb.helpers` in words of the store. Raises QueryError."""
        return helpers.written_out(query, self.search)

    def search(self, text: str) -> list[str]:
        """The IRIs of events and entities that all the words are found in, best first."""
        with self._index.snapshot() as connection:
            return helpers.search(connection, self.iris, text)

    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries and exports use."""
        return PREFIXES | self.iris.prefixes()

    def export(self, output: BinaryIO | Path, form: str) -> None:
        """Write everything as RDF, in one of `EXPORTS`. Raises ValueError on another format."""
        if form not in EXPORTS:
            raise ValueError(f"{form!r} is no format of an export: choose {', '.join(EXPORTS)}")
        if isinstance(output, Path):
            with output.open("wb") as file:
                self.store.export(file, EXPORTS[form], self.prefixes())
        else:
            self.store.export(output, EXPORTS[form], self.prefixes())

    # Writing

    def ingest(
        self, articles: Iterable[Article], reader: ArticleReader, on_error: OnError | None = None
    ) -> Iterator[IngestResult]:
        """Read and store articles; see `ingestion.ingest`."""
        return ingest(self, articles, reader, on_error)

    def holds(self, slug: str, fingerprint: str) -> bool:
        """Whether an article is stored just as it would be stored now."""
        return self._index.fingerprints([slug]).get(slug) == fingerprint

    def put(
        self, article: Article, extraction: Extraction, provenance: Provenance, fingerprint: str
    ) -> Status:
        """Store one article with what was read out of it, in one transaction.

        Raises ValueError when the two do not fit together, StoreError when it can't be written.
        """
        slug = article_slug(article.doc_id)
        quads = article_quads(article, extraction, self.base, provenance)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.writer.lock:
            before = self._index.fingerprints([slug]).get(slug)
            if before == fingerprint:
                return "unchanged"
            graph = ArticleGraph(slug, quads, fingerprint, now, article.read_from)
            self.writer.write([graph])
        return "added" if before is None else "replaced"

    def remove_article(self, slug: str) -> bool:
        """Forget an article: its graph, and what only it said. False when there is none."""
        with self.writer.lock:
            if not self._index.fingerprints([slug]):
                return False
            self.writer.write(removed=[slug])
        return True

    def reindex(self, on_article: Callable[[], None] | None = None) -> None:
        """Make the index again from the store, and tell of each article when it is done."""
        self.writer.reindex(on_article)

    def rebuild(self) -> None:
        """Make the index and the merged graph again from the article graphs alone."""
        self.writer.rebuild()


def _beside(path: Path, remote: Remote) -> Path:
    """The index of a remote store. Its name tells it from those of other stores."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path} can't be made ({error.strerror}): name a directory for the index"
        ) from error
    return path / f"index-{remote.key}.sqlite"


def _refuse(path: Path, create: bool) -> None:
    """Say what is wrong with a directory that holds no knowledge base."""
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path} is a file: a knowledge base is a directory")
    if not create:
        raise StoreError(
            f"There is no knowledge base in {path}: 'dateline ingest' makes one, or name another "
            f"directory"
        )
    if path.is_dir() and any(not OWN.fullmatch(child.name) for child in path.iterdir()):
        raise StoreError(f"{path} holds other files and no knowledge base: choose a new directory")
