"""Words and figures of a text, each with the word classes it may stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Alternatives are disjoint by their first characters or ordered from long to short, and none
# nests a repetition in a repetition: the scan is linear.
_PIECE = re.compile(
    r"""
      (?P<gap>\n[^\S\n]*\n\s*)
    | (?P<iso>[0-9]{4}-[0-9][0-9]-[0-9][0-9](?:T[0-9][0-9]:[0-9][0-9](?::[0-9][0-9])?)?(?![0-9-]))
    | (?P<slash>[0-9]{1,2}/[0-9]{1,2}(?:/(?:[0-9]{4}|[0-9][0-9]))?(?![0-9/]))
    | (?P<signed>(?<![0-9])[+-]\s?[0-9]{1,2}(?::?[0-9][0-9])?(?=\s?\)))
    | (?P<clock>[0-9]{1,2}:[0-9][0-9](?::[0-9][0-9])?(?![0-9:]))
    | (?P<decade>(?:[0-9][0-9]|')?[0-9]0s\b)
    | (?P<ayy>'[0-9][0-9](?![\w']))
    | (?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th)\b)
    | (?P<quarterth>[Qq][1-4](?!\w))
    | (?P<fy>FY\s?'?(?:[0-9]{4}|[0-9][0-9])(?!\w))
    | (?P<number>[0-9]+(?:[.,][0-9]+)*)
    | (?P<ampm>[AaPp]\.\s?[Mm]\b\.?|[AaPp][Mm]\b)
    | (?P<era>[AaBb]\.[DdCc]\.(?:[Ee]\.)?)
    | (?P<oclock>[Oo]'[Cc]lock\b)
    | (?P<word>[^\W\d_]+)
    | (?P<clitic>'[sS]\b)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_HYPHENS = frozenset("-–—/")
_LONGEST_NUMBER = 12
_DASHES = frozenset("–—")
_MONEY = frozenset("$£€¥#")

_YEAR_PREFIXES = frozenset(("mid", "post", "pre", "early", "late"))

Classes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists: where each piece starts and ends, its lower-case form, its classes.

    `classes[i]` maps the names of the classes (and the word itself) to values, and is None
    for a word that no time expression holds.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    classes: list[Classes | None]

    def glued(self, i: int) -> bool:
        """Whether token `i` follows the one before it without a space."""
        return i > 0 and self.starts[i] == self.ends[i - 1]

    def written(self, i: int) -> str:
        """Token `i` as the text has it."""
        return self.text[self.starts[i] : self.ends[i]]


def lex(text: str, vocabulary: Mapping[str, Classes]) -> Tokens:
    """Split a text into words, figures and marks, and look each up.

    `vocabulary` maps lower-case words (and marks) to their classes.
    """
    tokens = Tokens(text, [], [], [], [])
    starts, ends, words, classes = tokens.starts, tokens.ends, tokens.words, tokens.classes
    look = vocabulary.get
    resume = 0
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        if start < resume:
            continue
        kind = piece.lastgroup
        word = text[start:end]
        if kind == "word":
            word = word.lower()
            found = look(word)
            if text[end : end + 1] == "." and (abbreviated := look(f"{word}.")) is not None:
                found, word, end = abbreviated, f"{word}.", end + 1
                resume = end
        elif kind in ("mark", "clitic", "gap"):
            found = look("-" if word in _DASHES else word)
        else:
            word = word.lower()
            found = _figure(str(kind), word, tokens, start)
            if kind == "number" and _cut_off(text, start, end):
                found = None
            known = look(word)
            if known is not None:
                found = {**(found or {}), **known}
        starts.append(start)
        ends.append(end)
        words.append(word)
        classes.append(found)
    return _join_numbers(tokens)


def _cut_off(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a sum, a share, a model or a serial number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if after.isalpha():
        return (
            text[end : end + 2].lower() not in ("am", "pm", "a.", "p.")
            or text[end + 2 : end + 3].isalpha()
        )
    return (
        (before != "" and before in _MONEY)
        or before.isalpha()
        or before == "."
        or after in ("%", "_")
    )


def _figure(kind: str, word: str, tokens: Tokens, start: int) -> Classes:
    if kind == "number":
        return _number(word, tokens, start)
    if kind == "ordinal":
        value = int(word[:-2])
        return {"DAYTH": value, "ORDINAL": value} if 1 <= value <= 31 else {"ORDINAL": value}
    if kind == "decade":
        return {"DECADE": word.strip("'s").replace("'", "")}
    if kind == "ayy":
        return {"AYY": word}
    if kind == "fy":
        return {"FY": word.lower().lstrip("fy '")}
    if kind == "quarterth":
        return {"QUARTERTH": int(word[1])}
    if kind == "ampm":
        return {"AMPM": word[0]}
    if kind in ("era", "oclock"):
        return {word: word}
    if kind == "clock":
        return {"CLOCK": word, "HOUR": word}
    return {kind.upper(): word}


def _number(word: str, tokens: Tokens, start: int) -> Classes:
    if len(word) > _LONGEST_NUMBER:
        return {}
    plain = word.isdigit()
    value: float = (
        int(word) if plain else float(word.replace(",", "") if word.count(".") < 2 else "0")
    )
    n = len(tokens.words)
    # After a hyphen that joins it to something, a number is the end of a range or a score.
    if n and tokens.words[-1] in _HYPHENS and tokens.ends[-1] == start and tokens.glued(n - 1):
        found: dict[str, Any] = {"TAIL_NUM": value}
        if plain and len(word) <= 2 and 1 <= value <= 31:
            found["TAIL"] = value
        if plain and len(word) == 2:
            found["YY"] = word
        before = n > 1 and (
            tokens.words[n - 2] in _YEAR_PREFIXES or "YEAR" in (tokens.classes[n - 2] or ())
        )
        if plain and len(word) == 4 and before:
            found["YEAR"] = int(value)
        return found
    found = {"NUM": int(value) if float(value).is_integer() else value}
    if plain:
        if len(word) <= 2 and 1 <= value <= 31:
            found["DAY"] = found["HOUR"] = int(value)
        if len(word) == 4:
            found["YEAR"] = int(value)
            if value < 2400 and value % 100 < 60:
                found["MILITARY"] = word
    elif "." in word and word.count(".") == 1:
        found["HOUR"] = word
    return found


def _join_numbers(tokens: Tokens) -> Tokens:
    """One token for "twenty-five", "two and a half", "5 1/2", "three hundred"."""
    out = Tokens(tokens.text, [], [], [], [])
    i, n = 0, len(tokens.words)
    while i < n:
        found = tokens.classes[i]
        end, classes = i + 1, found
        if found is not None and ("NUMBER" in found or "NUM" in found):
            end, value = _compound(tokens, i)
            if end > i + 1:
                classes = {"NUM": value}
            elif "NUMBER" in found:
                classes = {**found, "NUM": value, "HOUR": value}
        out.starts.append(tokens.starts[i])
        out.ends.append(tokens.ends[end - 1])
        out.words.append(tokens.words[i])
        out.classes.append(classes)
        i = end
    return out


def _compound(tokens: Tokens, i: int) -> tuple[int, float]:
    """Where the number that starts at token `i` ends, and its value."""

    def number(at: int, name: str) -> float | None:
        found = tokens.classes[at] if at < len(tokens.words) else None
        return None if found is None else found.get(name)

    def word(at: int) -> str:
        return tokens.words[at] if at < len(tokens.words) else ""

    spelt = number(i, "NUMBER")
    value = spelt if spelt is not None else number(i, "NUM") or 0
    end = i + 1
    if spelt is not None and 20 <= spelt <= 90:
        after = end + 1 if word(end) == "-" else end
        unit = number(after, "NUMBER")
        if unit is not None and unit < 10:
            value, end = value + unit, after + 1
    for _ in range(2):
        scale = number(end, "NUMBER")
        if scale is None or (scale < 100 and word(end) != "dozen"):
            break
        value, end = value * scale, end + 1
    if word(end) == "and" and word(end + 1) == "a" and word(end + 2) == "half":
        return end + 3, value + 0.5
    if [word(end + n) for n in range(6)] == ["-", "and", "-", "a", "-", "half"]:
        return end + 6, value + 0.5
    if "SLASH" in (_classes(tokens, end)) and word(end) in ("1/2", "1/4", "3/4"):
        above, below = word(end).split("/")
        return end + 1, value + int(above) / int(below)
    return end, value


def _classes(tokens: Tokens, i: int) -> Classes:
    return (tokens.classes[i] or {}) if i < len(tokens.words) else {}
