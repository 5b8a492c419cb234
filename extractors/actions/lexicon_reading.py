"""Reading the action lexicon out of ontology.ttl, and telling what is wrong with it.

docs/ontology.md describes the notation. Only here is the ontology seen as RDF: what leaves this
module are records, and action types go by local name ("Remove").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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
PREPOSITIONS: Final = frozenset(
    "about against at by for from in into of on onto to upon with".split()
)
# Opens a frame item that asks for a subject: "strike {by worker}".
BY: Final = "by "
ENTRY: Final = re.compile(r"(?P<words>[^{}]+?)\s*(?:\{(?P<frame>[^{}]+)\})?")


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
    nominal: str | None = None
    """What names of stories call it, with the preposition of its object: "removal of"."""


class NounEntry(NamedTuple):
    """The action that a noun evokes; `ambiguous` nouns need an argument to count as events."""

    action: str
    ambiguous: bool


class VerbEntry(NamedTuple):
    """One reading of a verb: with these particles, this object noun, in this frame.

    `agents` are the heads or classes of subjects that it asks for, empty where any will do.
    """

    action: str
    particles: frozenset[str]
    nouns: frozenset[str]
    frame: frozenset[str]
    agents: frozenset[str] = frozenset()

    @property
    def kind(self) -> MatchKind:
        """What the reading rests on: the verb alone, its particles, or a light verb's noun."""
        return "light" if self.nouns else "phrasal" if self.particles else "verb"

    @property
    def hold(self) -> int:
        """How firmly its words belong to the verb, where readings have equally many words.

        A particle ("call off a meeting") holds before the noun of a light verb, and that before
        a preposition ("set fire to", "pull support from").
        """
        return 2 if self.particles - PREPOSITIONS else 1 if self.nouns else 0


@dataclass(frozen=True, slots=True)
class Entries:
    """All that the lexicon rests on, as read from the ontology.

    `verbs` and `nouns` go by lemma; `not_nouns` name no event though they look it; `support`
    gives the particles of each support verb; `classes` the frame items that an entity type
    satisfies, `entity_nouns` the type of common nouns; `complements` and `implicatives` the cue
    words; `measures` the nouns that only count what follows them; `plover` what a PLOVER class
    becomes under a polarity or factuality.
    """

    types: Mapping[str, ActionType]
    verbs: Mapping[str, tuple[VerbEntry, ...]]
    nouns: Mapping[str, NounEntry]
    not_nouns: frozenset[str]
    support: Mapping[str, tuple[frozenset[str], ...]]
    classes: Mapping[str, frozenset[str]]
    entity_nouns: Mapping[str, str]
    complements: Mapping[str, str]
    implicatives: Mapping[str, Literal["negative", "positive"]]
    measures: frozenset[str]
    plover: Mapping[str, Mapping[str, str]]


def read_entries(path: Path) -> Entries:
    """The lexicon's entries in an ontology file.

    Raises LexiconError when the file is missing, is no Turtle, or contradicts itself.
    """
    facts = _facts(path)
    types = _types(facts)
    return Entries(
        types=MappingProxyType(types),
        verbs=_verbs(facts, types),
        nouns=_nouns(facts, types),
        not_nouns=frozenset(facts[ROOT].get("notEventNoun", ())),
        support=_support_verbs(facts),
        classes=_entity_classes(facts),
        entity_nouns=_entity_nouns(facts),
        complements=_cues(facts, "complementCue"),
        implicatives=_implicatives(facts),
        measures=frozenset(facts[ROOT].get("measureNoun", ())),
        plover=_plover_shifts(facts),
    )


def _facts(path: Path) -> Facts:
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
        nominal=_one(facts, name, "nominal"),
    )


def _parse(name: str, key: str, text: str) -> tuple[list[str], frozenset[str]]:
    """The words of an entry and its frame: "fire {missile|rocket}"."""
    found = ENTRY.fullmatch(text)
    if found is None:
        raise LexiconError(f"dl:{name} dl:{key} {text!r}: write words, then at most one {{frame}}.")
    frame = frozenset(item.strip() for item in (found["frame"] or "").split("|") if item.strip())
    return found["words"].split(), frame


def _verb_entry(name: str, key: str, text: str) -> tuple[list[str], VerbEntry]:
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
    agents = frozenset(item.removeprefix(BY) for item in frame if item.startswith(BY))
    objects = frozenset(item for item in frame if not item.startswith(BY))
    return words[0].split("|"), VerbEntry(name, frozenset(rest), nouns, objects, agents)


def _verbs(facts: Facts, types: Collection[str]) -> Mapping[str, tuple[VerbEntry, ...]]:
    entries: dict[str, list[VerbEntry]] = defaultdict(list)
    seen: dict[tuple[str, frozenset[str], str, str, str], str] = {}
    for name in types:
        for key in ("verb", "phrasalVerb", "lightVerb"):
            for text in facts[name].get(key, ()):
                verbs, entry = _verb_entry(name, key, text)
                for verb in verbs:
                    entries[verb].append(entry)
                    for noun in entry.nouns or {""}:
                        for item in entry.frame or {""}:
                            for agent in entry.agents or {""}:
                                place = (verb, entry.particles, noun, item, agent)
                                _once(seen, place, name, f"{key} {text!r}")
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
