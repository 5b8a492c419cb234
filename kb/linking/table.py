"""Links in the index, and what becomes of them in the merged graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from pyoxigraph import NamedNode

from kb.change import Change
from kb.iris import Iris
from kb.linking.links import Changed, Link
from kb.terms import DL, OWL
from kb.views import EntityLink

_COLUMNS = "key, target, label, description, confidence, status, method, endpoint, at"


def enter(connection: Connection, changed: Changed) -> set[int]:
    """Put links in place of earlier ones of their names. Returns the entities that have them."""
    keys = json.dumps(sorted(changed))
    connection.execute(
        "DELETE FROM entity_links WHERE key IN (SELECT value FROM json_each(?))", (keys,)
    )
    connection.executemany(
        f"INSERT INTO entity_links ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [
            (
                link.key, link.target, link.label, link.description, link.confidence,
                link.status, link.method, link.endpoint, link.at,
            )
            for links in changed.values()
            for link in links
        ],
    )  # fmt: skip
    query = (
        "SELECT root FROM names JOIN entities USING (root)"
        " WHERE key IN (SELECT value FROM json_each(?))"
    )
    return {root for (root,) in connection.execute(query, (keys,))}


def entity_links(connection: Connection, root: int) -> tuple[EntityLink, ...]:
    """What pages show of an entity's links: those that stand, then those that wait for a word."""
    links = links_of(connection, root)
    firm = settled(links)
    shown = dict.fromkeys((*firm, *(link for link in links if link.status != "declined")))
    return tuple(
        EntityLink(
            target=link.target,
            label=link.label,
            description=link.description,
            confidence=link.confidence,
            status="accepted" if link in firm else "proposed",
            endpoint=link.endpoint,
        )
        for link in shown
    )


def moved_with_links(connection: Connection, roots: set[int]) -> set[int]:
    """The entities among these, which have gained or lost names, where there are links at all."""
    some = connection.execute("SELECT 1 FROM entity_links LIMIT 1").fetchone()
    return roots if some else set()


def links_of(connection: Connection, root: int) -> list[Link]:
    """The links of an entity's names, the surest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM names JOIN entity_links USING (key) WHERE root = ?"  # noqa: S608
        " ORDER BY status, confidence DESC, target, key",
        (root,),
    )
    return [Link(*row) for row in rows]


def links_named(connection: Connection, key: str) -> list[Link]:
    """The links of one name, in a fixed order."""
    query = f"SELECT {_COLUMNS} FROM entity_links WHERE key = ? ORDER BY target"  # noqa: S608
    return [Link(*row) for row in connection.execute(query, (key,))]


def orphans(connection: Connection) -> list[str]:
    """Names that have links, and stand for no entity any more."""
    query = (
        "SELECT DISTINCT entity_links.key FROM entity_links LEFT JOIN names USING (key)"
        " LEFT JOIN entities ON entities.root = names.root WHERE entities.root IS NULL"
    )
    return sorted(key for (key,) in connection.execute(query))


def all_links(connection: Connection) -> dict[str, list[Link]]:
    """Every link, by key."""
    found: defaultdict[str, list[Link]] = defaultdict(list)
    query = f"SELECT {_COLUMNS} FROM entity_links ORDER BY key, target"  # noqa: S608
    for row in connection.execute(query):
        found[row[0]].append(Link(*row))
    return dict(found)


def settled(links: Sequence[Link]) -> list[Link]:
    """The accepted links that stand: one thing of each endpoint.

    Names that were linked to different things and have since been found to be one entity
    contradict each other: none of them stands until a person, or a new look, decides.
    """
    targets: defaultdict[str, set[str]] = defaultdict(set)
    accepted = [link for link in links if link.status == "accepted"]
    for link in accepted:
        targets[link.endpoint].add(link.target)
    return [link for link in accepted if len(targets[link.endpoint]) == 1]


def describe_links(
    connection: Connection, iris: Iris, change: Change, root: int, node: NamedNode
) -> None:
    """Say in the merged graph which links an entity has, and what it is the same as."""
    links = links_of(connection, root)
    for link in links:
        change.add(node, DL.link, link.node(iris))
    for link in settled(links):
        change.add(node, OWL.sameAs, NamedNode(link.target))


def changed_links(links: Iterable[Link], held: dict[str, list[Link]]) -> dict[str, list[Link]]:
    """What to enter so that an index which holds some links has these, by key."""
    wanted: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        wanted[link.key].append(link)
    return {
        key: sorted(wanted[key])
        for key in wanted.keys() | held.keys()
        if sorted(wanted.get(key, ())) != sorted(held.get(key, ()))
    }
