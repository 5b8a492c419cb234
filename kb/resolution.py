"""Names in the index: which entity each name stands for, kept up to date article by article."""

# ruff: noqa: S608 - only our own names are written into statements; values are parameters

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from sqlite3 import Connection

from kb.company import Bare, Company
from kb.names import FIELD, MEANT, UNSHARED, alias_keys, name_key, plain_key, root
from kb.naming.fields import field_of
from kb.naming.variants import blocks
from kb.pointing import Pointer, Pointing
from kb.records import ArticleRecord, LocalEntity


@dataclass(frozen=True, slots=True)
class Moved:
    """A local entity of an article that was there before, which is now taken for another one."""

    row: int
    article: int
    local: str
    old: int
    new: int


@dataclass(slots=True)
class Names:
    """What changes about names while articles come and go, until `settle` writes it."""

    connection: Connection
    touched: set[int] = field(default_factory=set)
    forms: Counter[tuple[int, str, str, int]] = field(default_factory=Counter)
    links: Counter[tuple[int, int]] = field(default_factory=Counter)
    uses: Counter[int] = field(default_factory=Counter)
    places: dict[int, set[str]] = field(default_factory=dict)
    """Base name -> where in the order of articles its use has changed."""
    locals: dict[int, dict[str, int]] = field(default_factory=dict)
    """Article that is put in -> the name of each of its entities."""
    roots: dict[int, int] = field(default_factory=dict)
    """New root of each name whose root changes, after `settle`."""
    old_roots: dict[int, int] = field(default_factory=dict)
    curated: bool = False
    """Whether people have decided anything about names."""
    moved: dict[int, Moved] = field(default_factory=dict)
    """By row, after `settle`."""

    def ids(self, keys: Iterable[str]) -> dict[str, int]:
        """The rows of these keys, made where they are new: a new name stands for itself."""
        wanted = sorted(set(keys))
        query = "SELECT key, id FROM names WHERE key IN (SELECT value FROM json_each(?))"
        found: dict[str, int] = dict(self.connection.execute(query, (json.dumps(wanted),)))
        for key in wanted:
            if key not in found:
                plain = plain_key(key)
                base = self.ids([plain])[plain] if plain != key else None
                row = self.connection.execute(
                    "INSERT INTO names (key, root, base) VALUES (?, 0, ?)", (key, base or 0)
                )
                found[key] = row.lastrowid or 0
                self.connection.execute(
                    "UPDATE names SET root = id, base = ? WHERE id = ?",
                    (base or found[key], found[key]),
                )
        return found

    def add(self, article: int, record: ArticleRecord) -> dict[str, int]:
        """Count an article's names in.

        Returns the name of each of its entities, which `settle` may still change in place.
        """
        shared = [entity for entity in record.entities if entity.type not in UNSHARED]
        bare = {entity.id: name_key(entity.name, entity.type, entity.sense) for entity in shared}
        company = {key.partition(":")[2] for key in bare.values()}
        keys = {entity.id: _in_field(bare[entity.id], entity, company) for entity in shared}
        aliases = {e.id: alias_keys(e.name, e.aliases, e.type, e.sense) for e in shared}
        ids = self.ids(
            [*bare.values(), *keys.values(), *(key for found in aliases.values() for key in found)]
        )
        rows = []
        for entity in shared:
            name, base = ids[keys[entity.id]], ids[bare[entity.id]]
            ordering = f"{record.published or '9999'}|{record.slug}|{entity.id}"
            row = (entity.name, entity.type, json.dumps(entity.aliases), entity.description)
            rows.append((article, entity.id, name, base, *row, ordering, entity.sense))
            self._count(name, base, entity, ordering, 1)
        self.connection.executemany(
            "INSERT INTO local_entities (article, local, name, bare, label, type, aliases,"
            " description, ordering, sense) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        self.locals[article] = {local: ids[key] for local, key in keys.items()}
        return self.locals[article]

    def remove(self, article: int) -> None:
        """Count an article's names out."""
        query = (
            "SELECT local, name, bare, label, type, aliases, sense, ordering FROM local_entities"
            " WHERE article = ?"
        )
        for local, name, base, label, kind, aliases, sense, ordering in self.connection.execute(
            query, (article,)
        ):
            names = tuple(json.loads(aliases))
            entity = LocalEntity(local, label, kind, names, None, (), sense)
            self._count(name, base, entity, ordering, -1)
        self.connection.execute("DELETE FROM local_entities WHERE article = ?", (article,))

    def _count(self, name: int, base: int, entity: LocalEntity, ordering: str, step: int) -> None:
        self.touched.add(base)
        self.places.setdefault(base, set()).add(ordering)
        self._tell(name, base, entity.name, entity.type, entity.aliases, step)
        others = alias_keys(entity.name, entity.aliases, entity.type, entity.sense)
        for other in self.ids(others).values():
            self.touched.add(other)
            self.links[other, base] += step

    def _tell(
        self, name: int, base: int, form: str, kind: str, aliases: Iterable[str], step: int
    ) -> None:
        """Count the forms of one use of a name."""
        self.forms[name, form, kind, 1] += step
        for alias in aliases:
            self.forms[name, alias, kind, 0] += step
        for row in {name, base}:
            self.uses[row] += step

    def touch(self, keys: Iterable[str]) -> None:
        """See to it that names of which something was decided are looked at again."""
        self.touched |= set(self.ids(plain_key(key) for key in keys).values())

    def settle(self) -> None:
        """Write the counts, and find out which names now stand for another entity."""
        self._write_counts()
        query = "SELECT EXISTS (SELECT 1 FROM curated_names)"
        self.curated = bool(self.connection.execute(query).fetchone()[0])
        if self.curated:
            self._follow_decisions()
        company = Company(self.connection)
        pointing = Pointing(self.connection, company)
        moved: set[int] = set()
        done: set[int] = set()
        waiting = self.touched | pointing.neighbours(self.touched)
        while waiting:
            pointing.prepare(waiting)
            parted: set[int] = set()
            for base in sorted(waiting):
                if self._point(base, pointing, company, moved):
                    parted.add(base)
            done |= waiting
            near = pointing.aliases(parted) | pointing.neighbours(parted) if parted else set()
            waiting = near - done
        self._write_counts()
        for name in self._below(moved):
            row = self.connection.execute("SELECT root FROM names WHERE id = ?", (name,))
            (before,), after = row.fetchone(), self._root(name)
            if before != after:
                self.roots[name], self.old_roots[name] = after, before

    def _write_counts(self) -> None:
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
        self._write_uses()
        for counts in (self.forms, self.links, self.uses):
            counts.clear()

    def _write_uses(self) -> None:
        """Write how often names are used, and shelve those that come into use."""
        for name, n in self.uses.items():
            if not n:
                continue
            row = self.connection.execute(
                "UPDATE names SET uses = uses + ? WHERE id = ? RETURNING key, uses", (n, name)
            ).fetchone()
            key, own = row
            if own in (n, 0):
                shelved = (
                    "INSERT INTO name_blocks VALUES (?, ?)"
                    if own
                    else "DELETE FROM name_blocks WHERE block = ? AND name = ?"
                )
                if plain_key(key) == key:
                    self.connection.executemany(shelved, [(block, name) for block in blocks(key)])

    def _point(self, base: int, pointing: Pointing, company: Company, moved: set[int]) -> bool:
        """Write what a name stands for. Returns whether it is newly parted, or no longer."""
        pointer = pointing.decide(base)
        curated = self._decided(pointing.cards[base].key)
        if curated is not None:
            parents = dict.fromkeys(pointer.parents, base) | {base: curated[0]}
            pointer = Pointer(parents)
        for name, target in sorted(pointer.parents.items()):
            decided = self._decided(pointing.key(name)) if name != base else curated
            if decided is None and target is not None:
                chosen = None if self._leads(pointing.key(target), pointing.key(name)) else target
            else:
                chosen = decided[0] if decided else target
            if chosen != pointing.cards[name].parent:
                update = "UPDATE names SET parent = ? WHERE id = ?"
                self.connection.execute(update, (chosen, name))
                moved.add(name)
        return self._assign(base, pointer, pointing, company, moved)

    def _assign(
        self,
        base: int,
        pointer: Pointer,
        pointing: Pointing,
        company: Company,
        moved: set[int],
    ) -> bool:
        """Give bare uses of a name a meaning each, as far as their articles tell."""
        before = pointing.cards[base].referents
        rows = [pointing.rows(referent) for referent in pointer.referents or ()]
        after = None if pointer.referents is None else json.dumps(rows)
        if before == after and not rows:
            return False
        if before != after:
            update = "UPDATE names SET referents = ? WHERE id = ?"
            self.connection.execute(update, (after, base))
            uses = company.bare(base, None)
        else:
            spans = [(place, place) for place in self.places.get(base, ())]
            for parts in rows:
                owner = pointing.owner(parts[0])
                spans += [company.reach(parts, place) for place in self.places.get(owner, ())]
            uses = company.bare(base, spans)
        plain = pointing.cards[base].key
        for use in uses:
            chosen = company.meant(base, use, rows) if rows else None
            name = base
            if chosen is not None and pointer.referents:
                target = pointer.referents[chosen]
                key = f"{plain}{MEANT}{pointing.key(target)}"
                name = self.ids([key])[key]
                changed = self.connection.execute(
                    "UPDATE names SET parent = ? WHERE id = ? AND parent IS NOT ?",
                    (target, name, target),
                )
                if changed.rowcount:
                    moved.add(name)
            if name != use.name:
                self._reassign(use, base, name)
        return before != after

    def _reassign(self, use: Bare, base: int, name: int) -> None:
        query = (
            "UPDATE local_entities SET name = ? WHERE id = ? RETURNING local, label, type, aliases"
        )
        row = self.connection.execute(query, (name, use.row)).fetchone()
        local, label, kind, aliases = row
        self._tell(use.name, base, label, kind, json.loads(aliases), -1)
        self._tell(name, base, label, kind, json.loads(aliases), 1)
        if use.article in self.locals:
            self.locals[use.article][local] = name
            return
        old = self.moved[use.row].old if use.row in self.moved else use.name
        self.moved[use.row] = Moved(use.row, use.article, local, old, name)

    def _below(self, moved: set[int]) -> list[int]:
        """Names whose way to the root has changed: those that point elsewhere, and all below."""
        below = (
            "WITH RECURSIVE below (id) AS (SELECT value FROM json_each(?)"
            " UNION SELECT names.id FROM names JOIN below ON names.parent = below.id)"
            " SELECT id FROM below"
        )
        rows = self.connection.execute(below, (json.dumps(sorted(moved)),))
        return [name for (name,) in rows]

    def _follow_decisions(self) -> None:
        """Look again at names that were decided to stand for one that comes or goes."""
        rows = self.connection.execute(
            "SELECT lower.base FROM json_each(?) AS q JOIN names AS upper ON upper.base = q.value"
            " JOIN curated_names ON curated_names.parent = upper.key"
            " JOIN names AS lower ON lower.key = curated_names.key",
            (json.dumps(sorted(self.touched)),),
        )
        self.touched |= {name for (name,) in rows}

    def _decided(self, key: str) -> tuple[int | None] | None:
        """What people have decided that a key stands for; None where nothing acts.

        A name can't stand for one that no article uses: such a decision waits for it.
        """
        if not self.curated:
            return None
        query = "SELECT parent FROM curated_names WHERE key = ? AND parent IS NOT NULL"
        row = self.connection.execute(query, (key,)).fetchone()
        if row is None or row[0] == key:
            return None if row is None else (None,)
        target: tuple[int] | None = self.connection.execute(
            "SELECT id FROM names WHERE key = ? AND uses > 0", row
        ).fetchone()
        return target

    def _leads(self, key: str, end: str) -> bool:
        """Whether people have decided that a key stands, in the end, for another one."""
        if not self.curated:
            return False
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

    def moved_claims(self) -> list[int]:
        """Claims in which names take part that now stand for another entity."""
        these = "WHERE name IN (SELECT value FROM json_each(?1))"
        query = f"SELECT claim FROM participants {these} UNION SELECT claim FROM claim_keys {these}"
        rows = self.connection.execute(query, (json.dumps(sorted(self.roots)),))
        found = {claim for (claim,) in rows}
        mine = "JOIN claims ON claims.id = claim WHERE article = ?1 AND name = ?2"
        for moved in self.moved.values():
            rows = self.connection.execute(
                f"SELECT claim FROM participants {mine}"
                f" UNION SELECT claim FROM claim_keys {mine}"
                " UNION SELECT id FROM claims WHERE article = ?1 AND source = ?2",
                (moved.article, moved.old),
            )
            found |= {claim for (claim,) in rows}
        return sorted(found)

    def commit_roots(self) -> set[int]:
        """Write the new roots. Returns the roots that gained or lost a name, or were counted."""
        self.connection.executemany(
            "UPDATE names SET root = ? WHERE id = ?",
            [(new, name) for name, new in self.roots.items()],
        )
        for moved in self.moved.values():
            self._move(moved)
        rows = self.touched | {name for m in self.moved.values() for name in (m.old, m.new)}
        query = (
            "SELECT root FROM names WHERE id IN (SELECT value FROM json_each(?1))"
            " OR base IN (SELECT value FROM json_each(?1))"
        )
        counted = {
            found for (found,) in self.connection.execute(query, (json.dumps(sorted(rows)),))
        }
        return counted | set(self.roots.values()) | set(self.old_roots.values())

    def _move(self, moved: Moved) -> None:
        """Let an article's claims speak of the name that its entity is now taken for."""
        values = (moved.new, moved.old, moved.article)
        mine = "(SELECT id FROM claims WHERE article = ?)"
        for table in ("participants", "claim_keys"):
            self.connection.execute(
                f"UPDATE OR REPLACE {table} SET name = ? WHERE name = ? AND claim IN {mine}",
                values,
            )
        self.connection.execute(
            "UPDATE claims SET source = ? WHERE source = ? AND article = ?", values
        )


def _in_field(key: str, entity: LocalEntity, company: set[str]) -> str:
    """The key of a name in the field that its article gives for it, if any."""
    if entity.sense:
        return key
    found = field_of(key, entity.description, company - {key.partition(":")[2]})
    return f"{key}{FIELD}{found}" if found else key
