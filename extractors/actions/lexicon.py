"""The action lexicon: which words of news evoke which kind of action, read from ontology.ttl.

The ontology is data: adding a type of action, a verb or a noun is an edit there, never here.
docs/ontology.md describes the notation of the words. Action types leave this module by local
name ("Remove"), never as IRIs. Frames follow the idea of FrameNet and VerbNet, that a verb's
sense shows in what it takes (Kipper et al. 2008), reduced to the type or the head of the object;
implicative verbs follow Karttunen (1971) and Nairn, Condoravdi and Karttunen (2006).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from extractors.actions.forms import american, forms, verb_forms
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
    "Governed",
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
# How many words' answers are kept; a word of news is asked for again and again.
KEPT: Final = 1 << 16


class Governed(NamedTuple):
    """What a preposition of a verb governs: its head noun, and its entity type if known."""

    preposition: str
    noun: str
    type: str | None = None


class Match(NamedTuple):
    """The action that a verb evokes, and the words besides the verb that decided it.

    `kind` is "verb" for the verb alone (or with a frame), "phrasal" with particles or
    prepositions, "light" where the object noun carries the meaning ("pull support").
    """

    action: str
    kind: MatchKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The taxonomy of actions and the words that evoke it.

    >>> lexicon = load_lexicon()
    >>> lexicon.verb("fire", object_types=["PERSON"]).action
    'Dismiss'
    >>> lexicon.verb("pull", objects=["support"])
    Match(action='Withdraw', kind='light', words=('support',))
    """

    _entries: Entries = field(repr=False)
    _readings: Callable[[str], tuple[VerbEntry, ...]] = field(init=False, repr=False)
    _plain: Callable[[str], ActionType | None] = field(init=False, repr=False)
    _noun: Callable[[str], NounEntry | None] = field(init=False, repr=False)
    _complement: Callable[[str], str | None] = field(init=False, repr=False)
    _has_agents: Callable[[str], bool] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for name, find in (
            ("_readings", self._find_readings),
            ("_plain", self._find_plain),
            ("_noun", self._find_noun),
            ("_complement", self._find_complement),
            ("_has_agents", self._find_agents),
        ):
            object.__setattr__(self, name, lru_cache(KEPT)(find))

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
        prepositional_objects: Collection[Governed] = (),
        subjects: Collection[str] = (),
        subject_types: Collection[str] = (),
    ) -> Match | None:
        """The action that a verb evokes here; None where the lexicon does not know it.

        `particles` are the particles, prepositions and adverbs attached to the verb ("off", "for",
        "offline"), `objects` the lemmas of the heads of its objects (a passive's subject too),
        `object_types` their entity types (`EntityType`, either case; the types of well-known
        common nouns are added), `subjects` and `subject_types` the same of who or what acts ("the
        bomb exploded"), `prepositional_objects` what its prepositions govern ("put on trial"),
        which a frame looks at, too, where its reading has the preposition. The most specific
        reading wins: more words before fewer, then an object's head before its type before none;
        what the subject answers to counts as much again.

        >>> load_lexicon().verb("call", particles=["off"]).action
        'Cancel'
        """
        given = frozenset(word.lower() for word in particles)
        heads = frozenset(word.lower() for word in objects)
        governed = frozenset(one.noun for one in prepositional_objects)
        kinds = self._kinds(heads, object_types)
        actors = frozenset(word.lower() for word in subjects)
        actor_kinds: frozenset[str] | None = None
        best: tuple[tuple[int, int, int], VerbEntry] | None = None
        for entry in self._readings(lemma.lower()):
            nouns = heads | governed if entry.particles else heads
            if not (entry.particles <= given and (not entry.nouns or entry.nouns & nouns)):
                continue
            rank = _frame_rank(entry.frame, heads, kinds)
            if rank in (None, NONE) and entry.particles and entry.frame:
                rank = self._governed_rank(entry, prepositional_objects) or rank
            if rank is None:
                continue
            if entry.agents:
                if actor_kinds is None:
                    actor_kinds = self._kinds(actors, subject_types)
                if not entry.agents & (actors | actor_kinds):
                    continue
                rank += HEAD if entry.agents & actors else TYPE
            # An object named in the frame says as much as a preposition does.
            words = len(entry.particles) + bool(entry.nouns) + (rank >= HEAD)
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

    def readings(self, lemma: str) -> frozenset[str]:
        """All actions that a verb can evoke by itself, whoever acts on whatever.

        >>> sorted(load_lexicon().readings("storm"))
        ['Attack', 'Protest']
        """
        found = self._readings(lemma.lower())
        return frozenset(entry.action for entry in found if not entry.particles)

    def noun(self, lemma: str) -> NounEntry | None:
        """The action that a noun evokes, None for a noun that names no event.

        A compound ("press conference", "air strike") is looked up whole, then by its last word.
        The gerund of a known verb ("shelling") counts unless the ontology lists it among the
        nouns that name no event ("building").

        >>> load_lexicon().noun("removal")
        NounEntry(action='Remove', ambiguous=False)
        """
        return self._noun(lemma.lower())

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
        return self._complement(lemma.lower())

    def implicative(self, lemma: str) -> Literal["negative", "positive"] | None:
        """Whether the complement did happen ("manage to") or did not ("fail to", "refuse to")."""
        return next(
            (
                self._entries.implicatives[f]
                for f in forms(lemma.lower())
                if f in self._entries.implicatives
            ),
            None,
        )

    def is_speech(self, lemma: str) -> bool:
        """Whether the word reports what somebody says ("say", "claim", "urge", "announcement")."""
        kind = self._plain(lemma.lower())
        return kind is not None and kind.speech

    def is_cognition(self, lemma: str) -> bool:
        """Whether the word reports what somebody thinks, knows or wants ("believe", "fear")."""
        kind = self._plain(lemma.lower())
        return kind is not None and kind.cognition

    def is_aspectual(self, lemma: str) -> bool:
        """Whether the word tells that another event begins, goes on or ends."""
        kind = self._plain(lemma.lower())
        return kind is not None and kind.aspectual

    def is_support(self, lemma: str) -> bool:
        """Whether the verb can leave its meaning to its object ("make a decision")."""
        return lemma.lower() in self._entries.support

    def asks_for_subject(self, lemma: str) -> bool:
        """Whether some reading of the verb depends on who or what acts."""
        return self._has_agents(lemma.lower())

    def is_measure(self, noun: str) -> bool:
        """Whether a noun only counts or measures what follows it ("dozens of arrests")."""
        return noun.lower() in self._entries.measures

    def entity_type(self, noun: str) -> str | None:
        """The entity type of what a common noun denotes ("worker": "PERSON"), None if not known."""
        return self._entries.entity_nouns.get(noun.lower())

    def _governed_rank(self, entry: VerbEntry, governed: Collection[Governed]) -> int | None:
        """How specifically a frame fits what the reading's own prepositions govern."""
        own = [one for one in governed if one.preposition in entry.particles]
        nouns = frozenset(one.noun for one in own)
        if not own or nouns & entry.frame:
            return HEAD if own else None
        return TYPE if entry.frame & self._kinds(nouns, [o.type for o in own if o.type]) else None

    def _kinds(self, heads: frozenset[str], types: Collection[str]) -> frozenset[str]:
        named = {kind.lower() for kind in types}
        named |= {
            self._entries.entity_nouns[head].lower()
            for head in heads
            if head in self._entries.entity_nouns
        }
        return frozenset().union(*(self._entries.classes.get(kind, frozenset()) for kind in named))

    def _find_readings(self, lemma: str) -> tuple[VerbEntry, ...]:
        """A verb's readings, those listed under its American spelling included."""
        verbs = self._entries.verbs
        own = verbs.get(lemma, ())
        other = american(lemma)
        if own or other in verbs:
            return own + (verbs.get(other, ()) if other != lemma else ())
        return next((verbs[form] for form in verb_forms(lemma) if form in verbs), ())

    def _find_agents(self, lemma: str) -> bool:
        return any(entry.agents for entry in self._readings(lemma))

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

    def _find_noun(self, word: str) -> NounEntry | None:
        for form in forms(word):
            if form in self._entries.not_nouns:
                return None
            if form in self._entries.nouns:
                return self._entries.nouns[form]
        head = re.split(r"[\s-]", word)[-1]
        if head != word:
            return self._noun(head)
        return self._gerund(word)

    def _find_complement(self, word: str) -> str | None:
        for form in forms(word):
            if form in self._entries.complements:
                return self._entries.complements[form]
        kind = self._plain(word)
        return kind.complement if kind else None

    def _find_plain(self, word: str) -> ActionType | None:
        """The type of a word by itself: as a verb without frame, else as a noun."""
        match = self.verb(word)
        entry = None if match else self._noun(word)
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
