"""Stories in the index: which events belong to each, and the row by which it is listed."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from extractors.articles import slug as to_slug
from kb.events import suffixed
from kb.stories.naming import main_participants, story_name
from kb.stories.settings import settings
from kb.stories.telling import read
from kb.views import MAIN_LINE

_FACTUAL = "('asserted', 'attempted', 'prevented')"
_CHOSEN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Story:
    """A story as its row has it, but for its address."""

    base: str
    """What its address is made of: the name by the founding article alone."""
    founding: str
    """The place of its founding article: who has a clear claim to the address."""
    name: str
    first: str | None
    last: str | None
    articles: int
    events: int
    main: int
    """Events of the main line that are told as facts."""
    participants: tuple[int, ...]
    """The main ones, by root."""

    @property
    def told(self) -> bool:
        """Whether it is a story yet, and has an address."""
        return self.main >= settings().reach.least


class StoryRows:
    """The stories, by the row of their founding article, that one change touches."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.counts: dict[int, Counter[str]] = defaultdict(Counter)
        """By how much the numbers of articles, events and main events of a story change."""
        self.left: dict[int, int] = {}
        """The story that an event leaves, by event."""
        self.joined: dict[int, int] = {}
        """The story that an event joins."""
        self.before: dict[int, str] = {}
        """Addresses before the change, of the stories that are touched; '' without one."""
        self.rewrite: set[int] = set()
        """Stories whose description has to be written."""

    def move_articles(self, moved: dict[int, tuple[int | None, int | None]]) -> None:
        """Count articles out of old and into new stories."""
        for old, new in moved.values():
            for root, step in ((old, -1), (new, 1)):
                if root is not None:
                    self.counts[root]["articles"] += step

    def place_events(self, events: Iterable[int]) -> None:
        """Put events into the stories that they belong to now, at their present dates."""
        db, wanted = self.connection, json.dumps(sorted(set(events)))
        stories = self._stories_of(wanted)
        now = {
            row[0]: (stories[row[0]], *row[1:])
            for row in db.execute(
                "SELECT id, undated, sort, slug, salience,"
                f" salience >= ? AND NOT wide AND factuality IN {_FACTUAL}"
                f" FROM events WHERE id IN {_CHOSEN}",
                (MAIN_LINE, wanted),
            )
            if row[0] in stories
        }
        query = (
            "SELECT event, story, undated, sort, slug, salience, main FROM story_events"
            f" WHERE event IN {_CHOSEN}"
        )
        old = {row[0]: row[1:] for row in db.execute(query, (wanted,))}
        for event in sorted(old.keys() | now.keys()):
            was, will = old.get(event), now.get(event)
            if was == will:
                continue
            for row, step in ((was, -1), (will, 1)):
                if row is not None:
                    self.counts[row[0]].update({"events": step, "main": step * row[-1]})
            if was is not None and (will is None or will[0] != was[0]):
                self.left[event] = was[0]
            if will is not None and (was is None or will[0] != was[0]):
                self.joined[event] = will[0]
        changed = [event for event in old if old[event] != now.get(event)]
        db.executemany("DELETE FROM story_events WHERE event = ?", [(event,) for event in changed])
        db.executemany(
            "INSERT INTO story_events VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(event, *row) for event, row in now.items() if row != old.get(event)],
        )

    def _stories_of(self, events: str) -> dict[int, int]:
        """The story to which the claims of each event tie it most, the earlier among equals."""
        best: dict[int, tuple[float, str, int]] = {}
        for event, root, weight, order in self.connection.execute(
            "SELECT claims.event, own.root, round(sum(sc.weight), 6), founder.ord FROM claims"
            " CROSS JOIN story_articles AS own ON own.article = claims.article"
            " CROSS JOIN story_claims AS sc ON sc.article = own.id AND sc.claim = claims.id"
            " CROSS JOIN story_articles AS founder ON founder.id = own.root"
            f" WHERE claims.event IN {_CHOSEN} AND sc.weight > 0 GROUP BY claims.event, own.root",
            (events,),
        ):
            rank = (-weight, order, root)
            if event not in best or rank < best[event]:
                best[event] = rank
        return {event: root for event, (_, _, root) in best.items()}

    def settle(self, touched: Iterable[int]) -> None:
        """Bring the rows of these stories, and of those whose numbers change, up to date."""
        bases: set[str] = set()
        for root in sorted({*touched, *self.counts}):
            bases |= self._story(root)
        self._readdress(bases)

    def _story(self, root: int) -> set[str]:
        """Bring one row up to date. Returns the addresses that may have to change hands."""
        db = self.connection
        row = db.execute(
            "SELECT slug, base, founding, name, first, last, articles, events, main FROM stories"
            " WHERE root = ?",
            (root,),
        ).fetchone()
        query = "SELECT entity FROM story_participants WHERE story = ? ORDER BY n"
        participants = tuple(entity for (entity,) in db.execute(query, (root,)))
        values = (*row[1:], participants) if row else None
        old = Story(*values) if values else None
        self.before[root] = row[0] if row else ""
        new = self._made(root, old)
        if new == old:
            return set()
        self.rewrite.add(root)
        if old is not None:
            for table, column in (
                ("stories", "root"),
                ("story_participants", "story"),
                ("story_search", "rowid"),
            ):
                db.execute(f"DELETE FROM {table} WHERE {column} = ?", (root,))
        if new is not None:
            self._insert(root, new, self.before[root] if new.told else "")
        return {story.base for story in (old, new) if story is not None}

    def _made(self, root: int, old: Story | None) -> Story | None:
        """What a story is now; None where no article is left."""
        db, steps = self.connection, self.counts[root]
        articles = (old.articles if old else 0) + steps["articles"]
        if not articles:
            return None
        query = "SELECT telling, ord, day FROM story_articles WHERE root = ? ORDER BY ord LIMIT ?"
        rows = db.execute(query, (root, settings().naming.articles)).fetchall()
        tellings = [read(text) for text, _, _ in rows]
        _, founding, day = rows[0]
        first, last = self._bounds(root)
        return Story(
            base=to_slug(story_name(tellings[:1], day)),
            founding=founding,
            name=story_name(tellings, day),
            first=first,
            last=last,
            articles=articles,
            events=(old.events if old else 0) + steps["events"],
            main=(old.main if old else 0) + steps["main"],
            participants=self._roots(main_participants(tellings)),
        )

    def _bounds(self, root: int) -> tuple[str | None, str | None]:
        """The first day of the first main event, and the last day of the one that begins last."""
        found: list[str | None] = []
        for column, way in (("first", "ASC"), ("last", "DESC")):
            row = self.connection.execute(
                f"SELECT events.{column} FROM story_events AS se JOIN events ON id = event"
                " WHERE story = ? AND se.undated = 0 AND main"
                f" ORDER BY se.sort {way}, se.slug {way} LIMIT 1",
                (root,),
            ).fetchone()
            found.append(row[0] if row else None)
        return found[0], found[1]

    def _roots(self, keys: Iterable[str]) -> tuple[int, ...]:
        query = (
            "SELECT own.root FROM names AS own JOIN entities ON entities.root = own.root"
            " WHERE own.key = ?"
        )
        rows = (self.connection.execute(query, (key,)).fetchone() for key in keys)
        return tuple(row[0] for row in rows if row)

    def _insert(self, root: int, story: Story, slug: str) -> None:
        db = self.connection
        db.execute(
            "INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                root, slug, story.base, story.founding, story.name, story.first, story.last,
                story.articles, story.events, story.main, story.last or "",
            ),
        )  # fmt: skip
        db.executemany(
            "INSERT INTO story_participants VALUES (?, ?, ?)",
            [(root, n, entity) for n, entity in enumerate(story.participants)],
        )
        db.execute("INSERT INTO story_search (rowid, name) VALUES (?, ?)", (root, story.name))

    def _readdress(self, bases: Iterable[str]) -> None:
        """Give each address to the story founded first, and one with a suffix to the others."""
        db, least = self.connection, settings().reach.least
        for base in sorted(bases):
            rows = db.execute(
                "SELECT root, slug, founding FROM stories WHERE base = ? AND main >= ?"
                " ORDER BY founding",
                (base, least),
            ).fetchall()
            for n, (root, slug, founding) in enumerate(rows):
                wanted = suffixed(base, founding) if n else base
                if slug != wanted:
                    self.before.setdefault(root, slug)
                    self.rewrite.add(root)
                    db.execute("UPDATE stories SET slug = ? WHERE root = ?", (wanted, root))
