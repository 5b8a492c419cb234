"""What was known by a day: events as the articles published up to it tell them.

An event that was first reported later is not there. One that is there has the label, the date,
the participants, counts and disputes that its reports up to that day give. Articles without a
date of publication belong to no day, and are left out. Who is who, which reports speak of one
event, and which articles are copies, is as it is known today.

Candidates come from the index by the first day on which an event was reported, in today's order;
of the events of a page alone the reports are looked at.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from sqlite3 import Connection

from kb.claims import Claim, load_claims
from kb.cursors import Fetch, Key
from kb.events import MergedEvent, merge
from kb.identity import settings
from kb.iris import Iris
from kb.taxonomy import narrower
from kb.views import TimelineFilter
from kb.when import stamp

_WORD = re.compile(r"\w+")


def check_day(value: str) -> str:
    """A day in ISO 8601. Raises ValueError on anything else."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ValueError(f"{value!r} is no day: write it as in 2021-01-09") from error


def after(day: str) -> str:
    """What stands after every publication of a day: the next one."""
    found = date.fromisoformat(day)
    return (found + timedelta(days=1)).isoformat() if found < date.max else "9999-12-32"


def known_claims(connection: Connection, events: Iterable[int], day: str) -> dict[int, list[Claim]]:
    """The claims of each of these events that were published up to a day, in their fixed order."""
    rows = connection.execute(
        "SELECT claims.id FROM claims JOIN articles ON articles.id = claims.article"
        " WHERE event IN (SELECT value FROM json_each(?)) AND published < ?",
        (json.dumps(sorted(events)), after(day)),
    )
    found: dict[int, list[Claim]] = defaultdict(list)
    claims = load_claims(connection, [claim for (claim,) in rows]).values()
    for claim in sorted(claims, key=lambda claim: claim.signature.order):
        if claim.event is not None:
            found[claim.event].append(claim)
    return dict(found)


def known_articles(connection: Connection, iris: Iris, day: str) -> list[str]:
    """The graphs of the articles published up to a day: the dataset of queries as of it."""
    rows = connection.execute(
        "SELECT slug FROM articles WHERE sort > '' AND sort < ? ORDER BY sort, slug", (after(day),)
    )
    # A dataset of no graph at all would mean the union of all graphs: name one that nobody has.
    return [iris.graph(slug).value for (slug,) in rows] or [iris.of("graph", "none").value]


class Known:
    """The events of a timeline as of its filter's day."""

    def __init__(self, connection: Connection, filter: TimelineFilter) -> None:
        assert filter.as_of is not None
        self.connection, self.filter, self.day = connection, filter, check_day(filter.as_of)
        self.states: dict[int, MergedEvent] = {}
        self._root = self._entity()

    def candidates(self) -> TimelineFilter:
        """The filter by which today's events are looked up: reports of one differ by few days."""
        low, high = self.filter.date_from, self.filter.date_to
        return replace(
            self.filter,
            as_of=self.day,
            date_from=_shifted(stamp(low), -settings().tolerance) if low else None,
            date_to=_shifted(stamp(high, end=True), settings().tolerance) if high else None,
        )

    def passing(self, fetch: Fetch) -> Fetch:
        """The same pages, without events that do not pass the filter as they were known."""

        def known(key: Key | None, back: bool, limit: int) -> list[tuple[Key, int]]:
            found: list[tuple[Key, int]] = []
            while len(found) < limit:
                rows = fetch(key, back, limit)
                self.load([event for _, event in rows])
                found += [row for row in rows if row[1] in self.states]
                if len(rows) < limit:
                    break
                key = rows[-1][0]
            return found[:limit]

        return known

    def load(self, events: Sequence[int]) -> None:
        """Work out these events as of the day; those that pass are in `states` then."""
        claims = known_claims(self.connection, set(events) - self.states.keys(), self.day)
        for event, told in claims.items():
            state = merge(told)
            if self._passes(state, told):
                self.states[event] = state

    def _entity(self) -> int | None:
        query = "SELECT root FROM entities WHERE slug = ?"
        row = self.connection.execute(query, (self.filter.entity,)).fetchone()
        return int(row[0]) if row else None

    def _passes(self, state: MergedEvent, told: Sequence[Claim]) -> bool:
        filter = self.filter
        if state.salience < filter.salience:
            return False
        if filter.action is not None and state.action not in narrower(filter.action):
            return False
        if filter.entity is not None and all(
            filler.entity != self._root for filler, _ in state.participants
        ):
            return False
        if filter.article is not None and all(claim.article != filter.article for claim in told):
            return False
        return self._in_range(state) and self._has_words(told)

    def _in_range(self, state: MergedEvent) -> bool:
        low, high = self.filter.date_from, self.filter.date_to
        first, last = state.earliest or state.latest, state.latest or state.earliest
        if first is None or last is None:
            return low is None and high is None
        if low is not None and last[:10] < stamp(low)[:10]:
            return False
        return high is None or first[:10] <= stamp(high, end=True)[:10]

    def _has_words(self, told: Sequence[Claim]) -> bool:
        """Whether the words looked for, or forms of them, are in a report that was known."""
        if self.filter.text is None:
            return True
        text = " ".join(f"{claim.label} {claim.quote}" for claim in told).lower()
        words = set(_WORD.findall(text))
        return all(
            any(word.startswith(wanted[: max(3, len(wanted) - 3)]) for word in words)
            for wanted in _WORD.findall(self.filter.text.lower())
        )


def _shifted(moment: str, days: int) -> str:
    day = date.fromisoformat(moment[:10]).toordinal() + days
    return date.fromordinal(min(max(day, 1), date.max.toordinal())).isoformat()
