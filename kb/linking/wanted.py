"""Which entities are to be looked up, and what our articles say of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from sqlite3 import Connection

from extractors.articles import digest
from kb.linking.scoring import Described
from kb.timeline import companions
from kb.views import EntityRef

COMPANIONS = 8
"""Entities that share most events with one, and tell which of its namesakes it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entity to be looked up, with the key of the name that its links hang on."""

    root: int
    key: str
    ref: EntityRef
    described: Described

    def fingerprint(self, method: str) -> str:
        """Changes when there is a reason to look again."""
        entity = self.described
        return digest(repr((method, entity.type, sorted(entity.names), entity.description)))


def busiest(connection: Connection, types: frozenset[str]) -> Iterator[Wanted]:
    """The entities of these types, those of most events first."""
    query = (
        "SELECT entities.root, key, slug, name, type, aliases, description FROM entities"
        " JOIN names ON names.id = entities.root LEFT JOIN totals ON kind = 'entity'"
        " AND a = CAST(entities.root AS TEXT) AND b = '' AND level = 0"
        " ORDER BY coalesce(n, 0) DESC, key"
    )
    for root, key, slug, name, kind, aliases, description in connection.execute(query).fetchall():
        if kind not in types:
            continue
        near = tuple(ref.name for ref, _ in companions(connection, root, COMPANIONS))
        names = tuple(_names(name, json.loads(aliases), kind))
        described = Described(name, kind, names, description, near)
        yield Wanted(root, key, EntityRef(slug, name, kind), described)


def _names(name: str, aliases: list[str], kind: str) -> Iterator[str]:
    """The names that are worth looking up: proper names, and of persons full ones."""
    yield name
    for alias in aliases:
        if alias == name or not (alias[:1].isupper() or alias[:1].isdigit()):
            continue
        words = alias.split()
        if kind == "PERSON" and len(words) == 1:
            continue
        if words[0].casefold() in ("the", "a", "an") and alias[1:] == alias[1:].lower():
            continue  # "The social network" says what it is, not what it is called.
        yield alias
