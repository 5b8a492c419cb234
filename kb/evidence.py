"""The sentence around a trigger, cut from the article's text as stored.

An extraction gives the exact words of each event and participant; what a reader wants to see
around them is their sentence. It is found from the text alone, so that the graph of an article
needs no parser, and errs towards showing more.
"""

from __future__ import annotations

import re

LIMIT = 600
"""Longest evidence in code points: a text without full stops is cut around the trigger."""

_BREAK = re.compile(r"\n[ \t]*\n|\n|[.!?…][\"'”’»)\]]*[ \t\u00a0]+(?=[\"'“‘«(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|St|Jr|Sr|Inc|Corp|Ltd|Co|No|vs|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)|\b(?:[A-Z]\.)*[A-Z])\.\Z"
)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of ``text[start:end]``, as offsets that enclose it.

    >>> text = "Amazon acted. Parler, led by J. Matze, went offline on Sunday. It had users."
    >>> first, last = sentence(text, text.index("went"), text.index("went") + 4)
    >>> text[first:last]
    'Parler, led by J. Matze, went offline on Sunday.'
    """
    floor, ceiling = max(0, start - LIMIT // 2), min(len(text), end + LIMIT // 2)
    first, last = floor, ceiling
    for stop in _breaks(text, floor, start):
        first = stop
    for stop in _breaks(text, end, ceiling):
        last = stop
        break
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    if first == floor and floor > 0:
        first = _word_edge(text, first, start)
    if last == ceiling < len(text):
        last = end + len(text[end:last].rpartition(" ")[0]) if " " in text[end:last] else last
    return first, last


def _word_edge(text: str, first: int, start: int) -> int:
    space = text.find(" ", first, start)
    return first if space < 0 or text[first - 1].isspace() else space + 1


def _breaks(text: str, start: int, end: int) -> list[int]:
    """Where sentences end between two offsets."""
    stops = []
    for found in _BREAK.finditer(text, start, end):
        mark = text[found.start()]
        if mark == "." and _ABBREVIATION.search(
            text, max(0, found.start() - 12), found.start() + 1
        ):
            continue
        stops.append(found.end())
    return stops
