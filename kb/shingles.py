"""What makes two articles near-duplicates: shingles of their stories, and credits of agencies.

Stories are compared by the sets of their word shingles (Broder 1997); MinHash signatures in
bands say which are worth comparing. All is a function of the two stories and of copies.toml.
"""

from __future__ import annotations

import re
import tomllib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.records import ArticleRecord

if TYPE_CHECKING:
    from datasketch import MinHash

SETTINGS: Mapping[str, Any] = tomllib.loads(
    Path(__file__).with_name("copies.toml").read_text(encoding="utf-8")
)
EDGE = 400
"""Characters at the beginning and the end of an article in which a credit is looked for."""
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A story as it is compared: hashes of its shingles, the keys of its bands, its agency."""

    shingles: frozenset[int]
    keys: tuple[int, ...]
    agency: str | None

    def is_copy(self, other: Sketch) -> bool:
        """Whether one is, in the main, the other. Symmetric; stories without a band in common
        are none.
        """
        if not set(self.keys) & set(other.keys):
            return False
        shared = len(self.shingles & other.shingles)
        if shared < SETTINGS["shared"]:
            return False
        one, two = len(self.shingles), len(other.shingles)
        credited = self.agency is not None and self.agency == other.agency
        wanted = SETTINGS["similarity_with_credit" if credited else "similarity"]
        return bool(
            shared >= wanted["contained"] * min(one, two)
            and shared >= wanted["together"] * (one + two - shared)
        )


def sketch(record: ArticleRecord) -> Sketch:
    """The sketch of an article's story; its text where no story is set apart."""
    spans = record.story or ((0, len(record.text)),)
    words: list[str] = []
    for start, end in spans:
        words += _WORD.findall(record.text[start:end].lower())
        if len(words) >= SETTINGS["words"]:
            break
    words = words[: SETTINGS["words"]]
    size: int = SETTINGS["shingle"]
    shingles = frozenset(
        _hash(" ".join(words[at : at + size])) for at in range(len(words) - size + 1)
    )
    keys = _bands(shingles) if len(shingles) >= SETTINGS["shared"] else ()
    return Sketch(shingles, keys, agency(record.text))


def agency(text: str) -> str | None:
    """The agency that an article credits at its beginning or end.

    >>> agency("NORWICK (Reuters) - The port was closed on Monday."), agency("Reuters fell.")
    ('Reuters', None)
    """
    found = _credit().search(text[:EDGE]) or _credit().search(text[-EDGE:])
    if found is None:
        return None
    return _agencies()[next(group for group in found.groups() if group)]


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    return {name: agency for agency, names in SETTINGS["agencies"].items() for name in names}


@lru_cache(maxsize=1)
def _credit() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _agencies()), key=len, reverse=True))
    return re.compile(
        rf"\(({names})\)|(?:^|\n)\s*(?:By|From|Source:)\s+({names})\s*(?:\n|$)"
        rf"|[—–-]\s*({names})\s*(?:\n|$)|(?:^|\n)({names})\s*(?:\n|$)"
        rf"|©\s*(?:\d{{4}}\s+)?({names})\b"
    )


def _hash(shingle: str) -> int:
    return int.from_bytes(blake2b(shingle.encode(), digest_size=4).digest(), "big")


@lru_cache(maxsize=1)
def _empty() -> MinHash:
    # The library brings half a second of imports along, which only writing has to wait for.
    from datasketch import MinHash  # noqa: PLC0415

    return MinHash(SETTINGS["permutations"], SETTINGS["seed"], hashfunc=lambda value: value)


def _bands(shingles: Iterable[int]) -> tuple[int, ...]:
    """One key a band: two signatures share it when they are equal in the whole band."""
    signature = _empty().copy()
    signature.update_batch(sorted(shingles))
    values, rows = signature.hashvalues, SETTINGS["rows"]
    return tuple(
        int.from_bytes(
            blake2b(
                band.to_bytes(2, "big") + array("Q", map(int, values[at : at + rows])).tobytes(),
                digest_size=8,
            ).digest(),
            "big",
            signed=True,
        )
        for band, at in enumerate(range(0, len(values) - rows + 1, rows))
    )
