"""How a knowledge base is written: each change is one update request, or nothing happens.

Articles come, go and are put in again together with further statements (a person's decision,
say): one request to the store and one transaction of the index, which is committed last. An
index that misses its commit is brought up to date from the store at the next open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kb.change import Change
from kb.commits import CommitLog
from kb.curation.decisions import Decision
from kb.curation.graph import decision_quads
from kb.curation.reading import read_decisions
from kb.details import article_record
from kb.index import Added, Index
from kb.iris import Iris
from kb.linking.links import Changed, Link, read_links
from kb.linking.links import statements as link_statements
from kb.linking.table import changed_links
from kb.records import ArticleRecord, read_article
from kb.store import Store, StoreError, Triples, insertion


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """An article's graph as it is to be stored."""

    slug: str
    quads: Sequence[Quad]
    fingerprint: str
    """Stands for all that the graph depends on; see `ingestion.fingerprint`."""
    generated: str
    """When it was made, as an ISO 8601 date-time."""
    read_from: str | None = None
    """The name of the file or other input that the article came from."""


class Writer:
    """Writes a store and its index, one change at a time.

    Who has to look before writing holds `lock` meanwhile; it may be taken again by its holder.
    """

    def __init__(self, store: Store, index: Index, log: CommitLog) -> None:
        self.store, self.index, self.log = store, index, log
        self.lock = threading.RLock()

    @property
    def iris(self) -> Iris:
        """How things are named."""
        return self.log.iris

    def write(
        self,
        stored: Iterable[ArticleGraph] = (),
        *,
        removed: Iterable[str] = (),
        again: Iterable[str] = (),
        decided: Iterable[Decision] = (),
        linked: Changed | None = None,
        dropped: Iterable[str] = (),
        statements: Sequence[str] = (),
    ) -> int:
        """Make one change, all of it or nothing. Returns the number of its commit.

        `stored` graphs take the place of what is there; `removed` articles are forgotten;
        articles put in `again` keep their graphs, and what is derived from them is made anew;
        `decided` are decisions that are new or withdrawn, whose articles are named too, and
        `dropped` the ids of those that go for good, with the triples that `statements` delete;
        `linked` are all links of some names as they are to be;
        `statements` are SPARQL update operations that run before all others. The cost depends
        on the articles named, not on the knowledge base.

        Raises ValueError on quads that are no article's graph or an article to put in again
        that is not there, StoreError when the change can't be written.
        """
        graphs, decisions = {graph.slug: graph for graph in stored}, list(decided)
        with self.lock:
            gone = set(removed) - graphs.keys()
            kept = self._kept(set(again) - graphs.keys() - gone)
            commit = self.log.number + 1
            added: list[Added] = [
                (read_article(graph.quads, graph.slug, self.iris), commit, graph.fingerprint)
                for graph in graphs.values()
            ]
            added += [(record, commit, found) for record, found in kept]
            parts = list(statements)
            for slug in sorted(gone):
                parts += [self._drop(slug), self.log.forgotten(slug)]
            for slug, graph in graphs.items():
                parts += [self._drop(slug), self.log.forgotten(slug)]
                parts.append(
                    self.log.recorded(
                        slug, commit, graph.fingerprint, graph.generated, graph.read_from
                    )
                )
            parts += self.log.moved((record.slug for record, _ in kept), commit)
            touched = [*gone, *(record.slug for record, _, _ in added)]
            told = [quad for found in decisions for quad in decision_quads(found, self.iris)]
            with self.index.change(touched, added, commit, decisions, linked, dropped) as change:
                quads = [quad for graph in graphs.values() for quad in graph.quads]
                parts += [*change.statements(), *self.log.numbered(commit)]
                parts += [*link_statements(linked or {}, self.iris), insertion(told)]
                parts.append(insertion(quads))
                self.store.commit([part for part in parts if part], self.log.guard(commit))
                self.log.number = commit
        return commit

    def _drop(self, slug: str) -> str:
        return f"DROP SILENT GRAPH {self.iris.graph(slug)}"

    def _kept(self, slugs: set[str]) -> list[tuple[ArticleRecord, str]]:
        """The records and fingerprints of articles that are put in again, in a fixed order."""
        found = self.index.fingerprints(slugs)
        missing = sorted(slugs - found.keys())
        if missing:
            raise ValueError(f"there is no article {missing[0]} to put in again")
        return [(self._record(slug), found[slug]) for slug in sorted(slugs)]

    def _record(self, slug: str) -> ArticleRecord:
        record = article_record(self.store, self.iris, slug)
        if record is None:
            raise StoreError(f"The graph of the article {slug} is missing: ingest it again")
        return record

    # What is derived

    def reindex(self, on_article: Callable[[], None] | None = None) -> None:
        """Make the index again from the store, and tell of each article when it is done."""
        with self.lock:
            self._rebuild_index(on_article)

    def rebuild(self) -> None:
        """Make the index and the merged graph again from the articles' graphs and decisions."""
        with self.lock:
            statements = self._rebuild_index(None).statements()
            commit = self.log.number + 1
            drop = f"DROP SILENT GRAPH {self.iris.merged}"
            parts = [drop, *statements, *self.log.numbered(commit), *self.log.versioned()]
            self.store.commit(parts, self.log.guard(commit))
            self.log.number = commit
            self.index.stamp(commit)

    def derived(self, on_article: Callable[[], None] | None = None) -> Change:
        """Make the index again from the store; gives the whole of the merged graph."""
        with self.lock:
            return self._rebuild_index(on_article)

    def _rebuild_index(self, on_article: Callable[[], None] | None) -> Change:
        articles = (
            (self._record(slug), commit, found) for slug, commit, found in self.log.articles()
        )
        links = changed_links(self._links(), {})
        decisions = self._decisions()
        return self.index.rebuild(articles, decisions, links, self.log.number, on_article)

    def _decisions(self) -> list[Decision]:
        """All decisions, as the curation graph has them."""
        return read_decisions(self._graph(self.iris.curation), self.iris)

    def _links(self) -> list[Link]:
        """All links, as the graph of links has them."""
        return read_links(self._graph(self.iris.links))

    def _graph(self, graph: NamedNode) -> Triples:
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        result = self.store.query(query)
        assert isinstance(result, Triples)
        return result

    def catch_up(self, path: Path, read_only: bool) -> None:
        """Bring the index to the store's commit: what a killed process left undone."""
        if self.log.outdated and not read_only:
            self.rebuild()
            return
        behind = self.index.commit_number
        if behind == self.log.number:
            return
        if read_only and self.index.read_only:
            if behind is None:
                raise StoreError(f"There is no {path} yet: run 'dateline reindex' first")
            return
        if behind is None:
            self._rebuild_index(None)
            return
        stored = {slug: (commit, found) for slug, commit, found in self.log.articles()}
        known = self.index.articles()
        gone = [slug for slug, commit in known.items() if stored.get(slug, (0,))[0] != commit]
        added = [
            (self._record(slug), commit, found)
            for slug, (commit, found) in stored.items()
            if known.get(slug) != commit
        ]
        decisions = self._decisions()
        held = self.index.decisions()
        decided = [found for found in decisions if held.get(found.id) != found]
        linked = changed_links(self._links(), self.index.links())
        # Decisions that were cut down are taken out before they are entered again.
        dropped = held.keys() - {found.id for found in decisions}
        dropped |= {found.id for found in decided if found.id in held}
        with self.index.change(gone, added, self.log.number, decided, linked, sorted(dropped)):
            pass
