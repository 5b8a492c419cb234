"""What a change of articles does to the merged graph: only what it touches is made anew.

The change is worked out inside an open transaction of the index, and returned as an update of
the merged graph. The caller commits the store first and the index after it: an index that
missed its commit is brought up to date from the store at the next open.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

from kb.change import Change
from kb.claims import add_claims, event_claims, remove_claims
from kb.connecting import Claims
from kb.copies import Copies, describe_copies, retract_copies
from kb.curation.decisions import Decision
from kb.curation.layer import Curated
from kb.curation.ledger import Ledger
from kb.curation.links import Links
from kb.entities import Entities
from kb.event_graph import event_quads
from kb.event_rows import EventRows
from kb.events import MergedEvent, merge
from kb.identity import Purpose
from kb.iris import Iris
from kb.linking.links import Changed
from kb.linking.table import enter, moved_with_links
from kb.records import ArticleRecord
from kb.resolution import Names
from kb.stories import Touched, update_stories, write_stories


class Merger:
    """Applies changes of articles to an index's tables and says what becomes of the graph."""

    def __init__(self, connection: Connection, iris: Iris, purpose: Purpose = "ingestion") -> None:
        self.connection, self.iris, self.purpose = connection, iris, purpose

    def apply(
        self,
        removed: Iterable[str],
        added: Iterable[tuple[ArticleRecord, int, str]],
        decided: Iterable[Decision] = (),
        linked: Changed | None = None,
        dropped: Iterable[str] = (),
    ) -> Change:
        """Take articles out by slug, and put records in (with commit number and fingerprint).

        An article that is added must not be there, unless it is removed by the same call.
        `decided` are decisions that are new or withdrawn; the articles that they name, and those
        that they are tied to, have to be put in again by the same call; so must those of
        decisions that are `dropped` for good, by their ids, before others are entered.
        `linked` are the links of names as they are to be.
        """
        change = Change(self.iris.merged)
        db, names = self.connection, Names(self.connection)
        ledger = Ledger(db, self.iris)
        links = Links(db, ledger)
        names.touch(ledger.drop(dropped) | ledger.enter(decided))
        entities = Entities(db, self.iris, names)
        gone = self._rows(removed)
        old_claims = self._claims(gone)
        for article in gone:
            entities.leaving(article)
            names.remove(article)
            ledger.leaving(article, change)
            links.leaving(article)
        new: list[tuple[int, Curated, dict[str, int]]] = []
        for record, commit, fingerprint in added:
            article = self._add_article(record, commit, fingerprint)
            curated = ledger.curate(record)
            ledger.arriving(article, curated, change)
            new.append((article, curated, names.add(article, curated.record)))
        names.settle()
        copies = Copies(db)
        copies.remove(gone)
        for article, curated, _ in new:
            copies.add(article, curated.record)
        before = Claims(db, self.purpose)
        moved = [*names.moved_claims(), *self._claims(sorted(copies.settle()))]
        retract_copies(self.iris, change, copies.before.values())
        describe_copies(db, self.iris, change, copies.dirty)
        touched = {c.id for part in before.connected([*old_claims, *moved]) for c in part}
        touched -= set(old_claims)
        stale = {claim.event for claim in before.loaded.values() if claim.id in touched}
        stale |= {claim.event for claim in before.load(old_claims)}
        roots = names.commit_roots()
        for article, _, _ in new:
            entities.arriving(article)
        remove_claims(db, old_claims)
        db.executemany("DELETE FROM articles WHERE id = ?", [(article,) for article in gone])
        fresh = []
        for article, curated, local in new:
            fresh += add_claims(db, article, curated.record, local)
            links.arriving(article, curated)
        links.settle()
        rows = EventRows(db)
        after = Claims(db, self.purpose)
        clusters = after.events([*touched, *fresh])
        stale |= {claim.event for cluster in clusters for claim in cluster}
        events = rows.replace({event for event in stale if event is not None}, clusters)
        relinked = enter(db, linked or {}) | moved_with_links(
            db, {*names.roots.values(), *names.old_roots.values()}
        )
        renamed = entities.settle(roots, change)
        entities.relink(relinked, change)
        self._write(rows, events, renamed, change)
        told = ((article, curated.record) for article, curated, _ in new)
        update_stories(
            db, self.iris, change, Touched(gone, told, stale | events.keys(), moved, renamed)
        )
        self._tally(
            articles=len(new) - len(gone),
            claims=len(fresh) - len(old_claims),
            entities=entities.gained,
        )
        return change

    def _tally(self, **steps: int) -> None:
        """Keep the number of rows of tables, which SQLite would have to count."""
        self.connection.executemany(
            "INSERT INTO totals VALUES ('rows', ?, '', 0, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n",
            steps.items(),
        )

    def whole(self) -> Change:
        """The whole merged graph, as the tables have it."""
        change, db = Change(self.iris.merged), self.connection
        Entities(db, self.iris, Names(db)).describe_all(change)
        Ledger(db, self.iris).describe_all(change)
        describe_copies(db, self.iris, change)
        events = {event: self._read(event) for (event,) in db.execute("SELECT id FROM events")}
        self._write(EventRows(db), events, set(), change)
        write_stories(db, self.iris, change)
        change.events.clear()
        return change

    def _rows(self, slugs: Iterable[str]) -> list[int]:
        query = "SELECT id FROM articles WHERE slug IN (SELECT value FROM json_each(?))"
        return [row for (row,) in self.connection.execute(query, (json.dumps(list(slugs)),))]

    def _claims(self, articles: list[int]) -> list[int]:
        query = "SELECT id FROM claims WHERE article IN (SELECT value FROM json_each(?))"
        return [row for (row,) in self.connection.execute(query, (json.dumps(articles),))]

    def _add_article(self, record: ArticleRecord, commit: int, fingerprint: str) -> int:
        row = self.connection.execute(
            "INSERT INTO articles (slug, title, publisher, published, url, sort, commit_number,"
            " fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.slug, record.title, record.publisher, record.published, record.url,
                record.published or "", commit, fingerprint,
            ),
        ).lastrowid  # fmt: skip
        assert row is not None
        return row

    def _write(
        self, rows: EventRows, events: dict[int, MergedEvent], renamed: set[int], change: Change
    ) -> None:
        """Put the events that are new or changed, or whose participants moved, into the change."""
        change.events |= {self.iris.event(slug) for slug in rows.cleared}
        query = "SELECT DISTINCT event FROM event_entities WHERE entity = ?"
        for root in sorted(renamed):
            rows.rewrite |= {event for (event,) in self.connection.execute(query, (root,))}
        for event in sorted(rows.rewrite - events.keys()):
            events[event] = self._read(event)
        slugs = rows.slugs(events)
        change.events |= {self.iris.event(slug) for slug in slugs.values()}
        roots = {root for event in events.values() for root in event.entities()}
        nodes = Entities.nodes(self.connection, self.iris, roots)
        for event, merged in events.items():
            event_quads(change, self.iris, slugs[event], merged, nodes)

    def _read(self, event: int) -> MergedEvent:
        return merge(event_claims(self.connection, event))
