"""Profiles: how an endpoint describes things, and when a candidate is sure enough."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.articles import digest
from kb.linking.errors import LinkingError

FILE = Path(__file__).with_name("profiles.toml")
SCORING = "scoring"


@dataclass(frozen=True, slots=True)
class Scoring:
    """Weights and thresholds; profiles.toml says what each of them does."""

    label: float
    type: float
    context: float
    popularity: float
    unknown_type: float
    wrong_type: float
    alias: float
    least_label: float
    enough_context: float
    margin: float
    accept: float
    least: float
    listed: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The terms that an endpoint uses, the classes that our types can have, and its pace."""

    name: str
    version: str
    endpoint: str
    contact: bool
    """Whether whoever runs the endpoint asks for the address of a person."""
    rate: float
    batch: int
    languages: tuple[str, ...]
    labels: tuple[str, ...]
    aliases: tuple[str, ...]
    descriptions: tuple[str, ...]
    popularity: tuple[str, ...]
    instance: str
    narrower: str
    never: frozenset[str]
    classes: Mapping[str, tuple[str, ...]]
    """The IRIs of classes by our types, such as "ORG"."""
    scoring: Scoring

    @property
    def method(self) -> str:
        """What a link found by this profile says of how it was found."""
        return f"{self.name} {self.version}, {digest(repr(self.scoring))}"


def names() -> list[str]:
    """The profiles that come with Dateline."""
    return [name for name in _shipped() if name != SCORING]


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def profile(name: str) -> Profile:
    """A profile by its name, or by the path of a TOML file with one or more of its settings.

    What a file leaves out is as in the profile that its `like` names (by default "generic");
    its table `scoring` changes weights and thresholds. Raises LinkingError.
    """
    shipped = _shipped()
    scoring = dict(shipped[SCORING])
    if name in names():
        return _made(name, dict(shipped[name]), scoring)
    path = Path(name)
    if path.suffix != ".toml":
        raise LinkingError(
            f"There is no profile {name!r}: choose {', '.join(names())}, or name a file that ends "
            f"in .toml"
        )
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LinkingError(f"The profile {path} can't be read: {error}") from error
    like = own.pop("like", "generic")
    if like not in names():
        raise LinkingError(f"{path} is like {like!r}: choose one of {', '.join(names())}")
    scoring |= own.pop(SCORING, {})
    settings = dict(shipped[like])
    settings["classes"] = settings["classes"] | own.pop("classes", {})
    unknown = sorted(own.keys() - settings.keys())
    if unknown:
        raise LinkingError(f"{path} sets {unknown[0]!r}, which no profile has: see docs/linking.md")
    return _made(path.stem, settings | own, scoring)


def _made(name: str, settings: dict[str, Any], scoring: dict[str, Any]) -> Profile:
    base = settings.pop("class_base")
    classes = settings.pop("classes")
    never = settings.pop("never")
    unknown = sorted(scoring.keys() - {field.name for field in fields(Scoring)})
    if unknown:
        raise LinkingError(f"The profile {name} weighs {unknown[0]!r}: see docs/linking.md")
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()
    }
    return Profile(
        name=name,
        never=frozenset(base + value for value in never),
        classes={kind: tuple(base + value for value in found) for kind, found in classes.items()},
        scoring=Scoring(**scoring),
        **plain,
    )
