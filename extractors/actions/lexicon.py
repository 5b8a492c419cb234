"""The action lexicon: which words of news evoke which kind of action, read from ontology.ttl.

The ontology is data: adding a type of action, a verb or a noun is an edit there, never here.
docs/ontology.md describes the notation of the words. Action types leave this module by local
name ("Remove"), never as IRIs. Frames follow the idea of FrameNet and VerbNet, that a verb's
sense shows in what it takes (Kipper et al. 2008), reduced to the type or the head of the object;
implicative verbs follow Karttunen (1971) and Nairn, Condoravdi and Karttunen (2006).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from extractors.actions.lexicon_reading import (
    ROOT,
    ActionType,
    Entries,
    LexiconError,
    MatchKind,
    NounEntry,
    VerbEntry,
    read_entries,
)

__all__ = [
    "ROOT",
    "ActionType",
    "Lexicon",
    "LexiconError",
    "Match",
    "NounEntry",
    "load_lexicon",
    "ontology_path",
]

NO_OBJECT: Final = "none"
# Rank of a frame that matched, most specific first: the object's head, its type, no object.
HEAD, TYPE, NONE, ANY = 3, 2, 1, 0
SPELLINGS: Final = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("ence", "ense"),
)
PREFIXES: Final = ("re-", "co-", "pre-", "counter-", "cross-", "mid-", "non-")


class Match(NamedTuple):
    """The action that a verb evokes, and the words besides the verb that decided it.

    `kind` is "verb" for the verb alone (or with a frame), "phrasal" with particles or
    prepositions, "light" where the object noun carries the meaning ("pull support").
    """

    action: str
    kind: MatchKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The taxonomy of actions and the words that evoke it.

    >>> lexicon = load_lexicon()
    >>> lexicon.verb("fire", object_types=["PERSON"]).action
    'Dismiss'
    >>> lexicon.verb("pull", objects=["support"])
    Match(action='Withdraw', kind='light', words=('support',))
    """

    _entries: Entries = field(repr=False)

    @property
    def types(self) -> Mapping[str, ActionType]:
        """The action types by name."""
        return self._entries.types

    def ancestors(self, name: str) -> tuple[str, ...]:
        """The broader types, nearest first, "Action" last. Raises KeyError on an unknown name."""
        return tuple(self._up(self.types[name].parent))

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether an action type is `ancestor` or narrower than it."""
        return ancestor in self._up(name)

    def descendants(self, name: str) -> frozenset[str]:
        """The type itself and all that are narrower."""
        return frozenset(other for other in self.types if self.is_a(other, name))

    def _up(self, name: str | None) -> Iterator[str]:
        while name is not None:
            yield name
            name = self.types[name].parent

    def verb(
        self,
        lemma: str,
        *,
        particles: Collection[str] = (),
        objects: Collection[str] = (),
        object_types: Collection[str] = (),
        prepositional_objects: Collection[str] = (),
    ) -> Match | None:
        """The action that a verb evokes here; None where the lexicon does not know it.

        `particles` are the particles, prepositions and adverbs attached to the verb ("off", "for",
        "offline"), `objects` the lemmas of the heads of its objects (a passive's subject too),
        `object_types` their entity types (`EntityType`, either case; the types of well-known
        common nouns are added), `prepositional_objects` the head lemmas of what its prepositions
        govern ("put on trial"). The most specific reading wins: more words before fewer, then an
        object's head before its type before none.

        >>> load_lexicon().verb("call", particles=["off"]).action
        'Cancel'
        """
        given = frozenset(word.lower() for word in particles)
        heads = frozenset(word.lower() for word in objects)
        governed = frozenset(word.lower() for word in prepositional_objects)
        kinds = self._kinds(heads, object_types)
        best: tuple[tuple[int, int, int], VerbEntry] | None = None
        for entry in self._readings(lemma):
            nouns = heads | governed if entry.particles else heads
            if not (entry.particles <= given and (not entry.nouns or entry.nouns & nouns)):
                continue
            rank = _frame_rank(entry.frame, heads, kinds)
            if rank is None:
                continue
            words = len(entry.particles) + bool(entry.nouns)
            score = (words, entry.hold, rank)
            if best is None or score > best[0]:
                best = (score, entry)
        if best is None or (best[0][2] == ANY and not best[1].nouns):
            least = len(best[1].particles) if best else 0
            light = self._supported(lemma, given, heads, governed, least)
            if light:
                return light
        if best is None:
            return None
        entry = best[1]
        return Match(
            entry.action,
            entry.kind,
            tuple(sorted(entry.particles | entry.nouns & (heads | governed))),
        )

    def noun(self, lemma: str) -> NounEntry | None:
        """The action that a noun evokes, None for a noun that names no event.

        A compound ("press conference", "air strike") is looked up whole, then by its last word.
        The gerund of a known verb ("shelling") counts unless the ontology lists it among the
        nouns that name no event ("building").

        >>> load_lexicon().noun("removal")
        NounEntry(action='Remove', ambiguous=False)
        """
        word = lemma.lower()
        for form in _forms(word):
            if form in self._entries.not_nouns:
                return None
            if form in self._entries.nouns:
                return self._entries.nouns[form]
        head = re.split(r"[\s-]", word)[-1]
        if head != word:
            return self.noun(head)
        return self._gerund(word)

    def plover(
        self, action: str, factuality: str = "asserted", polarity: str = "positive"
    ) -> str | None:
        """The PLOVER class of an action, as it was done, planned, asked for or refused.

        >>> load_lexicon().plover("GiveAid"), load_lexicon().plover("GiveAid", "planned")
        ('AID', 'AGREE')
        """
        own = self.types[action].plover if action in self.types else None
        if own is None:
            return None
        shifts = self._entries.plover.get(own, {})
        if polarity == "negative":
            return shifts.get("negative")
        return shifts.get(factuality, own)

    def complement_factuality(self, lemma: str) -> str | None:
        """The factuality that a verb, noun or adjective gives to what it is about.

        >>> [load_lexicon().complement_factuality(word) for word in ("plan", "urge", "try", "say")]
        ['planned', 'requested', 'attempted', None]
        """
        for form in _forms(lemma.lower()):
            if form in self._entries.complements:
                return self._entries.complements[form]
        kind = self._plain(lemma)
        return kind.complement if kind else None

    def implicative(self, lemma: str) -> Literal["negative", "positive"] | None:
        """Whether the complement did happen ("manage to") or did not ("fail to", "refuse to")."""
        return next(
            (
                self._entries.implicatives[f]
                for f in _forms(lemma.lower())
                if f in self._entries.implicatives
            ),
            None,
        )

    def is_speech(self, lemma: str) -> bool:
        """Whether the word reports what somebody says ("say", "claim", "urge", "announcement")."""
        kind = self._plain(lemma)
        return kind is not None and kind.speech

    def is_cognition(self, lemma: str) -> bool:
        """Whether the word reports what somebody thinks, knows or wants ("believe", "fear")."""
        kind = self._plain(lemma)
        return kind is not None and kind.cognition

    def is_aspectual(self, lemma: str) -> bool:
        """Whether the word tells that another event begins, goes on or ends."""
        kind = self._plain(lemma)
        return kind is not None and kind.aspectual

    def is_support(self, lemma: str) -> bool:
        """Whether the verb can leave its meaning to its object ("make a decision")."""
        return lemma.lower() in self._entries.support

    def entity_type(self, noun: str) -> str | None:
        """The entity type of what a common noun denotes ("worker": "PERSON"), None if not known."""
        return self._entries.entity_nouns.get(noun.lower())

    def _kinds(self, heads: frozenset[str], types: Collection[str]) -> frozenset[str]:
        named = {kind.lower() for kind in types}
        named |= {
            self._entries.entity_nouns[head].lower()
            for head in heads
            if head in self._entries.entity_nouns
        }
        return frozenset().union(*(self._entries.classes.get(kind, frozenset()) for kind in named))

    def _readings(self, lemma: str) -> tuple[VerbEntry, ...]:
        forms = _verb_forms(lemma.lower())
        return next(
            (self._entries.verbs[form] for form in forms if form in self._entries.verbs), ()
        )

    def _supported(
        self,
        lemma: str,
        given: frozenset[str],
        heads: frozenset[str],
        governed: frozenset[str],
        least: int,
    ) -> Match | None:
        """The action of the verb's object, where the verb supports it with `least` particles."""
        for particles in self._entries.support.get(lemma.lower(), ()):
            if least <= len(particles) and particles <= given:
                for head in sorted(heads | governed if particles else heads):
                    entry = self.noun(head)
                    if entry:
                        return Match(entry.action, "light", (*sorted(particles), head))
        return None

    def _plain(self, lemma: str) -> ActionType | None:
        """The type of a word by itself: as a verb without frame, else as a noun."""
        match = self.verb(lemma)
        entry = None if match else self.noun(lemma)
        name = match.action if match else entry.action if entry else None
        return self.types[name] if name else None

    def _gerund(self, word: str) -> NounEntry | None:
        if not word.endswith("ing") or len(word) < 6:
            return None
        stem = word[:-3]
        undoubled = [stem[:-1]] if stem[-1] == stem[-2] else []
        for verb in (stem, f"{stem}e", *undoubled):
            if verb in self._entries.verbs:
                match = self.verb(verb)
                return NounEntry(match.action, ambiguous=False) if match else None
        return None


def load_lexicon(path: Path | None = None) -> Lexicon:
    """The lexicon of an ontology file, read once; without `path`, of Dateline's own.

    Raises LexiconError when the file is missing, is no Turtle, or contradicts itself (a word
    that evokes two types in the same frame, a type without a label or with an unknown parent).
    """
    return _load(path or ontology_path())


def ontology_path() -> Path:
    """Where ontology.ttl lies: at the top of a checkout, or beside this module once installed."""
    here = Path(__file__).resolve().parents[1]
    checkout = here.parent / "ontology.ttl"
    if checkout.exists() and (here.parent / "setup.cfg").exists():
        return checkout
    installed = here / "ontology.ttl"
    return installed if installed.exists() else checkout


@lru_cache(maxsize=4)
def _load(path: Path) -> Lexicon:
    return Lexicon(read_entries(path))


def _frame_rank(frame: frozenset[str], heads: frozenset[str], kinds: frozenset[str]) -> int | None:
    """How specifically a frame fits the objects; None where it does not."""
    if not frame:
        return ANY
    if frame & heads:
        return HEAD
    if frame & kinds:
        return TYPE
    return NONE if NO_OBJECT in frame and not heads and not kinds else None


def _verb_forms(word: str) -> Iterator[str]:
    """The word's forms, and mended ones where a lemmatizer slips ("cordone", "instal")."""
    yield from _forms(word)
    if word.endswith("e"):
        yield word[:-1]
    if word.endswith("l"):
        yield f"{word}l"


def _forms(word: str) -> Iterator[str]:
    """The word as it is, in American spelling, and without a hyphened prefix."""
    yield word
    for british, american in SPELLINGS:
        if word.endswith(british):
            yield word.removesuffix(british) + american
    for prefix in PREFIXES:
        if word.startswith(prefix):
            yield from _forms(word.removeprefix(prefix))
