"""The action lexicon: which words of news evoke which kind of action, read from ontology.ttl.

The ontology is data: adding a type of action, a verb or a noun is an edit there, never here.
docs/ontology.md describes the notation of the words. Action types leave this module by local
name ("Remove"), never as IRIs. Frames follow the idea of FrameNet and VerbNet, that a verb's
sense shows in what it takes (Kipper et al. 2008), reduced to the type or the head of the object;
implicative verbs follow Karttunen (1971) and Nairn, Condoravdi and Karttunen (2006).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

import pyoxigraph as ox

MatchKind = Literal["verb", "phrasal", "light"]
Facts = Mapping[str, Mapping[str, Sequence[str]]]
"""What the ontology says: of each term (its local name), by property, the values in order."""

NAMESPACES: Final = (
    "https://w3id.org/dateline/ontology#",
    "https://w3id.org/dateline/plover#",
)
ROOT: Final = "Action"
NO_OBJECT: Final = "none"

# Rank of a frame that matched, most specific first: the object's head, its type, no object.
HEAD, TYPE, NONE, ANY = 3, 2, 1, 0
PREPOSITIONS: Final = frozenset(
    ("about", "against", "at", "by", "for", "from", "in", "into", "of", "on", "onto", "to", "upon", "with")
)
ENTRY = re.compile(r"(?P<words>[^{}]+?)\s*(?:\{(?P<frame>[^{}]+)\})?")
SPELLINGS = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("ence", "ense"),
)
PREFIXES = ("re-", "co-", "pre-", "counter-", "cross-", "mid-", "non-")


class LexiconError(ValueError):
    """An ontology that gives no sound lexicon. The message names the entry and the remedy."""


@dataclass(frozen=True, slots=True)
class ActionType:
    """A kind of action of the taxonomy.

    `name` is its local name ("Remove"), `label` a verb phrase ("remove"), `parent` the broader
    type (None for "Action"). `plover` is the PLOVER class it matches, its own or inherited.
    `complement` is the factuality of what the action is about ("planned" for what is promised),
    None where it says nothing about it. `speech`, `cognition` and `aspectual` tell what kind of
    complement it takes: words, a thought, or another event that begins, goes on or ends.
    """

    name: str
    label: str
    definition: str
    example: str
    parent: str | None
    plover: str | None = None
    complement: str | None = None
    speech: bool = False
    cognition: bool = False
    aspectual: bool = False


class Match(NamedTuple):
    """The action that a verb evokes, and the words besides the verb that decided it.

    `kind` is "verb" for the verb alone (or with a frame), "phrasal" with particles or
    prepositions, "light" where the object noun carries the meaning ("pull support").
    """

    action: str
    kind: MatchKind
    words: tuple[str, ...] = ()


class NounEntry(NamedTuple):
    """The action that a noun evokes; `ambiguous` nouns need an argument to count as events."""

    action: str
    ambiguous: bool


class _VerbEntry(NamedTuple):
    """One reading of a verb: with these particles, this object noun, in this frame."""

    action: str
    particles: frozenset[str]
    nouns: frozenset[str]
    frame: frozenset[str]

    @property
    def kind(self) -> MatchKind:
        return "light" if self.nouns else "phrasal" if self.particles else "verb"

    @property
    def hold(self) -> int:
        """How firmly its words belong to the verb, where readings have equally many words.

        A particle ("call off a meeting") holds before the noun of a light verb, and that before
        a preposition ("set fire to", "pull support from").
        """
        return 2 if self.particles - PREPOSITIONS else 1 if self.nouns else 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The taxonomy of actions and the words that evoke it.

    >>> lexicon = load_lexicon()
    >>> lexicon.verb("fire", object_types=["PERSON"]).action
    'Dismiss'
    >>> lexicon.verb("pull", objects=["support"])
    Match(action='Withdraw', kind='light', words=('support',))
    """

    types: Mapping[str, ActionType]
    _verbs: Mapping[str, tuple[_VerbEntry, ...]] = field(repr=False)
    _nouns: Mapping[str, NounEntry] = field(repr=False)
    _not_nouns: frozenset[str] = field(repr=False)
    _support: Mapping[str, tuple[frozenset[str], ...]] = field(repr=False)
    _classes: Mapping[str, frozenset[str]] = field(repr=False)
    _entity_nouns: Mapping[str, str] = field(repr=False)
    _complements: Mapping[str, str] = field(repr=False)
    _implicatives: Mapping[str, Literal["negative", "positive"]] = field(repr=False)
    _plover: Mapping[str, Mapping[str, str]] = field(repr=False)

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
        best: tuple[tuple[int, int, int], _VerbEntry] | None = None
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
            if form in self._not_nouns:
                return None
            if form in self._nouns:
                return self._nouns[form]
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
        shifts = self._plover.get(own, {})
        if polarity == "negative":
            return shifts.get("negative")
        return shifts.get(factuality, own)

    def complement_factuality(self, lemma: str) -> str | None:
        """The factuality that a verb, noun or adjective gives to what it is about.

        >>> [load_lexicon().complement_factuality(word) for word in ("plan", "urge", "try", "say")]
        ['planned', 'requested', 'attempted', None]
        """
        for form in _forms(lemma.lower()):
            if form in self._complements:
                return self._complements[form]
        kind = self._plain(lemma)
        return kind.complement if kind else None

    def implicative(self, lemma: str) -> Literal["negative", "positive"] | None:
        """Whether the complement did happen ("manage to") or did not ("fail to", "refuse to")."""
        return next(
            (self._implicatives[f] for f in _forms(lemma.lower()) if f in self._implicatives), None
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
        return lemma.lower() in self._support

    def entity_type(self, noun: str) -> str | None:
        """The entity type of what a common noun denotes ("worker": "PERSON"), None if not known."""
        return self._entity_nouns.get(noun.lower())

    def _kinds(self, heads: frozenset[str], types: Collection[str]) -> frozenset[str]:
        named = {kind.lower() for kind in types}
        named |= {self._entity_nouns[head].lower() for head in heads if head in self._entity_nouns}
        return frozenset().union(*(self._classes.get(kind, frozenset()) for kind in named))

    def _readings(self, lemma: str) -> tuple[_VerbEntry, ...]:
        forms = _verb_forms(lemma.lower())
        return next((self._verbs[form] for form in forms if form in self._verbs), ())

    def _supported(
        self,
        lemma: str,
        given: frozenset[str],
        heads: frozenset[str],
        governed: frozenset[str],
        least: int,
    ) -> Match | None:
        """The action of the verb's object, where the verb supports it with `least` particles."""
        for particles in self._support.get(lemma.lower(), ()):
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
            if verb in self._verbs:
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
    here = Path(__file__).resolve().parent
    checkout = here.parent / "ontology.ttl"
    if checkout.exists() and (here.parent / "setup.cfg").exists():
        return checkout
    installed = here / "ontology.ttl"
    return installed if installed.exists() else checkout


@lru_cache(maxsize=4)
def _load(path: Path) -> Lexicon:
    facts = _read(path)
    types = _types(facts)
    return Lexicon(
        types=MappingProxyType(types),
        _verbs=_verbs(facts, types),
        _nouns=_nouns(facts, types),
        _not_nouns=frozenset(facts[ROOT].get("notEventNoun", ())),
        _support=_support_verbs(facts),
        _classes=_entity_classes(facts),
        _entity_nouns=_entity_nouns(facts),
        _complements=_cues(facts, "complementCue"),
        _implicatives=_implicatives(facts),
        _plover=_plover_shifts(facts),
    )


def _read(path: Path) -> Facts:
    facts: dict[str, dict[str, list[str]]] = defaultdict(dict)
    try:
        with path.open("rb") as file:
            for subject, predicate, value, _ in ox.parse(file, format=ox.RdfFormat.TURTLE):
                described = isinstance(subject, ox.NamedNode) and subject.value.startswith(
                    NAMESPACES
                )
                if described and isinstance(value, ox.NamedNode | ox.Literal):
                    text = value.value if isinstance(value, ox.Literal) else _local(value)
                    table = facts[_local(subject)]
                    table.setdefault(_local(predicate), []).append(text)
    except OSError as error:
        raise LexiconError(f"The ontology {path} can't be read: {error.strerror}.") from error
    except (SyntaxError, ValueError) as error:
        raise LexiconError(f"The ontology {path} is not valid Turtle: {error}") from error
    if ROOT not in facts:
        raise LexiconError(f"The ontology {path} has no dl:{ROOT}: is it Dateline's ontology?")
    return facts


def _local(node: ox.NamedNode) -> str:
    return re.split(r"[#/]", node.value)[-1]


def _one(facts: Facts, name: str, key: str) -> str | None:
    values = facts.get(name, {}).get(key, ())
    return values[0] if values else None


def _types(facts: Facts) -> dict[str, ActionType]:
    names = [name for name, table in facts.items() if "ActionType" in table.get("type", ())]
    parents = {name: _one(facts, name, "broader") for name in names}
    for name, parent in parents.items():
        if (parent is None) != (name == ROOT) or (parent is not None and parent not in parents):
            raise LexiconError(
                f"dl:{name} needs skos:broader with another action type, not {parent}."
            )
    return {name: _type(facts, name, parents) for name in sorted(names)}


def _type(facts: Facts, name: str, parents: Mapping[str, str | None]) -> ActionType:
    chain = [name]
    while (parent := parents[chain[-1]]) is not None:
        if parent in chain:
            raise LexiconError(
                f"dl:{name} is broader than itself: mend skos:broader of dl:{parent}."
            )
        chain.append(parent)

    def inherited(key: str) -> str | None:
        return next((value for link in chain if (value := _one(facts, link, key))), None)

    texts = {key: _one(facts, name, key) for key in ("prefLabel", "definition", "example")}
    missing = [key for key, value in texts.items() if value is None]
    if missing:
        raise LexiconError(
            f"dl:{name} has no {' and no '.join(f'skos:{key}' for key in missing)}: add it."
        )
    kinds = {kind for link in chain for kind in facts[link].get("complementKind", ())}
    return ActionType(
        name,
        texts["prefLabel"] or "",
        texts["definition"] or "",
        texts["example"] or "",
        parents[name],
        plover=inherited("closeMatch"),
        complement=inherited("complementFactuality"),
        speech="speech" in kinds,
        cognition="cognition" in kinds,
        aspectual="aspect" in kinds,
    )


def _parse(name: str, key: str, text: str) -> tuple[list[str], frozenset[str]]:
    """The words of an entry and its frame: "fire {missile|rocket}"."""
    found = ENTRY.fullmatch(text)
    if found is None:
        raise LexiconError(f"dl:{name} dl:{key} {text!r}: write words, then at most one {{frame}}.")
    frame = frozenset(item.strip() for item in (found["frame"] or "").split("|") if item.strip())
    return found["words"].split(), frame


def _verb_entry(name: str, key: str, text: str) -> tuple[list[str], _VerbEntry]:
    """The verbs ("hold|stage" gives two) and the reading that one entry describes."""
    words, frame = _parse(name, key, text)
    least = {"verb": 1, "phrasalVerb": 2, "lightVerb": 2}[key]
    if len(words) < least or (key == "verb" and len(words) > 1):
        raise LexiconError(
            f"dl:{name} dl:{key} {text!r}: needs {'one word' if least == 1 else 'more words'}."
        )
    rest, nouns = words[1:], frozenset[str]()
    if key == "lightVerb":
        rest, nouns = words[1:-1], frozenset(words[-1].split("|"))
    return words[0].split("|"), _VerbEntry(name, frozenset(rest), nouns, frame)


def _verbs(facts: Facts, types: Collection[str]) -> Mapping[str, tuple[_VerbEntry, ...]]:
    entries: dict[str, list[_VerbEntry]] = defaultdict(list)
    seen: dict[tuple[str, frozenset[str], str, str], str] = {}
    for name in types:
        for key in ("verb", "phrasalVerb", "lightVerb"):
            for text in facts[name].get(key, ()):
                verbs, entry = _verb_entry(name, key, text)
                for verb in verbs:
                    entries[verb].append(entry)
                    for noun in entry.nouns or {""}:
                        for item in entry.frame or {""}:
                            _once(
                                seen, (verb, entry.particles, noun, item), name, f"{key} {text!r}"
                            )
    return {verb: tuple(found) for verb, found in entries.items()}


def _once(seen: dict[Any, str], key: Any, name: str, entry: str) -> None:
    other = seen.setdefault(key, name)
    if other != name:
        raise LexiconError(
            f"dl:{entry} evokes both dl:{other} and dl:{name}: give one a frame, or drop it."
        )


def _support_verbs(facts: Facts) -> Mapping[str, tuple[frozenset[str], ...]]:
    """For each support verb the particles it may take, most first ("carry out")."""
    verbs: dict[str, list[frozenset[str]]] = defaultdict(list)
    for text in facts[ROOT].get("supportVerb", ()):
        verb, *particles = text.split()
        verbs[verb].append(frozenset(particles))
    return {verb: tuple(sorted(found, key=len, reverse=True)) for verb, found in verbs.items()}


def _nouns(facts: Facts, types: Collection[str]) -> Mapping[str, NounEntry]:
    nouns: dict[str, NounEntry] = {}
    seen: dict[str, str] = {}
    for name in types:
        for key in ("noun", "ambiguousNoun"):
            for text in facts[name].get(key, ()):
                _once(seen, text, name, f"{key} {text!r}")
                nouns[text] = NounEntry(name, key == "ambiguousNoun")
    return nouns


def _entity_classes(facts: Facts) -> Mapping[str, frozenset[str]]:
    """The frame items that each JSON Lines entity type satisfies: "gpe" is a "place" too."""
    classes: dict[str, frozenset[str]] = {}
    for name, table in facts.items():
        if "EntityClass" in table.get("type", ()) and "notation" in table:
            above, todo = set[str](), [name]
            while todo:
                current = todo.pop()
                above.add(current.lower())
                supers = facts[current].get("subClassOf", ())
                todo.extend(sup for sup in supers if sup in facts and sup.lower() not in above)
            classes[table["notation"][0].lower()] = frozenset(
                above | {table["notation"][0].lower()}
            )
    return classes


def _entity_nouns(facts: Facts) -> Mapping[str, str]:
    return {
        noun: table["notation"][0]
        for table in facts.values()
        if "notation" in table
        for noun in table.get("commonNoun", ())
    }


def _cues(facts: Facts, key: str) -> dict[str, str]:
    cues: dict[str, str] = {}
    for name, table in facts.items():
        for word in table.get(key, ()):
            _once(cues, word, name, f"{key} {word!r}")
    return cues


def _implicatives(facts: Facts) -> Mapping[str, Literal["negative", "positive"]]:
    return {
        word: "negative" if polarity == "negative" else "positive"
        for word, polarity in _cues(facts, "implicativeCue").items()
    }


def _plover_shifts(facts: Facts) -> Mapping[str, Mapping[str, str]]:
    """For each PLOVER class: what it becomes under a polarity or factuality, with inheritance."""
    shifts: dict[str, dict[str, str]] = {}
    for name, table in facts.items():
        if "PloverClass" not in table.get("type", ()):
            continue
        merged: dict[str, str] = {}
        for link in (*table.get("broader", ()), name):
            for key, values in facts.get(link, {}).items():
                if key.startswith("ploverWhen"):
                    merged[key.removeprefix("ploverWhen").lower()] = values[0]
        shifts[name] = merged
    return shifts


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
