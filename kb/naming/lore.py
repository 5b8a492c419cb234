"""The data file of names (names.toml), read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When evidence is enough; names.toml says what each means."""

    lead: float
    rare: float
    slip: int
    block: int
    company: int
    near: int


@dataclass(frozen=True, slots=True)
class Lore:
    """What is known of names before any article is read; see names.toml."""

    thresholds: Thresholds
    letters: Mapping[int, str]
    titles: frozenset[str]
    legal: frozenset[str]
    spellings: Mapping[str, str]
    places: Mapping[str, str]
    acronyms: Mapping[str, str]
    generations: frozenset[str]
    full_names: Mapping[str, frozenset[str]]
    """Given name -> its full forms, itself among them where it is one."""
    fields: Mapping[tuple[str, str], str]
    """(class, last word of a description) -> field."""
    exclusive: frozenset[tuple[str, frozenset[str]]]
    """(class, two fields) of which nothing belongs to both."""
    company: Mapping[str, Mapping[str, frozenset[str]]]
    """Key -> field of a namesake -> names that are found in its company."""


@cache
def lore() -> Lore:
    """The data file. Raises KeyError when a table of it is missing."""
    data = tomllib.loads(files("kb.naming").joinpath("names.toml").read_text("utf-8"))
    return Lore(
        thresholds=Thresholds(**data["thresholds"]),
        letters=str.maketrans(_both_cases(data["letters"])),
        titles=_words(data["titles"]),
        legal=_words(data["legal"]),
        spellings=data["spellings"],
        places=data["places"],
        acronyms=data["acronyms"],
        generations=_words(data["generations"]),
        full_names=_full_names(data["nicknames"]),
        fields=dict(_fields(data["fields"])),
        exclusive=frozenset(
            (group, frozenset(pair.split("-")))
            for group, pairs in data["exclusive"].items()
            for pair in pairs.split()
        ),
        company={
            f"{group}:{name}": {field: frozenset(words.split()) for field, words in senses.items()}
            for group, names in data["company"].items()
            for name, senses in names.items()
        },
    )


def _words(table: Mapping[str, str]) -> frozenset[str]:
    return frozenset(table["words"].split())


def _both_cases(letters: Mapping[str, str]) -> dict[str, str]:
    upper = {letter.upper(): plain for letter, plain in letters.items() if len(letter.upper()) == 1}
    return upper | dict(letters)


def _full_names(nicknames: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for full, shorts in nicknames.items():
        for name in (full, *shorts.split()):
            found.setdefault(name, set()).add(full)
    return {name: frozenset(full) for name, full in found.items()}


def _fields(fields: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    for group, table in fields.items():
        for field, words in table.items():
            for word in words.split():
                yield (group, word), field
