"""Counts and amounts of participants: "at least five people" as a range of what is counted.

Two reports give different numbers when they count the same and the ranges that they mean do not
meet: "five dead" and "seven dead" differ, "about 100" and "98 posts" do not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any

_WORDS: Mapping[str, Any] = tomllib.loads(
    Path(__file__).with_name("quantities.toml").read_text(encoding="utf-8")
)
_NUMBERS: Mapping[str, int] = _WORDS["numbers"]
_SCALES: Mapping[str, int] = _WORDS["scales"]
_VAGUE: Mapping[str, Sequence[float]] = _WORDS["vague"]
_SIGNS: Mapping[str, str] = _WORDS["signs"]
_ENDS = frozenset(_WORDS["ends"]["words"])
_MEASURES = {name: measure for measure, names in _WORDS["measures"].items() for name in names}
_BEFORE = {
    tuple(phrase.split()): kind for kind, phrases in _WORDS["before"].items() for phrase in phrases
}
_TOKEN = re.compile(r"[$€£%]|\d+(?:,\d{3})*(?:\.\d+)?(?![\w-])|[^\W\d_]+(?:['’-][^\W_]+)*|\S")
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_TENS = re.compile(r"([a-z]+ty)-([a-z]+)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is meant: from `low` to `high` of `measure`, the singular of what is counted.

    `value` is the number as written, `words` the phrase.
    """

    low: float
    high: float
    value: float
    measure: str
    words: str

    def agrees(self, other: Quantity) -> bool:
        """Whether both may be right."""
        return self.low <= other.high and other.low <= self.high


@lru_cache(maxsize=8192)
def quantity(phrase: str) -> Quantity | None:
    """What a phrase counts; None when it gives no number of anything.

    >>> quantity("at least five police officers in the capital")
    Quantity(low=5, high=inf, value=5, measure='officer', words='at least five police officers')
    >>> quantity("a fine of $2.5 million").measure
    'dollars'
    >>> quantity("8 January") is None
    True
    """
    tokens = [found.group() for found in _TOKEN.finditer(phrase)]
    plain = [token.lower() for token in tokens]
    at, kind, start = 0, "", 0
    while at < len(plain):
        found = _number(plain, at)
        if found is not None:
            return _counted(tokens, plain, start, kind, found, at)
        if (step := _qualifier(plain, at)) is not None:
            width, named = step
            kind, start = (kind, start) if named == "skipped" else (named, at)
            at += width
            continue
        if plain[at] in _ENDS and plain[at] != "of":
            return None
        at, kind = at + 1, ""
        start = at
    return None


def _qualifier(plain: Sequence[str], at: int) -> tuple[int, str] | None:
    for width in (3, 2, 1):
        kind = _BEFORE.get(tuple(plain[at : at + width]))
        if kind is not None:
            return width, kind
    return None


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    low: float
    high: float
    end: int
    sign: str


def _number(plain: Sequence[str], at: int) -> _Number | None:
    """The number that begins at a token, with the range that its form leaves open."""
    sign, end = "", at
    if plain[end] in _SIGNS and plain[end] != "%":
        sign, end = _SIGNS[plain[end]], end + 1
    if end < len(plain) and plain[end] in _VAGUE:
        low, high = _VAGUE[plain[end]]
        while end + 2 < len(plain) and plain[end + 1] == "of" and plain[end + 2] in _VAGUE:
            end += 2
            low, high = low * _VAGUE[plain[end]][0], high * _VAGUE[plain[end]][1]
        return _Number(low, low, high, end + 1, sign)
    first = _simple(plain, end)
    if first is None:
        return None
    value, unit, end = first
    while end < len(plain) and plain[end] in _SCALES:
        value, unit, end = value * _SCALES[plain[end]], unit * _SCALES[plain[end]], end + 1
    if end < len(plain) and plain[end] == "%":
        sign, end = "percent", end + 1
    slack = min(unit / 2, value * _WORDS["rounding"]) if value >= 100 or unit < 1 else 0
    exact = unit == 1 and value % 10 != 0
    slack = 0 if exact else slack
    return _Number(value, value - slack, value + slack, end, sign)


def _simple(plain: Sequence[str], at: int) -> tuple[float, float, int] | None:
    """A number without its scale, the unit that it is given in, and where it ends."""
    word = plain[at] if at < len(plain) else ""
    if _DIGITS.fullmatch(word):
        value = float(word.replace(",", ""))
        if "." in word:
            return value, 10.0 ** -len(word.partition(".")[2]), at + 1
        digits = word.replace(",", "")
        zeros = len(digits) - len(digits.rstrip("0")) if value else 0
        return int(value), 10**zeros, at + 1
    if word in _NUMBERS:
        return _NUMBERS[word], 1, at + 1
    tens = _TENS.fullmatch(word)
    if tens and tens[1] in _NUMBERS and tens[2] in _NUMBERS:
        return _NUMBERS[tens[1]] + _NUMBERS[tens[2]], 1, at + 1
    if word in _SCALES and len(word) > 2 and at and plain[at - 1] in ("a", "an"):
        return 1, 1, at  # "a dozen": the scale is read next.
    return None


def _counted(
    tokens: Sequence[str],
    plain: Sequence[str],
    start: int,
    kind: str,
    number: _Number,
    at: int,
) -> Quantity | None:
    measure, end = number.sign, number.end
    if not measure:
        rest = list(_measured(plain, number.end))
        if not rest:
            return None
        end = rest[-1] + 1
        measure = _measure(plain[rest[0] : end])
    low, high = _meant(kind, number)
    words = " ".join(tokens[start if kind else at : end])
    words = re.sub(r"([$€£]) (?=\d)", r"\1", words).replace(" %", "%")
    return Quantity(low, high, number.value, measure, words)


def _measured(plain: Sequence[str], start: int) -> Iterator[int]:
    """The tokens that name what is counted: "police officers", after "of the" too."""
    if start < len(plain) and plain[start] == "of":
        start += 1
        while start < len(plain) and _BEFORE.get((plain[start],)) == "skipped":
            start += 1
    for at in range(start, len(plain)):
        if plain[at] in _ENDS or not plain[at][0].isalpha():
            return
        yield at


def _measure(words: Sequence[str]) -> str:
    for name in (" ".join(words), words[-1]):
        if name in _MEASURES:
            return str(_MEASURES[name])
    return _singular(words[-1])


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _meant(kind: str, number: _Number) -> tuple[float, float]:
    about = number.value * _WORDS["about"]
    match kind:
        case "about":
            return min(number.low, number.value - about), max(number.high, number.value + about)
        case "least":
            return number.value, inf
        case "most":
            return 0, number.value
        case "nearly":
            return number.value - about, number.high
    return number.low, number.high
