"""What each name stands for, or among what a bare one is given a meaning: from counts alone.

The order of the evidence: what people have decided; fields that part a name between several
things; articles that give the name as another name of something; names that may be the same
one written in another way. Every question is put by key, and the same tables give the same
answer, in whatever order the articles came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from sqlite3 import Connection

from kb.company import Company
from kb.names import FIELD, Evidence, is_short_form, parent
from kb.naming.fields import exclusive, parted
from kb.naming.lore import lore
from kb.naming.variants import CERTAIN, Reason, blocks, siblings, variant


@dataclass(frozen=True, slots=True)
class Card:
    """A row of names. `weight` counts its use as an alias too."""

    id: int
    key: str
    base: int
    own: int
    weight: int
    parent: int | None
    referents: str | None


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a base name and the rows of its fields stand for."""

    parents: dict[int, int | None]
    referents: tuple[int, ...] | None = None
    """What the name may mean, where articles have to be asked one by one; empty where it may
    come to that when other names change; None where it can't."""


@dataclass(slots=True)
class Pointing:
    """Decides for names. Made for one change, of which all counts are written; a cache of it."""

    connection: Connection
    company: Company
    cards: dict[int, Card] = field(default_factory=dict)
    by_key: dict[str, int] = field(default_factory=dict)
    _links: dict[int, dict[int, int]] = field(default_factory=dict)
    _back: dict[int, set[int]] = field(default_factory=dict)
    _fields: dict[int, dict[str, Card]] = field(default_factory=dict)
    _near: dict[int, set[int]] = field(default_factory=dict)
    _shelves: dict[tuple[str, int], tuple[tuple[int, str], ...]] = field(default_factory=dict)

    def neighbours(self, bases: Iterable[int]) -> set[int]:
        """Names whose pointers may hang on these: variants, and those they are aliases of."""
        bases = sorted(bases)
        self.load(bases)
        found: set[int] = set()
        for base in bases:
            found |= self._hanging(base, len(bases))
        marks = json.dumps(bases)
        rows = self.connection.execute(
            "SELECT back.alias FROM json_each(?) AS q CROSS JOIN name_links AS there"
            " ON there.alias = q.value CROSS JOIN name_links AS back"
            " ON back.alias = there.target AND back.target = there.alias"
            " UNION SELECT alias FROM json_each(?) AS q CROSS JOIN name_links"
            " ON target = q.value JOIN names ON names.id = alias WHERE referents IS NOT NULL"
            " OR EXISTS (SELECT 1 FROM names AS row WHERE row.base = alias AND row.id != alias)",
            (marks, marks),
        )
        return found | {name for (name,) in rows}

    def aliases(self, bases: Iterable[int]) -> set[int]:
        """Names that articles give as other names of these."""
        query = (
            "SELECT alias FROM json_each(?) AS q CROSS JOIN name_links ON name_links.target = value"
        )
        return {name for (name,) in self.connection.execute(query, (json.dumps(sorted(bases)),))}

    def load(self, ids: Iterable[int]) -> None:
        """Read rows of names that are not known yet, and what hangs on them."""
        missing = sorted(set(ids) - self.cards.keys())
        if not missing:
            return
        marks = json.dumps(missing)
        read = self.connection.execute
        for alias, target, n in read(
            "SELECT alias, target, n FROM json_each(?) AS q CROSS JOIN name_links"
            " ON alias = q.value",
            (marks,),
        ):
            self._links.setdefault(alias, {})[target] = n
        for name, alias in read(
            "SELECT q.value, alias FROM json_each(?) AS q CROSS JOIN name_links"
            " ON target = q.value WHERE alias IN"
            " (SELECT target FROM name_links AS mine WHERE mine.alias = q.value)",
            (marks,),
        ):
            self._back.setdefault(name, set()).add(alias)
        rows = read(
            "SELECT id, key, base, uses, parent, referents FROM names"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (marks,),
        )
        for name, key, base, own, above, referents in rows:
            weight = own + sum(self._links.get(name, {}).values())
            self.cards[name] = Card(name, key, base, own, weight, above, referents)
            self.by_key[key] = name
        for name, key, base, own, above in read(
            "SELECT names.id, names.key, base, uses, names.parent FROM json_each(?) AS q"
            " CROSS JOIN names ON base = q.value WHERE names.id != base AND uses > 0",
            (marks,),
        ):
            if FIELD in key.partition(">")[0]:
                card = self.cards[name] = Card(name, key, base, own, own, above, None)
                self._fields.setdefault(base, {})[key.partition(FIELD)[2]] = card

    def key(self, name: int) -> str:
        """The key of a row of names."""
        self.load([name])
        return self.cards[name].key

    def owner(self, name: int) -> int:
        """The base of a row of names."""
        self.load([name])
        return self.cards[name].base

    def rows(self, referent: int) -> list[int]:
        """All rows of what a name may mean: of the fields of one of several namesakes."""
        base = self.owner(referent)
        if base == referent:
            return [referent]
        self.load([base])
        fields = self._fields.get(base, {})
        parts = [[fields[name].id for name in part] for part in self._parts(base)]
        return next((part for part in parts if referent in part), [referent])

    def _mates(self, base: int) -> set[int]:
        """Names in use that may be variants of this one, from shelves that are not too full."""
        if base not in self._near:
            key, most = self.cards[base].key, lore().thresholds.block
            shelves = [self._shelf(block, 1) for block in blocks(key)]
            near = [mate for shelf in shelves if len(shelf) <= most for mate in shelf]
            found = {name for name, other in near if variant(key, other)}
            self._near[base] = (found | self._siblings(key)) - {base}
        return self._near[base]

    def _hanging(self, base: int, changes: int) -> set[int]:
        """Names whose variants this one may be among, now or before so many names changed."""
        key, most = self.cards[base].key, lore().thresholds.block
        found = self._siblings(key)
        for block in blocks(key):
            shelf = self._shelf(block, changes)
            if len(shelf) > most + changes:
                continue
            brimful = len(shelf) > most - changes
            found |= {name for name, other in shelf if brimful or variant(key, other)}
        return found - {base}

    def _shelf(self, block: str, spare: int) -> tuple[tuple[int, str], ...]:
        """The names on a shelf, and their keys; of one that is too full only part of it."""
        if (block, spare) not in self._shelves:
            rows = self.connection.execute(
                "SELECT name, key FROM name_blocks JOIN names ON id = name WHERE block = ? LIMIT ?",
                (block, lore().thresholds.block + spare + 1),
            )
            self._shelves[block, spare] = tuple(rows)
        return self._shelves[block, spare]

    def _siblings(self, key: str) -> set[int]:
        """The same name in other classes, where it is in use."""
        others = siblings(key)
        query = f"SELECT id FROM names WHERE uses > 0 AND key IN ({', '.join('?' * len(others))})"  # noqa: S608
        return {name for (name,) in self.connection.execute(query, others)}

    def decide(self, base: int) -> Pointer:
        """What a base name and the rows of its fields stand for, by the evidence."""
        self.load([base])
        card, fields = self.cards[base], self._fields.get(base, {})
        parts = self._parts(base)
        if len(parts) > 1:
            return self._split(card, parts)
        target, referents = self._alias(card)
        if target is None and not referents:
            target, more = self._variant(card)
            referents = more or referents
        if target is not None and not referents:
            self.load([target])
            split = self._parts(target)
            if len(split) > 1:
                referents = [self._fields[target][part[0]].id for part in split]
            else:
                referents = self._alias(self.cards[target])[1] or referents
        parents: dict[int, int | None] = {base: target}
        meant = referents or ([] if target is None else [target])
        for name, row in fields.items():
            parents[row.id] = self._placed(name, meant, base)
        several = None if referents is None else tuple(sorted(set(referents)))
        return Pointer(parents, several)

    def prepare(self, bases: Iterable[int]) -> None:
        """Read together what deciding for these names will ask for."""
        self.load(bases)
        self.load([target for base in bases for target in self._links.get(base, ())])
        self.load([mate for base in bases for mate in self._mates(base)])

    def _parts(self, base: int) -> list[list[str]]:
        """The fields of a name, in as many lists as there are things with it."""
        fields = self._fields.get(base, {})
        group, _, name = self.cards[base].key.partition(":")
        if len(fields) < 2 or (group == "person" and "-" not in name):
            return [sorted(fields)]  # A surname is parted by the full names that it stands for.
        counts = {field: card.own for field, card in fields.items()}
        return parted(counts, group, lambda a, b: self.company.shared(fields[a].id, fields[b].id))

    def _split(self, card: Card, parts: list[list[str]]) -> Pointer:
        """Several things with one name: each is the row of the first of its fields."""
        fields = self._fields[card.id]
        heads = [fields[part[0]].id for part in parts]
        sizes = [sum(fields[name].own for name in part) for part in parts]
        clear = sizes[0] >= lore().thresholds.lead * sizes[1]
        parents: dict[int, int | None] = {card.id: heads[0] if clear else None}
        for head, part in zip(heads, parts, strict=True):
            for name in part:
                parents[fields[name].id] = head if fields[name].id != head else None
        return Pointer(parents, tuple(sorted(heads)))

    def _placed(self, name: str, meant: list[int], base: int) -> int | None:
        """What a name in a field stands for: the one that has the field, or does not exclude it."""
        self.load(meant)
        open_to = []
        for target in meant:
            owner = self.cards[target].base
            self.load([owner])
            known = self._fields.get(owner, {})
            if owner == target and name in known and len(meant) > 1:
                return known[name].id
            if self.cards[target].key.partition(FIELD)[2] == name:
                return target
            group = self.cards[target].key.partition(":")[0]
            if not known or not all(exclusive(group, name, other) for other in known):
                open_to.append(target)
        if meant and not open_to:
            return None
        if len(open_to) == 1 and len(meant) > 1:
            return open_to[0]
        return base

    def _alias(self, card: Card) -> tuple[int | None, list[int] | None]:
        """What articles give a name as another name of."""
        links = self._links.get(card.id, {})
        self.load(links)
        targets = {self.cards[target].key: n for target, n in links.items()}
        if not targets:
            return None, None
        back = self._back.get(card.id, set())
        found = parent(
            card.key,
            Evidence(
                card.own,
                targets,
                frozenset(self.cards[other].key for other in back),
                frozenset(self.cards[t].key for t in links if self._prefers(card, self.cards[t])),
            ),
        )
        short = [
            self.by_key[key]
            for key in sorted(targets)
            if is_short_form(card.key, key) or _is_part(card.key, key)
        ]
        target = self.by_key[found] if found else None
        if len(short) > 1 and (target is None or target in short):
            short = self._distinct(short)
            return target, short if len(short) > 1 else []
        return target, None

    def _distinct(self, names: list[int]) -> list[int]:
        """Names without those that may be variants of a more usual one among them."""
        kept: list[int] = []
        for name in sorted(names, key=lambda name: self._rank(self.cards[name]), reverse=True):
            key = self.cards[name].key
            if not any(variant(key, self.cards[other].key) in CERTAIN for other in kept):
                kept.append(name)
        return kept

    def _variant(self, card: Card) -> tuple[int | None, list[int] | None]:
        """Which more usual or fuller name a name is a variant of."""
        if not card.own:
            return None, None
        found: list[Card] = []
        mates = self._mates(card.id)
        self.load(mates)
        for mate in mates:
            other = self.cards[mate]
            reason = variant(card.key, other.key) if other.own else None
            if reason and self._leads(card, other, reason) and self._enough(card, other, reason):
                found.append(other)
        if not found:
            return None, None
        found.sort(key=self._rank, reverse=True)
        best = found[0]
        rest = [other for other in found[1:] if variant(best.key, other.key) is None]
        if not rest:
            return best.id, None
        clear = best.weight >= lore().thresholds.lead * max(other.weight for other in rest)
        return best.id if clear else None, [best.id, *(other.id for other in rest)]

    def _leads(self, one: Card, other: Card, reason: Reason) -> bool:
        """Whether the second of two variants is the one to go by."""
        if reason == "acronym":
            return len(other.key) > len(one.key)
        if reason == "initials":
            return _initial(one.key) and (not _initial(other.key) or self._prefers(one, other))
        return self._prefers(one, other)

    def _prefers(self, one: Card, other: Card) -> bool:
        return self._rank(other) > self._rank(one)

    @staticmethod
    def _rank(card: Card) -> tuple[int, int, str]:
        return card.weight, -len(card.key), card.key

    def _enough(self, one: Card, other: Card, reason: Reason) -> bool:
        """Whether two possible variants are one name."""
        group = one.key.partition(":")[0]
        mine, theirs = self._fields.get(one.id, {}), self._fields.get(other.id, {})
        pairs = [(a, b) for a in mine for b in theirs]
        if pairs and all(exclusive(group, a, b) for a, b in pairs):
            return False
        if reason in CERTAIN:
            return True
        few = one.own <= lore().thresholds.rare * other.own
        if _town_or_person(one.key, other.key):
            # They share so many names that one word alone is no evidence.
            return few and self.company.shared(one.id, other.id)
        if reason == "spelling":
            return self.company.same_story(one.id, other.id)
        if reason == "type" and (few or "-" in one.key):
            return True
        return self.company.shared(one.id, other.id)


def _is_part(key: str, name: str) -> bool:
    """Whether a key is the end of another one, or a person's given name alone."""
    group, _, short = key.partition(":")
    full = name.partition(":")[2]
    return full.endswith("-" + short) or (group == "person" and full.startswith(short + "-"))


def _town_or_person(one: str, other: str) -> bool:
    """Whether two keys are one word as the name of a person and of a place."""
    groups = {one.partition(":")[0], other.partition(":")[0]}
    return groups == {"person", "place"} and "-" not in one


def _initial(key: str) -> bool:
    return len(key.partition(":")[2].partition("-")[0]) == 1
