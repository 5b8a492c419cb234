"""The configuration of identity between events, and what stands for it in records."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_name("thresholds.toml")
Purpose = Literal["ingestion", "benchmark"]
WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``thresholds.toml`` says; its comments give the meaning of each value."""

    tolerance: int
    memory: int
    widest: int
    join: float
    strict: bool
    certain: float
    largest: int
    sample: int


@lru_cache(maxsize=4)
def settings(purpose: Purpose = "ingestion") -> Settings:
    """The settings for "ingestion" or "benchmark"."""
    read = tomllib.loads(FILE.read_text("utf-8"))
    return Settings(**read["dates"], **read[purpose], **read["rules"], **read["clusters"])


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Stands for configuration and weights: with others, events may come out otherwise."""
    return hashlib.sha256(FILE.read_bytes() + WEIGHTS.read_bytes()).hexdigest()[:8]
