"""Canonical entities in the index and the merged graph, from the names that stand for them."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from pyoxigraph import Literal, NamedNode

from extractors.articles import slug as plain
from kb.change import Change
from kb.iris import Iris
from kb.linking.table import describe_links
from kb.mapping import ENTITY_CLASSES, PLACES
from kb.names import FIELD, GROUPS, SENSE, plain_key
from kb.resolution import Names
from kb.terms import DCTERMS, DL, RDF, RDFS, SKOS


def type_classes(kind: str) -> list[NamedNode]:
    """The classes of an entity of this type."""
    own = ENTITY_CLASSES[kind]
    return [own, DL.Place] if kind in PLACES else [own]


@dataclass(frozen=True, slots=True)
class CanonicalEntity:
    """An entity as the merged graph has it, but for its address."""

    base: str
    founding: str
    """The order of its first mention: who has a clear claim to the address."""
    name: str
    type: str
    aliases: tuple[str, ...]
    description: str | None


class Entities:
    """The entities that a change of names touches."""

    def __init__(self, connection: Connection, iris: Iris, names: Names) -> None:
        self.connection, self.iris, self.names = connection, iris, names
        self.left: list[tuple[int, NamedNode]] = []
        self.arrived: list[tuple[int, NamedNode]] = []
        self.counts: Counter[int] = Counter()
        self.recounted: set[int] = set()
        self.gained = 0

    @staticmethod
    def nodes(connection: Connection, iris: Iris, roots: Iterable[int]) -> dict[int, NamedNode]:
        """The IRIs of entities by root."""
        query = "SELECT root, slug FROM entities WHERE root IN (SELECT value FROM json_each(?))"
        rows = connection.execute(query, (json.dumps(sorted(roots)),))
        return {root: iris.entity(slug) for root, slug in rows}

    def leaving(self, article: int) -> None:
        """Note which entities an article mentions, before its names are taken out."""
        self._note(article, self.left, -1)

    def arriving(self, article: int) -> None:
        """Note which entities an article mentions, after the roots of its names are known."""
        self._note(article, self.arrived, 1)

    def _note(self, article: int, links: list[tuple[int, NamedNode]], step: int) -> None:
        query = (
            "SELECT root, slug, local FROM local_entities JOIN names ON names.id = name"
            " JOIN articles ON articles.id = article WHERE article = ?"
        )
        found = [
            (root, self.iris.local_entity(slug, local))
            for root, slug, local in self.connection.execute(query, (article,))
        ]
        links += found
        for root in {root for root, _ in found}:
            self.counts[root] += step

    def settle(self, roots: set[int], change: Change) -> set[int]:
        """Write the entities of these roots. Returns those whose address has changed."""
        self._note_moved()
        before = self._slugs(roots)
        bases: set[str] = set()
        changed: set[int] = set()
        for root in sorted(roots):
            bases |= self._entity(root, changed)
        for root, old in self._readdress(bases):
            before.setdefault(root, old)
            roots.add(root)
        after = self._slugs(roots)
        readdressed = {r for r in before if r in after and before[r] != after[r]}
        for root in sorted(changed | readdressed | (before.keys() - after.keys())):
            if root in before:
                change.heads.add(self.iris.entity(before[root]))
            if root in after:
                change.heads.add(self.iris.entity(after[root]))
                self._describe(change, root, after[root])
        self._links(change, before, after, readdressed)
        self._count(roots, after)
        return readdressed

    def _note_moved(self) -> None:
        """Note uses of a name that are now taken for another entity, though the name is not."""
        query = (
            "SELECT slug, old.root, new.root FROM articles JOIN names AS old ON old.id = ?"
            " JOIN names AS new ON new.id = ? WHERE articles.id = ?"
        )
        for moved in self.names.moved.values():
            values = (moved.old, moved.new, moved.article)
            slug, old, new = self.connection.execute(query, values).fetchone()
            node = self.iris.local_entity(slug, moved.local)
            self.left.append((self.names.old_roots.get(moved.old, old), node))
            self.arrived.append((new, node))
            self.recounted |= {old, new}

    def describe_all(self, change: Change) -> None:
        """Describe every entity, with all its links."""
        for root, slug in self.connection.execute("SELECT root, slug FROM entities").fetchall():
            self._describe(change, root, slug)
            for node in self._mentioned("name IN (SELECT id FROM names WHERE root = ?)", root):
                change.add(self.iris.entity(slug), DL.mentionedAs, node)

    def _slugs(self, roots: Iterable[int]) -> dict[int, str]:
        query = "SELECT root, slug FROM entities WHERE root IN (SELECT value FROM json_each(?))"
        return dict(self.connection.execute(query, (json.dumps(sorted(roots)),)))

    def _entity(self, root: int, changed: set[int]) -> set[str]:
        """Bring one row up to date. Returns the addresses that may have to change hands."""
        db = self.connection
        columns = "base, founding, name, type, aliases, description"
        row = db.execute(f"SELECT {columns} FROM entities WHERE root = ?", (root,)).fetchone()
        entity = self._canonical(root)
        self.gained += (entity is not None) - (row is not None)
        if entity is None:
            db.execute("DELETE FROM entities WHERE root = ?", (root,))
            db.execute("DELETE FROM entity_search WHERE rowid = ?", (root,))
            return {row[0]} if row else set()
        old = _stored(*row) if row else None
        if entity == old:
            return set()
        values = (
            entity.base, entity.founding, entity.name, entity.type, json.dumps(entity.aliases),
            entity.description,
        )  # fmt: skip
        if old is None:
            db.execute(
                f"INSERT INTO entities (root, slug, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (root, "", *values),
            )
        else:
            db.execute(
                "UPDATE entities SET base = ?, founding = ?, name = ?, type = ?, aliases = ?,"
                " description = ? WHERE root = ?",
                (*values, root),
            )
            db.execute("DELETE FROM entity_search WHERE rowid = ?", (root,))
        names = "\n".join([entity.name, *entity.aliases])
        db.execute("INSERT INTO entity_search (rowid, names) VALUES (?, ?)", (root, names))
        if old is None or _head(old) != _head(entity):
            changed.add(root)
        return {entity.base, *([old.base] if old else [])}

    def _canonical(self, root: int) -> CanonicalEntity | None:
        db = self.connection
        forms = db.execute(
            "SELECT form, type, name_forms.own, n, names.base = upper.base FROM names"
            " JOIN names AS upper ON upper.id = names.root"
            " JOIN name_forms ON name_forms.name = names.id WHERE names.root = ?",
            (root,),
        ).fetchall()
        own = [form for form in forms if form[2]]
        if not own:
            return None
        first = (
            "SELECT ordering, description FROM names JOIN local_entities AS le ON le.id ="
            " (SELECT id FROM local_entities WHERE name = names.id {} ORDER BY ordering LIMIT 1)"
            " WHERE root = ? ORDER BY ordering LIMIT 1"
        )
        (founding, _) = db.execute(first.format(""), (root,)).fetchone()
        told = db.execute(first.format("AND description IS NOT NULL"), (root,)).fetchone()
        weights: Counter[str] = Counter()
        types: Counter[str] = Counter()
        key: str = db.execute("SELECT key FROM names WHERE id = ?", (root,)).fetchone()[0]
        base = _base(key)
        main = [form for form in own if form[4]] or own
        main = [form for form in main if plain(form[0], limit=10_000) == base] or main
        for form, _, _, n, _ in main:
            weights[form] += n
        for _, kind, _, n, _ in own:
            types[kind] += n
        label, kind = self._decided(root, key)
        name = label or min(weights, key=lambda form: (-weights[form], form))
        return CanonicalEntity(
            base=base,
            founding=founding,
            name=name,
            type=kind or min(types, key=lambda kind: (-types[kind], kind)),
            aliases=tuple(sorted({form for form, *_ in forms} - {name})),
            description=told[1] if told else None,
        )

    def _decided(self, root: int, key: str) -> tuple[str | None, str | None]:
        """What people call an entity, and take it for: of its own name first, then the latest."""
        rows = self.connection.execute(
            "SELECT key = ?, label, labelled, type, typed FROM names JOIN curated_names USING (key)"
            " WHERE root = ?",
            (key, root),
        ).fetchall()
        labels = [(own, at, label) for own, label, at, _, _ in rows if label]
        kinds = [(own, at, kind) for own, _, _, kind, at in rows if kind]
        return (max(labels)[2] if labels else None, max(kinds)[2] if kinds else None)

    def _readdress(self, bases: Iterable[str]) -> list[tuple[int, str]]:
        """Give each address to the entity mentioned first. Returns (root, old address)."""
        moved = []
        for base in sorted(bases):
            rows = self.connection.execute(
                "SELECT entities.root, slug, key FROM entities"
                " JOIN names ON names.id = entities.root WHERE entities.base = ?"
                " ORDER BY founding, key",
                (base,),
            ).fetchall()
            taken: set[str] = set()
            for root, slug, key in rows:
                wanted = next(one for one in _addresses(base, key) if one not in taken)
                taken.add(wanted)
                if slug != wanted:
                    self.connection.execute(
                        "UPDATE entities SET slug = ? WHERE root = ?", (wanted, root)
                    )
                    if slug:
                        moved.append((root, slug))
        return moved

    def _describe(self, change: Change, root: int, slug: str) -> None:
        name, kind, aliases, description = self.connection.execute(
            "SELECT name, type, aliases, description FROM entities WHERE root = ?", (root,)
        ).fetchone()
        node = self.iris.entity(slug)
        for cls in type_classes(kind):
            change.add(node, RDF.type, cls)
        change.add(node, RDFS.label, Literal(name, language="en"))
        for alias in json.loads(aliases):
            change.add(node, SKOS.altLabel, Literal(alias, language="en"))
        if description:
            change.add(node, DCTERMS.description, Literal(description, language="en"))
        describe_links(self.connection, self.iris, change, root, node)

    def relink(self, roots: Iterable[int], change: Change) -> None:
        """Describe entities again whose links have changed."""
        for root, slug in self._slugs(roots).items():
            change.heads.add(self.iris.entity(slug))
            self._describe(change, root, slug)

    def _links(
        self, change: Change, before: dict[int, str], after: dict[int, str], readdressed: set[int]
    ) -> None:
        """Entity -> the articles' own entities: what left, arrived, or moved to another one."""

        def move(old: int | None, new: int | None, node: NamedNode) -> None:
            if old in before:
                change.delete(self.iris.entity(before[old]), DL.mentionedAs, node)
            if new in after:
                change.add(self.iris.entity(after[new]), DL.mentionedAs, node)

        for root, node in self.left:
            move(root, None, node)
        for name, new in self.names.roots.items():
            for node in self._mentioned("name = ?", name):
                move(self.names.old_roots[name], new, node)
        for root in readdressed:
            for node in self._mentioned("name IN (SELECT id FROM names WHERE root = ?)", root):
                move(root, root, node)
        for root, node in self.arrived:
            move(None, root, node)

    def _mentioned(self, condition: str, value: int) -> list[NamedNode]:
        query = (
            "SELECT slug, local FROM local_entities JOIN articles ON articles.id = article"
            f" WHERE {condition}"
        )
        rows = self.connection.execute(query, (value,))
        return [self.iris.local_entity(slug, local) for slug, local in rows]

    def _count(self, roots: set[int], after: dict[int, str]) -> None:
        """Keep the number of articles of each entity; recount where names have moved."""
        moved = set(self.names.roots.values()) | set(self.names.old_roots.values())
        moved |= self.recounted
        for root in sorted((set(self.counts) | moved) & after.keys()):
            if root in moved:
                self.connection.execute(
                    "UPDATE entities SET articles = (SELECT count(DISTINCT article)"
                    " FROM names JOIN local_entities ON name = names.id WHERE root = ?1)"
                    " WHERE root = ?1",
                    (root,),
                )
            else:
                self.connection.execute(
                    "UPDATE entities SET articles = articles + ? WHERE root = ?",
                    (self.counts[root], root),
                )


def _base(key: str) -> str:
    """The name in a key, without class, sense and field."""
    return plain_key(key).partition(":")[2].partition(SENSE)[0]


def _addresses(base: str, key: str) -> tuple[str, ...]:
    """The addresses that an entity may have, the best first; the last is its alone.

    Two hyphens stand in no base, so that Paris Place and the place of Paris stay apart.
    """
    group, _, name = key.partition(":")
    sense = name.partition(SENSE)[2] or name.partition(FIELD)[2]
    if not sense:
        return base, f"{base}--{group}"
    full = f"{base}--{group}--{sense}"
    return (base, full) if sense in GROUPS else (base, f"{base}--{sense}", full)


def _head(entity: CanonicalEntity) -> tuple[object, ...]:
    return entity.name, entity.type, entity.aliases, entity.description


def _stored(
    base: str, founding: str, name: str, kind: str, aliases: str, description: str | None
) -> CanonicalEntity:
    return CanonicalEntity(base, founding, name, kind, tuple(json.loads(aliases)), description)
