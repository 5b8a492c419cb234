"""Which field an article gives for one of its entities, and when two fields part a name in two.

"John Smith, a golfer" and "Senator John Smith" are of two fields that nobody belongs to at once:
where the two never turn up in the same company either, they are two people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from kb.naming.lore import lore

_WORD = re.compile(r"[a-z]+")
Company = Callable[[str, str], bool]
"""Whether two fields of a name turn up in the same company."""


def field_of(key: str, description: str | None, company: Collection[str]) -> str | None:
    """The field in which an article places a name: by its company, or by what it calls it.

    `company` are the names of what else the article mentions, without their class.

    >>> field_of("person:john-smith", "the former golfer", ())
    'sport'
    >>> field_of("place:georgia", None, {"tbilisi", "europe"})
    'country'
    """
    known = lore().company.get(key)
    if known:
        hits = {field: len(words & set(company)) for field, words in known.items()}
        best = max(sorted(hits), key=lambda field: hits[field])
        if hits[best] and list(hits.values()).count(hits[best]) == 1:
            return best
    group = key.partition(":")[0]
    for word in reversed(_WORD.findall((description or "").lower())):
        return lore().fields.get((group, word))
    return None


def parted(counts: Mapping[str, int], group: str, together: Company) -> list[list[str]]:
    """The fields of a name in as many lists as there are things with it, the largest first.

    Fields that turn up in the same company are of one thing. Of the rest, the largest takes in
    all that it does not exclude, and so on: what is left by itself is another thing.
    """
    parts: list[list[str]] = []
    for field in sorted(counts):
        near = [part for part in parts if any(together(field, other) for other in part)]
        parts = [part for part in parts if part not in near]
        parts.append([field, *(other for part in near for other in part)])

    def size(part: list[str]) -> tuple[int, str]:
        return -sum(counts[field] for field in part), min(part)

    found: list[list[str]] = []
    for part in sorted(parts, key=size):
        host = next((one for one in found if not _clash(group, one, part)), None)
        if host is None:
            found.append(part)
        else:
            host += part
    return [sorted(part) for part in sorted(found, key=size)]


def exclusive(group: str, one: str, other: str) -> bool:
    """Whether nothing of a class belongs to both fields."""
    return (group, frozenset((one, other))) in lore().exclusive


def _clash(group: str, one: Collection[str], other: Collection[str]) -> bool:
    return any(exclusive(group, a, b) for a in one for b in other)
