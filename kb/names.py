"""Which names, in whatever article, stand for one entity: keys of names, and alias evidence.

A name counts in its normalised form within a broad class (a place and a person of one name
stay apart). A name may point to another one: an acronym to its expansion, a surname to the
full name, any other alias where it is hardly ever used as a name of its own. What a name
points to is a function of counts over all articles, so the order in which they arrive does
not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from extractors.articles import digest, slug
from kb.naming.lore import lore

CLASSES = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "PLACE": "place"}
GROUPS = ("person", "place", "thing")
UNSHARED = frozenset({"MONEY"})
"""Types whose names say nothing about identity: an amount is not the amount of next week."""

_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}|\b(?:[A-Z]\. ?){2,}(?!\w)|\b(?:[A-Z]\. ){2,}")
_POSSESSIVE = re.compile(r"['’]s?$")
_PLURAL_MODEL = re.compile(r"(\d)s$")
_KEY_LIMIT = 120
SENSE = "~"
"""What parts a name from its sense in a key; no name holds it."""
FIELD = "^"
"""What parts a name from the field that an article gives for it ("a golfer": sport)."""
MEANT = ">"
"""What parts a short name from the name that an article means by it."""


def name_key(name: str, kind: str, sense: str | None = None) -> str:
    """The form in which two spellings of a name are the same name, in the same sense.

    >>> name_key("Amazon.com, Inc.", "ORG"), name_key("the U.S.", "GPE")
    ('thing:amazon', 'place:united-states')
    >>> name_key("President Donald Trump's", "PERSON"), name_key("Lech Wałęsa", "PERSON")
    ('person:donald-trump', 'person:lech-walesa')
    >>> name_key("Int'l Labour Organisation", "ORG"), name_key("Tiffany & Co.", "ORG")
    ('thing:international-labour-organization', 'thing:tiffany')
    >>> name_key("Apple", "ORG", "records")
    'thing:apple~records'
    """
    group = CLASSES.get(kind, "thing")
    plain = _DOTTED.sub(_undotted, name.strip()).translate(lore().letters)
    words = slug(_POSSESSIVE.sub("", plain.strip()), limit=10_000).split("-")
    half = len(words) // 2
    if half > 1 and words[:half] == words[half:]:
        words = words[:half]  # A headline run into the text: "Jane Doe - Jane Doe".
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    key = "-".join(_NORMAL[group](words))
    if len(key) > _KEY_LIMIT:
        key = f"{key[:_KEY_LIMIT].rsplit('-', 1)[0]}-{digest(key)}"
    return f"{group}:{key}{SENSE}{sense}" if sense else f"{group}:{key}"


def _undotted(found: re.Match[str]) -> str:
    letters = found.group()
    return re.sub(r"[. ]", "", letters) + (" " if letters.endswith(" ") else "")


def _person(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0] in lore().titles:
        words = words[1:]
    return words


def _place(words: list[str]) -> list[str]:
    words = [lore().spellings.get(word, word) for word in words]
    return [lore().places.get("-".join(words), "-".join(words))]


def _thing(words: list[str]) -> list[str]:
    words = [lore().spellings.get(word, word) for word in words]
    while len(words) > 1 and words[-1] in lore().legal | {"and"}:
        words = words[:-1]
    key = "-".join(words)
    return [_PLURAL_MODEL.sub(r"\1", lore().acronyms.get(key, key))]


_NORMAL: Mapping[str, Callable[[list[str]], list[str]]] = {
    "person": _person,
    "place": _place,
    "thing": _thing,
}


def plain_key(key: str) -> str:
    """The key of the name alone, whatever field or meaning an article gives it.

    >>> plain_key("person:john-smith^sport"), plain_key("person:smith>person:john-smith")
    ('person:john-smith', 'person:smith')
    """
    return key.partition(MEANT)[0].partition(FIELD)[0]


def is_short_form(alias: str, name: str) -> bool:
    """Whether one key is an acronym of another, or the last part of a person's name.

    >>> is_short_form("thing:aws", "thing:amazon-web-services")
    True
    >>> is_short_form("person:trump", "person:donald-trump")
    True
    >>> is_short_form("thing:apple", "thing:apple-corps")
    False
    """
    group, _, short = alias.partition(":")
    other, _, full = name.partition(":")
    words = full.split("-")
    if group != other or len(words) < 2:
        return False
    if group == "person" and full.endswith("-" + short):
        return True
    heads = [word[0] for word in words]
    content = [word[0] for word in words if word not in ("of", "the", "and", "for")]
    return len(short) > 1 and short in ("".join(heads), "".join(content))


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often, in how many articles, a key is a name of its own and an alias of others."""

    own: int
    targets: Mapping[str, int]
    back: frozenset[str] = field(default_factory=frozenset)
    """Targets of which this name is given as the longer or other name in turn."""
    larger: frozenset[str] = field(default_factory=frozenset)
    """Targets that are names of their own more often (or as often, and first by letters)."""


def parent(key: str, evidence: Evidence) -> str | None:
    """The key that this one points to, None when it stands for itself.

    Between several targets the best supported must lead, or the alias is ambiguous and stays by
    itself. An alias that is no short form must be used as a name of its own less often than as
    an alias, but two names of which articles give each as an alias of the other are one: the
    more usual one. The last part of a longer name ("A380" of "Airbus A380") needs less.
    """
    ranked = sorted(evidence.targets.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    target, support = ranked[0]
    if len(ranked) > 1 and support < lore().thresholds.lead * ranked[1][1]:
        return None
    if is_short_form(key, target) or support > evidence.own:
        return target
    if target in evidence.back:
        return target if target in evidence.larger else None
    tail = target.endswith("-" + key.partition(":")[2])
    return target if tail and 3 * support > evidence.own else None


def root(key: str, parent_of: Callable[[str], str | None]) -> str:
    """Where a key leads in the end. In a circle, the first of its keys in order of letters."""
    seen = [key]
    while (following := parent_of(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def alias_keys(name: str, aliases: Iterable[str], kind: str, sense: str | None = None) -> set[str]:
    """The keys that an article gives as other names of one entity, all in its sense."""
    own = name_key(name, kind, sense)
    return {name_key(alias, kind, sense) for alias in aliases} - {own}
