"""Which names, in whatever article, stand for one entity: keys of names, and alias evidence.

A name counts in its normalised form within a broad class (a place and a person of one name
stay apart). A name may point to a longer one: an acronym to its expansion, a surname to the
full name, any other alias where it is hardly ever used as a name of its own. What a name
points to is a function of counts over all articles, so the order in which they arrive does
not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from extractors.articles import digest, slug

CLASSES = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "PLACE": "place"}
UNSHARED = frozenset({"MONEY"})
"""Types whose names say nothing about identity: an amount is not the amount of next week."""

_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s?$")
_LEGAL = frozenset(
    "inc incorporated corp corporation co company ltd limited llc llp plc gmbh ag sa nv spa".split()
)
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president senator sen representative rep "
    "congressman congresswoman governor gov mayor judge justice general gen colonel col captain "
    "chancellor minister king queen prince princess pope secretary republican democrat".split()
)
_KEY_LIMIT = 120
SENSE = "~"
"""What parts a name from its sense in a key; no name holds it."""


def name_key(name: str, kind: str, sense: str | None = None) -> str:
    """The form in which two spellings of a name are the same name, in the same sense.

    >>> name_key("Amazon.com, Inc.", "ORG"), name_key("the U.S.", "GPE")
    ('thing:amazon-com', 'place:us')
    >>> name_key("President Donald Trump's", "PERSON")
    'person:donald-trump'
    >>> name_key("Apple", "ORG", "records")
    'thing:apple~records'
    """
    group = CLASSES.get(kind, "thing")
    plain = _DOTTED.sub(lambda found: found.group().replace(".", ""), name.strip())
    words = slug(_POSSESSIVE.sub("", plain), limit=10_000).split("-")
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if group == "person":
        while len(words) > 1 and words[0] in _TITLES:
            words = words[1:]
    if group == "thing":
        while len(words) > 1 and words[-1] in _LEGAL:
            words = words[:-1]
    key = "-".join(words)
    if len(key) > _KEY_LIMIT:
        key = f"{key[:_KEY_LIMIT].rsplit('-', 1)[0]}-{digest(key)}"
    return f"{group}:{key}{SENSE}{sense}" if sense else f"{group}:{key}"


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


def parent(key: str, evidence: Evidence) -> str | None:
    """The key that this one points to, None when it stands for itself.

    Between several targets the best supported must lead two to one, or the alias is ambiguous
    and stays by itself. An alias that is no short form must be used as a name of its own less
    often than as an alias.
    """
    ranked = sorted(evidence.targets.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    target, support = ranked[0]
    if len(ranked) > 1 and support < 2 * ranked[1][1]:
        return None
    if is_short_form(key, target) or support > evidence.own:
        return target
    return None


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
