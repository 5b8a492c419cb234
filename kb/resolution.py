"""Names in the index: which entity each name stands for, kept up to date article by article."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from sqlite3 import Connection

from kb.names import UNSHARED, Evidence, alias_keys, name_key, parent, root
from kb.records import ArticleRecord, LocalEntity


@dataclass(slots=True)
class Names:
    """What changes about names while articles come and go, until `settle` writes it."""

    connection: Connection
    touched: set[int] = field(default_factory=set)
    forms: Counter[tuple[int, str, str, int]] = field(default_factory=Counter)
    links: Counter[tuple[int, int]] = field(default_factory=Counter)
    roots: dict[int, int] = field(default_factory=dict)
    """New root of each name whose root changes, after `settle`."""
    old_roots: dict[int, int] = field(default_factory=dict)

    def ids(self, keys: Iterable[str]) -> dict[str, int]:
        """The rows of these keys, made where they are new: a new name stands for itself."""
        wanted = sorted(set(keys))
        query = "SELECT key, id FROM names WHERE key IN (SELECT value FROM json_each(?))"
        found: dict[str, int] = dict(self.connection.execute(query, (json.dumps(wanted),)))
        for key in wanted:
            if key not in found:
                row = self.connection.execute("INSERT INTO names (key, root) VALUES (?, 0)", (key,))
                found[key] = row.lastrowid or 0
                self.connection.execute("UPDATE names SET root = id WHERE id = ?", (found[key],))
        return found

    def add(self, article: int, record: ArticleRecord) -> dict[str, int]:
        """Count an article's names in. Returns the name of each of its entities."""
        shared = [entity for entity in record.entities if entity.type not in UNSHARED]
        keys = {entity.id: name_key(entity.name, entity.type, entity.sense) for entity in shared}
        aliases = {e.id: alias_keys(e.name, e.aliases, e.type, e.sense) for e in shared}
        ids = self.ids([*keys.values(), *(key for found in aliases.values() for key in found)])
        rows = []
        for entity in shared:
            name = ids[keys[entity.id]]
            ordering = f"{record.published or '9999'}|{record.slug}|{entity.id}"
            row = (entity.name, entity.type, json.dumps(entity.aliases), entity.description)
            rows.append((article, entity.id, name, *row, ordering, entity.sense))
            self._count(name, entity, 1)
        self.connection.executemany(
            "INSERT INTO local_entities (article, local, name, label, type, aliases, description,"
            " ordering, sense) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        return {local: ids[key] for local, key in keys.items()}

    def remove(self, article: int) -> None:
        """Count an article's names out."""
        query = (
            "SELECT local, name, label, type, aliases, sense FROM local_entities WHERE article = ?"
        )
        for local, name, label, kind, aliases, sense in self.connection.execute(query, (article,)):
            names = tuple(json.loads(aliases))
            self._count(name, LocalEntity(local, label, kind, names, None, (), sense), -1)
        self.connection.execute("DELETE FROM local_entities WHERE article = ?", (article,))

    def _count(self, name: int, entity: LocalEntity, step: int) -> None:
        self.touched.add(name)
        self.forms[name, entity.name, entity.type, 1] += step
        for alias in entity.aliases:
            self.forms[name, alias, entity.type, 0] += step
        others = alias_keys(entity.name, entity.aliases, entity.type, entity.sense)
        for other in self.ids(others).values():
            self.touched.add(other)
            self.links[other, name] += step

    def settle(self) -> None:
        """Write the counts, and find out which names now stand for another entity."""
        write = self.connection.executemany
        write(
            "INSERT INTO name_forms VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n",
            [(*key, n) for key, n in self.forms.items() if n],
        )
        write(
            "DELETE FROM name_forms WHERE n = 0 AND name = ? AND form = ? AND type = ? AND own = ?",
            list(self.forms),
        )
        write(
            "INSERT INTO name_links VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            [(*key, n) for key, n in self.links.items() if n],
        )
        write("DELETE FROM name_links WHERE n = 0 AND alias = ? AND target = ?", list(self.links))
        for name in self._repoint():
            row = self.connection.execute("SELECT root FROM names WHERE id = ?", (name,))
            (before,), after = row.fetchone(), self._root(name)
            if before != after:
                self.roots[name], self.old_roots[name] = after, before

    def _repoint(self) -> list[int]:
        """Names whose way to the root has changed: those that point elsewhere, and all below."""
        moved = []
        self._follow_decisions()
        for name in sorted(self.touched):
            target = self._parent(name)
            changed = self.connection.execute(
                "UPDATE names SET parent = ? WHERE id = ? AND parent IS NOT ?",
                (target, name, target),
            )
            if changed.rowcount:
                moved.append(name)
        below = (
            "WITH RECURSIVE below (id) AS (SELECT value FROM json_each(?)"
            " UNION SELECT names.id FROM names JOIN below ON names.parent = below.id)"
            " SELECT id FROM below"
        )
        return [name for (name,) in self.connection.execute(below, (json.dumps(moved),))]

    def touch(self, keys: Iterable[str]) -> None:
        """See to it that names of which something was decided are looked at again."""
        self.touched |= set(self.ids(keys).values())

    def _follow_decisions(self) -> None:
        """Look again at names that were decided to stand for one that comes or goes."""
        rows = self.connection.execute(
            "SELECT lower.id FROM json_each(?) AS q JOIN names AS upper ON upper.id = q.value"
            " JOIN curated_names ON curated_names.parent = upper.key"
            " JOIN names AS lower ON lower.key = curated_names.key",
            (json.dumps(sorted(self.touched)),),
        )
        self.touched |= {name for (name,) in rows}

    def _decided(self, key: str) -> tuple[int | None] | None:
        """What people have decided that a key stands for; None where nothing acts.

        A name can't stand for one that no article uses: such a decision waits for it.
        """
        query = "SELECT parent FROM curated_names WHERE key = ? AND parent IS NOT NULL"
        row = self.connection.execute(query, (key,)).fetchone()
        if row is None or row[0] == key:
            return None if row is None else (None,)
        target: tuple[int] | None = self.connection.execute(
            "SELECT id FROM names WHERE key = ? AND EXISTS"
            " (SELECT 1 FROM name_forms WHERE name_forms.name = names.id AND own = 1)",
            row,
        ).fetchone()
        return target

    def _parent(self, name: int) -> int | None:
        own = self.connection.execute(
            "SELECT names.key, total(n) FROM names LEFT JOIN name_forms"
            " ON name_forms.name = names.id AND own = 1 WHERE names.id = ?",
            (name,),
        ).fetchone()
        decided = self._decided(own[0])
        if decided is not None:
            return decided[0]
        targets = {
            key: (target, n)
            for target, key, n in self.connection.execute(
                "SELECT target, key, n FROM name_links JOIN names ON names.id = target"
                " WHERE alias = ?",
                (name,),
            )
        }
        evidence = Evidence(int(own[1]), {key: n for key, (_, n) in targets.items()})
        found = parent(own[0], evidence)
        return targets[found][0] if found and not self._leads(found, own[0]) else None

    def _leads(self, key: str, end: str) -> bool:
        """Whether people have decided that a key stands, in the end, for another one."""
        seen: set[str] = set()
        query = "SELECT parent FROM curated_names WHERE key = ? AND parent IS NOT NULL"
        while key not in seen and (row := self.connection.execute(query, (key,)).fetchone()):
            seen.add(key)
            key = row[0]
            if key == end:
                return True
        return False

    def _root(self, name: int) -> int:
        keys: dict[str, int] = {}

        def step(key: str) -> str | None:
            row = self.connection.execute(
                "SELECT upper.id, upper.key FROM names JOIN names AS upper"
                " ON upper.id = names.parent WHERE names.key = ?",
                (key,),
            ).fetchone()
            if row is None:
                return None
            keys[row[1]] = row[0]
            return str(row[1])

        (own,) = self.connection.execute("SELECT key FROM names WHERE id = ?", (name,)).fetchone()
        keys[own] = name
        return keys[root(own, step)]

    def commit_roots(self) -> set[int]:
        """Write the new roots. Returns the roots that gained or lost a name, or were counted."""
        self.connection.executemany(
            "UPDATE names SET root = ? WHERE id = ?",
            [(new, name) for name, new in self.roots.items()],
        )
        query = "SELECT root FROM names WHERE id IN (SELECT value FROM json_each(?))"
        rows = self.connection.execute(query, (json.dumps(sorted(self.touched)),))
        counted = {found for (found,) in rows}
        return counted | set(self.roots.values()) | set(self.old_roots.values())
