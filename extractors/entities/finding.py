"""The named entities of one article: mentions that share a name, typed by all of them together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from extractors.entities.aliases import initials, join_aliases
from extractors.entities.definitions import Definition, find_definitions
from extractors.entities.name_shapes import name_key
from extractors.entities.names import Name, find_names
from extractors.entities.type_votes import (
    Votes,
    add_votes,
    decide,
    defining_type,
    definition_votes,
    mention_votes,
)
from extractors.entities.types import LEGAL_FORMS, PLACES, TITLES, type_fits
from extractors.extraction import Entity, EntityType, Mention

_LONGEST = 12
_LOCATIVE = frozenset({"in", "at", "to", "from", "near", "around", "outside", "into"})


@dataclass(slots=True)
class Draft:
    """An entity in the making: the names that go together, and the evidence for its type.

    `place` parts "in Houston" from the people of that name.
    """

    names: list[Name]
    votes: Votes = field(default_factory=lambda: defaultdict(float))
    nouns: list[Definition] = field(default_factory=list)
    type: EntityType = "OTHER"
    place: bool = False


def find_entities(doc: Doc, story: Sequence[Mention] = ()) -> tuple[Entity, ...]:
    """The named entities of the story, in the order of their first mention, ids e1, e2, ...

    `doc` is a spaCy Doc with tags, a dependency parse and named entities; `story` are the
    stretches (characters) to read, none for the whole text. Names that appear under several
    forms (acronym and expansion, surname and full name) become one entity; pronouns and
    descriptions are left to `extractors.coreference.resolve`.

    >>> doc = nlp("Amazon Web Services (AWS) hosts Gab. AWS is in Seattle.")  # doctest: +SKIP
    >>> [(e.name, e.type, e.aliases) for e in find_entities(doc)]  # doctest: +SKIP
    [('Amazon Web Services', 'ORG', ('AWS',)), ('Gab', 'ORG', ()), ('Seattle', 'GPE', ())]
    """
    names = find_names(doc, story)
    drafts = _typed(doc, names)
    drafts.sort(key=lambda draft: draft.names[0].start)
    return tuple(_entity(doc, number, draft) for number, draft in enumerate(drafts, start=1))


def _typed(doc: Doc, names: list[Name]) -> list[Draft]:
    """Names put together by form, typed, joined with their aliases, and typed again."""
    definitions = find_definitions(doc, names)
    by_name: dict[int, list[Definition]] = {}
    for definition in definitions:
        by_name.setdefault(definition.name, []).append(definition)
    full = {n.key.rsplit(" ", 1)[-1] for n in names if n.label == "PERSON" and " " in n.key}
    drafts: dict[tuple[str, bool], Draft] = {}
    for index, name in enumerate(names):
        key = (name.key, name.key in full and _is_place(doc, name))
        draft = drafts.setdefault(key, Draft([], place=key[1]))
        draft.names.append(name)
        add_votes(draft.votes, mention_votes(doc, name, full))
        for definition in by_name.get(index, ()):
            draft.nouns.append(definition)
            add_votes(draft.votes, definition_votes(doc, definition, name))
    for draft in drafts.values():
        draft.type = decide(draft.votes, draft.names)
    joined = [_merged(group) for group in join_aliases(doc, list(drafts.values()))]
    _share_with_neighbours(doc, joined)
    for draft in joined:
        draft.type = decide(draft.votes, draft.names)
    return joined


def _is_place(doc: Doc, name: Name) -> bool:
    head = doc[name.head]
    return name.label in PLACES and head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE


def _merged(group: Sequence[Draft]) -> Draft:
    votes: Votes = defaultdict(float)
    for draft in group:
        add_votes(votes, draft.votes)
    return Draft(
        sorted((name for draft in group for name in draft.names), key=lambda name: name.start),
        votes,
        [noun for draft in group for noun in draft.nouns],
    )


def _share_with_neighbours(doc: Doc, drafts: Sequence[Draft]) -> None:
    """Let names in one list speak for each other: in "Facebook and Twitter" both are firms."""
    owner = {i: d for d in drafts for name in d.names for i in range(name.start, name.end)}
    shares: list[tuple[Draft, EntityType]] = []
    for draft in drafts:
        for name in draft.names:
            head = doc[name.head]
            if head.dep_ == "conj" and (other := owner.get(head.head.i)) not in (None, draft):
                shares += [
                    (draft, decide(other.votes, other.names)),
                    (other, decide(draft.votes, draft.names)),
                ]
    for draft, kind in shares:
        if kind != "OTHER":
            draft.votes[kind] += 0.7


def _entity(doc: Doc, number: int, draft: Draft) -> Entity:
    name = _canonical(draft)
    forms = dict.fromkeys(_surface(n) for n in draft.names)
    aliases = tuple(form for form in forms if form != name)
    mentions = tuple(Mention(*_characters(doc, n.start, n.end)) for n in draft.names)
    return Entity(f"e{number}", name, draft.type, mentions, aliases, _description(doc, draft))


def _characters(doc: Doc, start: int, end: int) -> tuple[int, int]:
    last = doc[end - 1]
    return doc[start].idx, last.idx + len(last)


def _surface(name: Name) -> str:
    return " ".join(name.text.split())


def _canonical(draft: Draft) -> str:
    """The name to show: full for people, spelt out where only initials compete, else usual."""
    plain = [n for n in draft.names if not n.titled and not _shouted(n)] or draft.names
    counts = Counter(_surface(name) for name in plain)
    forms = list(counts)
    if draft.type == "PERSON":
        return max(forms, key=lambda form: (min(len(form.split()), 3), counts[form]))
    spelt = [form for form in forms if not _acronym(form)] or forms
    legal = [f for f in spelt if f.split()[-1].casefold() not in LEGAL_FORMS] or spelt
    short = {name_key(form) for form in forms if _acronym(form)}
    if short:
        return max(
            legal,
            key=lambda form: (
                not short.isdisjoint(initials(name_key(form).split())),
                len(form.split()) > 1,
                counts[form],
            ),
        )
    return max(legal, key=lambda form: (counts[form], len(form)))


def _shouted(name: Name) -> bool:
    return name.text.isupper() and len(name.text) > 5


def _acronym(form: str) -> bool:
    return " " not in form and form.replace(".", "").isupper() and len(form) < 7


def _description(doc: Doc, draft: Draft) -> str | None:
    """The first noun phrase that says what the entity is, without its article."""
    for definition in draft.nouns:
        noun = doc[definition.noun]
        kind, _ = defining_type(doc, definition)
        if kind is None or not (type_fits(kind, draft.type) or noun.lower_ in TITLES):
            continue
        start = noun.left_edge.i
        while definition.how == "modifier" and _goes_with(doc, start - 1, noun):
            start -= 1
        while start < noun.i and (
            doc[start].pos_ in ("DET", "PUNCT") or doc[start].tag_ == "PRP$" or doc[start].is_space
        ):
            start += 1
        words = doc[start : noun.i + 1]
        if len(words) <= _LONGEST and not any(t.lower_ in ("same", "other") for t in words):
            return " ".join(words.text.split())
    return None


def _goes_with(doc: Doc, i: int, noun: Token) -> bool:
    """Whether a word qualifies a noun that itself qualifies a name: "the messaging app Gab"."""
    if i < 0:
        return False
    word = doc[i]
    return (
        word.is_lower
        and word.dep_ in ("amod", "compound", "nmod")
        and word.head.i in (noun.i, noun.head.i)
    )
