"""Reading a parse from left to right, keeping track of what it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from extractors.coreference.binding import coarguments, commanders, owners_nearby, reporters
from extractors.coreference.descriptions import Descriptions
from extractors.coreference.pronouns import (
    ADDRESSEE,
    PERSONAL,
    PLURAL_SPEAKER,
    REFLEXIVE,
    RELATIVE,
    SINGULAR_SPEAKER,
    choose,
    is_pleonastic,
    predicate_noun,
    pronoun,
)
from extractors.coreference.referents import (
    Number,
    Occurrence,
    Referent,
    gender_of,
    is_plural,
    role_of,
)
from extractors.entities.definitions import Definition, find_definitions, is_platform
from extractors.entities.names import Name
from extractors.entities.noun_types import noun_typer
from extractors.entities.types import NOUN_TYPES, OFFICERS, TITLES, type_fits
from extractors.extraction import Entity, Mention

_WINDOW = 60
_NAME_WEIGHT = 0.8
_WHO = ("PERSON", "GROUP", "ORG", None)
_ADDRESSING = frozenset({"tell", "ask", "warn", "inform", "remind", "urge", "order"})


class Reading:
    """The referents of one Doc. `run` reads it once; then they can be asked for."""

    def __init__(
        self,
        doc: Doc,
        entities: Sequence[Entity],
        quotations: Sequence[tuple[int, int, Mention | None]],
        told: Sequence[bool],
    ) -> None:
        self.doc = doc
        self.entities = tuple(entities)
        self.told = told
        self.named = [_referent(position, entity) for position, entity in enumerate(entities)]
        self.unnamed: list[Referent] = []
        self.by_token: dict[int, Referent] = {}
        self._joint: dict[int, Referent] = {}
        self.quotations = quotations
        self._names = _name_tokens(doc, entities)
        self._heads = {name.head: self.named[owner] for name, owner in self._names}
        self._inside = {i for name, _ in self._names for i in range(name.start, name.end)}
        self._history: list[Occurrence] = []
        self._typer = noun_typer(doc.vocab)
        self._descriptions = Descriptions(doc)
        self._affiliations: dict[int, Referent] = {}
        self._defined: dict[int, Referent] = {}
        self._in_quotation = _quotation_of(doc, quotations)
        for definition in find_definitions(doc, [name for name, _ in self._names]):
            self._define(definition)
        self._tell_cities()
        self._tell_topics()

    def phrases_of(self, entity: int) -> list[tuple[int, int]]:
        """The token spans, other than names, that speak of an entity."""
        return [(start, end) for start, end, _ in self.named[entity].phrases]

    def noun_behind(self, pronoun: int) -> int | None:
        """The head of the noun phrase that a pronoun takes up, where that names no entity.

        Both are token indices; the noun phrase is the last one before the pronoun.
        """
        referent = self.by_token.get(pronoun)
        if referent is None or referent.entity is not None or self.doc[pronoun].pos_ != "PRON":
            return None
        nouns = (head for _, _, head in referent.phrases if head < pronoun)
        return max((i for i in nouns if self.doc[i].pos_ == "NOUN"), default=None)

    def run(self) -> None:
        """Read the story from its first token to its last."""
        for number, sentence in enumerate(self.doc.sents):
            for token in sentence:
                if self.told[token.i]:
                    self._read(token, number)
        for token in self.doc:
            if self.told[token.i] and self._in_quotation[token.i] is not None:
                self._read_speaker(token)

    # -- what names are said to be

    def _tell_cities(self) -> None:
        """In "Toulouse, France" the first is no country and the second no city."""
        for (name, owner), (after, country) in pairwise(self._names):
            if after.start == name.end + 1 and self.doc[name.end].text == ",":
                first, second = self.named[owner], self.named[country]
                if first.type == second.type == "GPE" and not self._listed(after):
                    first.nouns.add("city")
                    second.nouns.add("country")

    def _tell_topics(self) -> None:
        """How often each entity is named, and which of them people post on or use."""
        for name, owner in self._names:
            referent = self.named[owner]
            referent.topic += 1
            if referent.type in ("ORG", "PRODUCT", "OTHER") and is_platform(self.doc[name.head]):
                referent.platform = True
        most = max((referent.topic for referent in self.named), default=1.0)
        for referent in self.named:
            referent.topic /= most

    def _listed(self, name: Name) -> bool:
        """Whether a name is one of a list: "France, Germany and Spain"."""
        head = self.doc[name.head]
        return head.dep_ == "conj" or any(c.dep_ in ("conj", "cc") for c in head.rights)

    def _define(self, definition: Definition) -> None:
        name, owner = self._names[definition.name]
        noun, referent = self.doc[definition.noun], self.named[owner]
        word = noun.lemma_.casefold()
        kind = NOUN_TYPES.get(word)
        title = definition.how == "modifier" and noun.lower_ in TITLES
        if not (title or (kind is not None and type_fits(kind, referent.type or "OTHER"))):  # type: ignore[arg-type]
            return
        referent.nouns.add(word)
        referent.gender = referent.gender or gender_of(noun.lower_)
        if noun.pos_ == "NOUN":
            referent.modifiers |= _modifiers(noun)
            if definition.how in ("apposition", "naming") or self.doc[name.head].head.i == noun.i:
                self._defined[noun.i] = referent
        if word in OFFICERS and (employer := self._employer(noun)):
            self._affiliations.setdefault(owner, employer)

    def _employer(self, noun: Token) -> Referent | None:
        """The organisation of an officer: "Parler's chief executive", "head of the FBI"."""
        for child in noun.children:
            found = None
            if child.dep_ in ("poss", "compound", "nmod"):
                found = self._heads.get(child.i)
            elif child.dep_ == "prep" and child.lower_ in ("of", "at", "for"):
                found = next((self._heads[c.i] for c in child.children if c.i in self._heads), None)
            if found is not None and found.type in ("ORG", "PRODUCT", "GPE", "OTHER"):
                return found
        return None

    # -- reading

    def _read(self, token: Token, sentence: int) -> None:
        referent: Referent | None
        if token.i in self._heads:
            referent = self._heads[token.i]
            self._gap_title(token, referent)
            self._see(token, referent, sentence)
        elif token.i in self._inside:
            return
        elif token.tag_ in ("PRP", "PRP$"):
            self._read_pronoun(token, sentence)
        elif token.tag_ in ("WP", "WDT", "WP$") and token.lower_ in RELATIVE:
            self._read_relative(token, sentence)
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod", "amod"):
            self._read_noun(token, sentence)
        if token.dep_ == "conj" and token.i in self.by_token:
            self._coordinate(token, sentence)

    def _gap_title(self, token: Token, referent: Referent) -> None:
        for child in token.lefts:
            if child.dep_ in ("compound", "nmod"):
                referent.gender = referent.gender or gender_of(child.lower_)

    def _see(self, token: Token, referent: Referent, sentence: int) -> None:
        referent.count += 1
        self.by_token[token.i] = referent
        place = self._in_quotation[token.i]
        joined = token.dep_ == "conj" or any(c.dep_ == "conj" for c in token.rights)
        self._history.append(Occurrence(referent, token.i, sentence, role_of(token), place, joined))

    def _recent(self) -> list[Occurrence]:
        return self._history[: -_WINDOW - 1 : -1]

    def _read_pronoun(self, token: Token, sentence: int) -> None:
        word = token.lower_
        if word not in PERSONAL or (word == "it" and is_pleonastic(token)):
            return
        noun = predicate_noun(token)
        said_to_be = self._typer.type_of(noun) if noun is not None else None
        possessive = token.dep_ == "poss" or word in REFLEXIVE
        wanted = pronoun(
            token,
            sentence,
            self._in_quotation[token.i],
            said_to_be,
            self._likely(owners_nearby(token) if possessive else reporters(token)),
            frozenset() if possessive else self._at_tokens(coarguments(token)),
        )
        recent = self._recent()
        speaker = self._speaker(wanted.quotation)
        if speaker is not None:
            recent = [o for o in recent if o.referent is not speaker]
        referent = self._emphasised(token) or choose(wanted, recent, _NAME_WEIGHT)
        if referent is None:
            return
        referent.leaning = referent.leaning or wanted.gender
        self._add(token, referent, token.i, token.i + 1)
        self._see(token, referent, sentence)

    def _emphasised(self, token: Token) -> Referent | None:
        """Twitter in "Twitter itself"."""
        if token.lower_ in REFLEXIVE and token.dep_ in ("appos", "npadvmod", "nmod") and token.i:
            return self.by_token.get(token.i - 1)
        return None

    def _at_tokens(self, tokens: Iterable[int]) -> frozenset[Referent]:
        """What the words speak of, also those not yet read if they are names."""
        found = (self.by_token.get(i) or self._heads.get(i) for i in tokens)
        return frozenset(
            one for referent in found if referent for one in (referent, *referent.members)
        )

    def _likely(self, tokens: Iterable[int]) -> frozenset[Referent]:
        """What the words speak of, lists as one."""
        found = (self._joint.get(i) or self.by_token.get(i) for i in tokens)
        return frozenset(referent for referent in found if referent)

    def _read_relative(self, token: Token, sentence: int) -> None:
        verb = token
        for _ in range(8):
            if verb.dep_ == "relcl" or verb.head.i == verb.i:
                break
            verb = verb.head
        if verb.dep_ != "relcl" or verb.head.i >= token.i:
            return
        referent = self.by_token.get(verb.head.i)
        if referent is None:
            return
        if token.lower_ in ("who", "whom") and referent.type not in _WHO:
            return
        self._add(token, referent, token.i, token.i + 1)
        self.by_token[token.i] = referent

    def _read_noun(self, token: Token, sentence: int) -> None:
        start = _first_word(token)
        if token.lower_ == "likes" and (whom := self._of(token)) is not None:
            self._add(token, whom[0], start, whom[1])
            self.by_token[token.i] = whom[0]
            return
        referent = self._defined.get(token.i)
        if referent is None and self._descriptions.may_refer(token):
            barred = self._at_tokens(commanders(token) + coarguments(token))
            recent = [o for o in self._recent() if o.referent not in barred]
            referent = self._descriptions.find(token, sentence, recent, self.named, barred)
        if referent is None:
            referent = self._new(token)
        referent.nouns.add(token.lemma_.casefold())
        self._add(token, referent, start, token.i + 1)
        self._see(token, referent, sentence)

    def _of(self, token: Token) -> tuple[Referent, int] | None:
        """Who stands behind "the likes of", and where that name ends."""
        for preposition in token.rights:
            for child in preposition.rights if preposition.lower_ == "of" else ():
                if child.i in self._heads:
                    return self._heads[child.i], child.i + 1
        return None

    def _new(self, token: Token) -> Referent:
        word = token.lemma_.casefold()
        number: Number = "plural" if is_plural(token) or _distributive(token) else "singular"
        made = Referent(None, self._typer.type_of(token), number, gender_of(word))
        made.nouns, made.modifiers = {word}, _modifiers(token)
        self.unnamed.append(made)
        self._descriptions.remember(word, made)
        return made

    def _add(self, token: Token, referent: Referent, start: int, end: int) -> None:
        for one in referent.members or (referent,):
            one.phrases.append((start, end, token.i))

    def _coordinate(self, token: Token, sentence: int) -> None:
        """Make one referent of the parts of "Google and Apple" for "they" to stand for."""
        first = token
        parts = [token]
        for _ in range(8):
            if first.dep_ != "conj":
                break
            first = first.head
            parts.append(first)
        members = [self.by_token[t.i] for t in reversed(parts) if t.i in self.by_token]
        joined = any(c.dep_ == "cc" and c.lower_ == "and" for t in parts for c in t.rights)
        if len(members) < 2 or not joined:
            return
        kinds = {member.type for member in members}
        kind = kinds.pop() if len(kinds) == 1 else None
        both = Referent(None, kind, "plural", members=tuple(dict.fromkeys(members)), count=1)
        self._joint[first.i] = both
        self._history.append(
            Occurrence(both, first.i, sentence, role_of(first), self._in_quotation[token.i])
        )

    # -- who speaks

    def _speaker(self, quotation: int | None) -> Referent | None:
        if quotation is None:
            return None
        span = self.quotations[quotation][2]
        return self._at(span) if span is not None else None

    def _at(self, mention: Mention) -> Referent | None:
        span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            return None
        return self.by_token.get(span.root.i) or self._heads.get(span.root.i)

    def _read_speaker(self, token: Token) -> None:
        """First and second person inside of a quotation, once all else has been read."""
        word, quotation = token.lower_, self._in_quotation[token.i]
        referent: Referent | None = None
        if word in SINGULAR_SPEAKER and token.tag_ in ("PRP", "PRP$"):
            referent = self._speaker(quotation)
        elif word in PLURAL_SPEAKER and token.tag_ in ("PRP", "PRP$"):
            referent = self._organisation(self._speaker(quotation))
        elif word in ADDRESSEE and token.tag_ in ("PRP", "PRP$"):
            referent = self._addressee(quotation)
        if referent is not None:
            self._add(token, referent, token.i, token.i + 1)
            self.by_token[token.i] = referent

    def _organisation(self, speaker: Referent | None) -> Referent | None:
        if speaker is None or speaker.entity is None:
            for phrase in speaker.phrases if speaker else ():
                if employer := self._employer(self.doc[phrase[2]]):
                    return employer
            return None
        if speaker.type == "PERSON":
            return self._affiliations.get(speaker.entity)
        return speaker

    def _addressee(self, quotation: int | None) -> Referent | None:
        """Whom the speaker tells: the object of "told", "warned", ... beside the speaker."""
        span = self.quotations[quotation][2] if quotation is not None else None
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand") if span else None
        if found is None:
            return None
        verb = found.root.head
        if verb.lemma_ not in _ADDRESSING:
            return None
        objects = [
            c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i in self.by_token
        ]
        return self.by_token[objects[0].i] if objects else None


def _referent(position: int, entity: Entity) -> Referent:
    """The referent of a named entity, with the nouns that its own name tells: a department of
    the Justice Department, a bank of the Bank of England."""
    made = Referent(position, entity.type, "plural" if entity.type == "GROUP" else "singular")
    for name in (entity.name, *entity.aliases) if entity.type != "PERSON" else ():
        words = name.casefold().split()
        nouns = {words[-1]} | ({words[0]} if "of" in words[1:] else set())
        for noun in nouns if len(words) > 1 else ():
            kind = NOUN_TYPES.get(noun)
            if kind is not None and kind != "OTHER" and type_fits(kind, entity.type):
                made.nouns.add(noun)
    return made


def _distributive(noun: Token) -> bool:
    """Whether "every", "each" or "any" makes "they" of one ("every vendor says they won't")."""
    return any(c.dep_ == "det" and c.lower_ in ("every", "each", "any") for c in noun.lefts)


def _first_word(noun: Token) -> int:
    """Where a noun phrase begins, past "even", "and" and opening marks."""
    start: int = noun.left_edge.i
    while start < noun.i and noun.doc[start].dep_ in ("advmod", "cc", "punct", "preconj"):
        if noun.doc[start].head.i != noun.i:
            break
        start += 1
    return start


def _modifiers(noun: Token) -> set[str]:
    return {c.lower_ for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod", "nummod")}


def _name_tokens(doc: Doc, entities: Sequence[Entity]) -> list[tuple[Name, int]]:
    """The names of all entities as token spans, in order, each with its entity's position."""
    names = []
    for position, entity in enumerate(entities):
        for mention in entity.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                name = Name(span.start, span.end, span.root.i, span.text, entity.type)
                names.append((name, position))
    return sorted(names, key=lambda pair: pair[0].start)


def _quotation_of(
    doc: Doc, quotations: Sequence[tuple[int, int, Mention | None]]
) -> list[int | None]:
    """For each token, the quotation that it stands in."""
    inside: list[int | None] = [None] * len(doc)
    for number, (start, end, _) in enumerate(quotations):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            for i in range(span.start, span.end):
                inside[i] = number
    return inside
