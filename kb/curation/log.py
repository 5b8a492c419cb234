"""The audit trail: decisions by thing, author, kind and time, and whether they act."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection
from typing import TYPE_CHECKING, Literal

from kb.addresses import find_event
from kb.curation.decisions import Decision, MergeEntities, MergeEvents, SplitEvent, Withdrawal
from kb.curation.errors import CurationError
from kb.curation.ledger import Ledger
from kb.curation.wording import told
from kb.iris import Iris
from kb.views import Ruling
from kb.when import stamp

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

State = Literal["acts", "without effect", "withdrawn"]
"""A decision that stands is without effect while what it names is not there: the article was
forgotten, or is read differently now. It acts again when that is back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision, and whether it acts."""

    decision: Decision
    state: State


@dataclass(frozen=True, slots=True)
class LogRow:
    """A decision as lists show it. `withdrawn` says by whom, when and why it was taken back."""

    id: str
    kind: str
    text: str
    author: str
    at: str
    reason: str
    state: State
    about: tuple[str, ...]
    again: str | None
    withdrawn: Withdrawal | None


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which decisions to list. All conditions hold together."""

    thing: str | None = None
    """An event, entity, article or decision: an id, with its kind or without, or an address."""
    author: str | None = None
    """Who decided or withdrew."""
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    """Days or moments in UTC (ISO 8601), both included."""
    standing: bool = False
    """Leave out withdrawn decisions."""


def entries(
    connection: Connection,
    iris: Iris,
    wanted: LogFilter,
    limit: int = 100,
    before: str | None = None,
) -> list[Entry]:
    """Decisions, the latest first, those before the decision of an id where one is given.

    Raises CurationError on an id that no decision has, and on what is no date.
    """
    ledger = Ledger(connection, iris)
    where, values = ["1"], list[str]()
    if wanted.thing:
        where.append(
            "id IN (SELECT decision FROM decision_items"
            " WHERE item IN (SELECT value FROM json_each(?)) UNION SELECT ?)"
        )
        thing = wanted.thing.strip().removeprefix(iris.base)
        values += [json.dumps(_items(connection, thing)), thing.removeprefix("curation/")]
    if wanted.author:
        where.append("(author = ? OR withdrawer = ?)")
        values += [wanted.author, wanted.author]
    if wanted.kind:
        where.append("kind = ?")
        values.append(wanted.kind)
    if wanted.since:
        where.append("max(at, coalesce(withdrawn_at, '')) >= ?")
        values.append(_bound(wanted.since))
    if wanted.until:
        where.append("at <= ?")
        values.append(f"{_bound(wanted.until, end=True)}~")  # after all fractions of the second
    if wanted.standing:
        where.append("withdrawn IS NULL")
    if before:
        mark = ledger.find(before)
        if mark is None:
            raise CurationError(f"There is no decision {before!r} to list those before")
        where.append("(at, id) < (?, ?)")
        values += mark.order
    rows = connection.execute(
        f"SELECT triples FROM decisions WHERE {' AND '.join(where)}"
        " ORDER BY at DESC, id DESC LIMIT ?",
        (*values, limit),
    )
    found = [ledger.read(triples) for (triples,) in rows.fetchall()]
    return [Entry(decision, state(connection, decision)) for decision in found]


def _bound(value: str, end: bool = False) -> str:
    try:
        return stamp(value, end)
    except ValueError as error:
        raise CurationError(str(error)) from error


def listed(
    kb: KnowledgeBase, wanted: LogFilter, limit: int = 100, before: str | None = None
) -> list[LogRow]:
    """Decisions in words, the latest first; see `entries`."""
    found = entries(kb.writer.index.reader, kb.iris, wanted, limit, before)
    return [row(entry.decision, entry.state) for entry in found]


def row(decision: Decision, acting: State) -> LogRow:
    """A decision in words."""
    return LogRow(
        id=decision.id,
        kind=decision.kind,
        text=told(decision),
        author=decision.author,
        at=decision.at,
        reason=decision.reason,
        state=acting,
        about=decision.about,
        again=decision.again,
        withdrawn=decision.withdrawal,
    )


def rulings(connection: Connection, iris: Iris, kind: str, slug: str) -> tuple[Ruling, ...]:
    """The decisions that act on an event or entity as it is now, in their order."""
    found = Ledger(connection, iris).about(_held(connection, kind, slug))
    return tuple(
        Ruling(decision.id, told(decision), decision.author, decision.at, decision.reason)
        for decision in found
        if state(connection, decision) == "acts"
    )


def _items(connection: Connection, thing: str) -> list[str]:
    """What decisions about a thing are found by: as it was called then, and what it holds now."""
    kind, _, slug = thing.rpartition("/")
    found = [f"thing:{k}/{slug}" for k in ("entity", "event", "article") if kind in ("", k)]
    if kind in ("", "article"):
        found.append(f"article:{slug}")
    for held in ("event", "entity"):
        if kind in ("", held):
            found += _held(connection, held, slug)
    return found


def _held(connection: Connection, kind: str, slug: str) -> list[str]:
    """What decisions about the claims of an event, or the names of an entity, are found by."""
    if kind == "event":
        event = find_event(connection, slug)
        query = "SELECT item FROM claims JOIN claim_targets ON claim = claims.id WHERE event = ?"
        rows = connection.execute(query, event[:1]) if event else []
    else:
        rows = connection.execute(
            "SELECT 'name:' || key FROM entities JOIN names ON names.root = entities.root"
            " WHERE slug = ?",
            (slug,),
        )
    return [item for (item,) in rows]


def state(connection: Connection, decision: Decision) -> State:
    """Whether a decision acts."""
    if not decision.stands:
        return "withdrawn"
    what = decision.what
    if isinstance(what, MergeEntities):
        acts = _used(connection, [what.into]) and _used(connection, what.names)
    elif isinstance(what, MergeEvents):
        acts = _there(connection, [target.item for target in what.claims]) > 1
    elif isinstance(what, SplitEvent):
        sides = [[target.item for target in side] for side in (what.claims, what.apart)]
        acts = all(_there(connection, side) for side in sides)
    elif decision.claims or decision.mentions:
        query = "SELECT 1 FROM decision_effects WHERE decision = ? LIMIT 1"
        acts = connection.execute(query, (decision.id,)).fetchone() is not None
    else:
        acts = _used(connection, decision.names)
    return "acts" if acts else "without effect"


def _used(connection: Connection, keys: Iterable[str]) -> bool:
    """Whether an article uses any of these names."""
    query = (
        "SELECT 1 FROM json_each(?) AS q JOIN names ON names.key = q.value WHERE uses > 0 LIMIT 1"
    )
    return connection.execute(query, (json.dumps(sorted(keys)),)).fetchone() is not None


def _there(connection: Connection, items: list[str]) -> int:
    """How many of these claims are there."""
    query = "SELECT count(*) FROM claim_targets WHERE item IN (SELECT value FROM json_each(?))"
    return int(connection.execute(query, (json.dumps(items),)).fetchone()[0])
