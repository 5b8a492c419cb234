"""Which names of an article name one thing: acronyms, surnames, short and legal names, plurals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol, TypeVar

from spacy.tokens import Doc

from extractors.entities.names import Name
from extractors.entities.types import LEGAL_FORMS, PLACES
from extractors.extraction import EntityType

_SMALL = frozenset({"of", "and", "the", "for", "in", "on", "de", "&"})
# More evidence than stray labels give: a title, a definition.
_SURELY = 2.5
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Named(Protocol):
    """What this module needs of an entity in the making."""

    names: list[Name]
    type: EntityType
    votes: defaultdict[str, float]
    place: bool


D = TypeVar("D", bound=Named)


def join_aliases(doc: Doc, drafts: Sequence[D]) -> list[list[D]]:
    """The drafts in groups, one group for each entity."""
    union = _Union(len(drafts))
    forms = [_words(draft) for draft in drafts]
    by_form: dict[tuple[str, ...], int] = {}
    for index, form in enumerate(forms):
        by_form.setdefault(form, index)
    for index, draft in enumerate(drafts):
        _join_written_variants(index, draft, forms[index], by_form, union, drafts)
    _join_acronyms(doc, drafts, forms, union)
    _join_people(drafts, forms, union)
    _join_short_names(drafts, forms, union)
    groups: dict[int, list[D]] = {}
    for index, draft in enumerate(drafts):
        groups.setdefault(union.find(index), []).append(draft)
    return list(groups.values())


class _Union:
    """Disjoint sets of integers."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        a, b = sorted((self.find(i), self.find(j)))
        self.parent[b] = a


def _words(draft: Named) -> tuple[str, ...]:
    """The comparable words of a name, without possessive."""
    return tuple(re.sub(r"'s?$", "", draft.names[0].key).split())


def _join_written_variants(
    index: int,
    draft: Named,
    form: tuple[str, ...],
    by_form: dict[tuple[str, ...], int],
    union: _Union,
    drafts: Sequence[Named],
) -> None:
    """ "Apple Inc." with "Apple", "iPhones" with "iPhone", "the A380's" with "A380"."""
    bare = form
    while len(bare) > 1 and bare[-1].rstrip(",") in LEGAL_FORMS:
        bare = bare[:-1]
    variants = [bare, form]
    if draft.type not in ("PERSON", *PLACES) and form and form[-1].endswith("s"):
        variants.append((*form[:-1], form[-1][:-1]))
    if len(form) > 1 and draft.type == "PRODUCT":
        variants.append(form[1:] if _is_maker(form[0], by_form, drafts) else form)
    for variant in variants:
        other = by_form.get(variant)
        if other is not None and other != index:
            if draft.place or drafts[other].place:
                continue
            union.join(index, other)


def _is_maker(word: str, by_form: dict[tuple[str, ...], int], drafts: Sequence[Named]) -> bool:
    other = by_form.get((word,))
    return other is not None and drafts[other].type == "ORG"


def initials(words: Sequence[str]) -> set[str]:
    """The acronyms that a name may have.

    >>> sorted(initials(("university", "of", "east", "anglia")))
    ['uea', 'uoea']
    """
    return {
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if word not in _SMALL),
    }


def _join_acronyms(
    doc: Doc, drafts: Sequence[Named], forms: Sequence[tuple[str, ...]], union: _Union
) -> None:
    """ "AWS" with "Amazon Web Services": in brackets right after it, or by its initials."""
    long_names: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    for index, draft in enumerate(drafts):
        for name in draft.names:
            ends[name.end] = index
        if len(forms[index]) > 1:
            for short in initials(forms[index]):
                long_names.setdefault(short, []).append(index)
    for index, draft in enumerate(drafts):
        short = "".join(forms[index])
        if len(forms[index]) > 1 or not _looks_acronym(draft.names[0].text):
            continue
        for name in draft.names:
            owner = ends.get(name.start - 1) if name.bracketed else None
            if owner is not None and owner != index and _abbreviates(short, forms[owner]):
                union.join(index, owner)
                break
        else:
            owners = long_names.get(short, [])
            if len(owners) == 1 and (len(short) > 2 or drafts[owners[0]].type in PLACES):
                union.join(index, owners[0])


def _looks_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()


def _abbreviates(short: str, form: tuple[str, ...]) -> bool:
    """Whether the letters of `short` stand in the name in order, the first one first."""
    whole = "".join(form)
    if not whole.startswith(short[0]):
        return False
    letters = iter(whole)
    return len(form) > 1 and all(letter in letters for letter in short)


def _join_people(drafts: Sequence[Named], forms: Sequence[tuple[str, ...]], union: _Union) -> None:
    """Surname or first name with the one full name that bears it, "John Q. Doe" with "John Doe"."""
    bearers: dict[str, set[int]] = {}
    firsts: dict[str, set[int]] = {}
    ends: dict[tuple[str, str], int] = {}
    for index, draft in enumerate(drafts):
        words = [word for word in forms[index] if word not in _SUFFIXES]
        if draft.type != "PERSON" or len(words) < 2:
            continue
        twin = ends.setdefault((words[0], words[-1]), index)
        union.join(index, twin)
        bearers.setdefault(words[-1], set()).add(twin)
        firsts.setdefault(words[0], set()).add(twin)
    places = {forms[i][0]: i for i, d in enumerate(drafts) if d.place and len(forms[i]) == 1}
    for index, draft in enumerate(drafts):
        if len(forms[index]) != 1 or draft.place:
            continue
        word = forms[index][0]
        owners = bearers.get(word) or firsts.get(word, set())
        if draft.type in PLACES and word in places:
            # The article speaks of the place elsewhere, and nothing tells them apart here.
            union.join(index, places[word])
        elif len(owners) == 1 and draft.type in ("PERSON", "ORG", "GROUP", "OTHER", *PLACES):
            union.join(index, next(iter(owners)))


def _join_short_names(
    drafts: Sequence[Named], forms: Sequence[tuple[str, ...]], union: _Union
) -> None:
    """A short name with the one longer name that it begins, when the longer came first:
    "Northrop" after "Northrop Grumman". A short name that came first is its own
    ("Amazon" before "Amazon Web Services")."""
    longer: dict[str, list[int]] = {}
    for index, form in enumerate(forms):
        if len(form) > 1 and drafts[index].type in ("ORG", "FAC", "EVENT"):
            longer.setdefault(form[0], []).append(index)
    for index, form in enumerate(forms):
        draft = drafts[index]
        if draft.type not in ("ORG", "PERSON", "OTHER") or draft.votes["PERSON"] > _SURELY:
            continue
        bearers = [
            i
            for i in longer.get(form[0], ())
            if len(forms[i]) > len(form) and forms[i][: len(form)] == form
        ]
        if len({union.find(bearer) for bearer in bearers}) != 1:
            continue
        if _first(drafts[bearers[0]]) < _first(draft):
            union.join(index, bearers[0])


def _first(draft: Named) -> int:
    """Where the body names it first; headlines name everything short."""
    body = [name.start for name in draft.names if not (name.titled or name.headline)]
    return min(body, default=1 << 30)
