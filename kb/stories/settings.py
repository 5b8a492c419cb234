"""The configuration of stories, and what stands for it in records."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("settings.toml")


@dataclass(frozen=True, slots=True)
class Telling:
    """What an article is about."""

    floor: float
    place: float
    event: float
    word: float
    damping: float
    terms: int


@dataclass(frozen=True, slots=True)
class Linking:
    """Which earlier articles one is linked to."""

    window: int
    nearest: int
    half: float
    likeness: float
    votes: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a story reaches."""

    core: float
    span: int
    memory: int
    unnamed: float
    least: int


@dataclass(frozen=True, slots=True)
class Naming:
    """What a story is called by."""

    articles: int
    headlines: int
    named: int
    participants: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``settings.toml`` says; its comments give the meaning of each value."""

    telling: Telling
    linking: Linking
    reach: Reach
    naming: Naming


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings in force."""
    read = tomllib.loads(FILE.read_text("utf-8"))
    return Settings(
        Telling(**read["telling"]),
        Linking(**read["linking"]),
        Reach(**read["reach"]),
        Naming(**read["naming"]),
    )


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Stands for the configuration: with another one, stories may come out otherwise."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:8]
