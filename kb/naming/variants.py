"""Whether two keys may be one name written in two ways, and where to look for such pairs.

`blocks` gives each key a few shelves; keys without a shelf in common are never compared. What
`variant` says of a pair depends on the two keys alone; whether that is enough to join them is
decided in kb/resolution.py by how often, and in whose company, each is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kb.naming.lore import lore

Reason = Literal[
    "initials", "nickname", "middle name", "full name", "spelling", "plural", "acronym", "type"
]

CERTAIN: frozenset[Reason] = frozenset({"initials", "nickname", "middle name"})
"""Reasons that join two names unless something speaks against it; the others want more: that
one of the names is rare, or that both turn up in the same company."""

_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"[ckqg]h|ck|[cqg]"), "k"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"[sz]h?|sch|x"), "s"),
    (re.compile(r"[wv]"), "v"),
    (re.compile(r"j"), "y"),
    (re.compile(r"(?<=.)[aeiouyh]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_VOWELS = re.compile(r"[aeiou]")
_LONG = 7
"""Letters from which on a second wrong vowel is let pass."""
_SHORTEST = 5
"""Letters that a name has at least when a slip in it is looked for."""


def skeleton(word: str) -> str:
    """The consonants of a word, those that transliterations take for one another as one.

    >>> skeleton("gaddafi") == skeleton("qadhafi") == skeleton("kadafi")
    True
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


@dataclass(frozen=True, slots=True)
class _Person:
    """A person's name: given name, names between, surname, and what tells generations apart."""

    given: str
    middle: tuple[str, ...]
    last: str
    generation: str


@lru_cache(maxsize=20_000)
def _person(key: str) -> _Person | None:
    words = key.partition(":")[2].split("-")
    generation = ""
    if len(words) > 2 and words[-1] in lore().generations:
        generation = words.pop()
    if len(words) < 2:
        return None
    given, *middle = words[:-1]
    if len(given) == 1 and middle and len(middle[0]) > 1:
        given, *middle = middle  # "W. Mark Felt" goes by Mark.
    return _Person(given, tuple(middle), words[-1], generation)


@lru_cache(maxsize=20_000)
def blocks(key: str) -> frozenset[str]:
    """The shelves on which the variants of a key lie.

    >>> sorted(blocks("person:bill-clinton"))
    ['p:b:klntn', 'p:v:klntn']
    >>> blocks("person:trump") | blocks("thing:ibm~sense")
    frozenset()
    """
    group, _, name = key.partition(":")
    if "~" in name:
        return frozenset()  # A person has said what it is.
    if group == "person" and (person := _person(key)):
        starts = {name[0] for name in (person.given, *lore().full_names.get(person.given, ()))}
        last = skeleton(person.last)
        return frozenset(f"p:{skeleton(start)}:{last}" for start in starts)
    found: set[str] = set()
    words = name.split("-")
    letters = name.replace("-", "")
    if len(letters) >= lore().thresholds.slip and not any(map(str.isdigit, letters)):
        found.add(f"s:{group}:{skeleton(letters)}")
    if group == "thing":
        if len(letters) >= _SHORTEST:
            found.add(f"n:{letters.removesuffix('s')}")
        initials = "".join(word[0] for word in words if word not in _SMALL)
        if 3 <= len(initials) <= 6:
            found.add(f"a:{initials}")
        if len(words) == 1 and 3 <= len(name) <= 6:
            found.add(f"a:{name}")
    return frozenset(found)


_SMALL = frozenset({"of", "the", "and", "for"})


def siblings(key: str) -> tuple[str, ...]:
    """The same name in other classes: an extraction may have taken it for the wrong thing."""
    group, _, name = key.partition(":")
    if "~" in name:
        return ()
    return tuple(f"{other}:{name}" for other in ("person", "place", "thing") if other != group)


@lru_cache(maxsize=50_000)
def variant(one: str, other: str) -> Reason | None:
    """Why two keys may be one name, None when they can't be. Symmetric.

    >>> variant("person:j-doe", "person:jane-doe"), variant("person:joe-doe", "person:joseph-doe")
    ('initials', 'nickname')
    >>> variant("person:bill-doe", "person:will-doe")
    >>> variant("person:george-w-bush", "person:george-h-bush")
    """
    group, _, name = one.partition(":")
    other_group, _, other_name = other.partition(":")
    if group != other_group:
        return "type" if other in siblings(one) else None
    first, second = _person(one), _person(other)
    if group == "person" and first and second:
        return _people(first, second)
    if group == "thing" and (reason := _things(name, other_name)):
        return reason
    return "spelling" if _slip(name.replace("-", ""), other_name.replace("-", "")) else None


def _people(one: _Person, other: _Person) -> Reason | None:
    if one.generation and other.generation and one.generation != other.generation:
        return None
    given = _given(one.given, other.given)
    last = "same" if one.last == other.last else None
    if last is None and _slip(one.last, other.last):
        last = "spelling"
    if given is None or last is None or not _middles(one.middle, other.middle):
        return None
    if last == "spelling" or given == "spelling":
        return "spelling" if "same" in (given, last) or given == last else None
    if given == "same":
        return "middle name"
    if given == "initials":
        return "initials"
    told = [part for part in (one.middle, other.middle) if part]
    return "nickname" if len(told) != 1 or len(told[0][0]) == 1 else "full name"


def _given(one: str, other: str) -> str | None:
    if one == other:
        return "same"
    if 1 in (len(one), len(other)):
        return "initials" if one[0] == other[0] else None
    full, other_full = lore().full_names.get(one, frozenset()), lore().full_names.get(other, ())
    if one in other_full or other in full:
        return "nickname"
    if full and other_full:
        return None  # Two given names that are known, and not for one another.
    return "spelling" if _slip(one, other) else None


def _middles(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names agree as far as both are given."""
    pairs = zip(one, other, strict=False)
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def _things(one: str, other: str) -> Reason | None:
    short, long = sorted((one, other), key=len)
    if long == short + "s":
        return "plural"
    words = [word for word in long.split("-") if word not in _SMALL]
    if "-" not in short and len(words) > 2 and short == "".join(word[0] for word in words):
        return "acronym"
    return None


def _slip(one: str, other: str) -> bool:
    """Whether two words differ by one slip, or by a transliteration, and are long enough."""
    if min(len(one), len(other)) < _SHORTEST or one == other:
        return False
    if any(map(str.isdigit, one + other)) or skeleton(one) != skeleton(other):
        return False
    if one + "s" == other or other + "s" == one:
        return False
    one, other = one.replace("y", "i"), other.replace("y", "i")
    if _VOWELS.sub("", one) == _VOWELS.sub("", other) and min(len(one), len(other)) >= _LONG:
        return distance(one, other) <= 2
    return distance(one, other) <= 1


def distance(one: str, other: str) -> int:
    """Letters to add, drop, replace or swap with the next (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row, last = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
