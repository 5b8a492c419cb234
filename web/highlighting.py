"""An article's text cut into paragraphs and segments, so that overlapping finds can be shown.

Highlights nest and overlap freely ("the Capitol riot" is an entity whose second word is an
event). HTML has neither overlapping elements nor links inside links, so the text is cut at
every boundary: a segment is a longest stretch that is covered by the same highlights.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from kb.views import Highlight

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, what it denotes, and the fragments of the mentions that begin here."""

    start: int
    text: str
    event: Highlight | None = None
    entity: Highlight | None = None
    time: Highlight | None = None
    fragments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in segments; together they are its words, nothing left out."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs in a row that all tell the story, or all stand beside it."""

    story: bool
    paragraphs: tuple[Paragraph, ...]


def fragment(start: int, end: int) -> str:
    """The RFC 5147 fragment of a stretch, in code points, which is also its id in the page.

    >>> fragment(10, 16)
    'char=10,16'
    """
    return f"char={start},{end}"


def blocks(text: str, story: Sequence[Span], highlights: Sequence[Highlight]) -> tuple[Block, ...]:
    """The article in blocks of paragraphs, in order; white space between them is left out.

    Without any `story` stretch the whole text counts as story. A blank line ends a paragraph;
    in a text that has none, a line break does. Highlights outside the text are ignored.
    """
    waiting = deque(
        sorted((h for h in highlights if 0 <= h.start < h.end <= len(text)), key=_position)
    )
    current: list[Highlight] = []
    found: list[tuple[bool, Paragraph]] = []
    for start, end, in_story in _stretches(text, story or [(0, len(text))]):
        while waiting and waiting[0].start < end:
            current.append(waiting.popleft())
        current = [h for h in current if h.end > start]
        found.append((in_story, Paragraph(tuple(_segments(text, start, end, current)))))
    return tuple(
        Block(in_story, tuple(paragraph for _, paragraph in group))
        for in_story, group in groupby(found, key=itemgetter(0))
    )


def _position(highlight: Highlight) -> Span:
    return highlight.start, -highlight.end


def _stretches(text: str, story: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """Stretches without outer white space, cut at paragraph ends and at the story's bounds."""
    gap = re.compile(r"\n[^\S\n]*\n\s*" if re.search(r"\n[^\S\n]*\n", text) else r"\n\s*")
    cuts = {0, len(text), *(match.end() for match in gap.finditer(text))}
    cuts |= {bound for span in story for bound in span if 0 <= bound <= len(text)}
    for start, end in pairwise(sorted(cuts)):
        words = text[start:end].strip()
        if words:
            begin = text.index(words, start)
            in_story = any(a <= begin < b for a, b in story)
            yield begin, begin + len(words), in_story


def _segments(
    text: str, start: int, end: int, highlights: Sequence[Highlight]
) -> Iterator[Segment]:
    bounds = {start, end}
    for h in highlights:
        bounds |= {max(start, h.start), min(end, h.end)}
    for a, b in pairwise(sorted(bounds)):
        over = [h for h in highlights if h.start <= a and b <= h.end]
        begun = [h for h in over if h.start == a]
        yield Segment(
            start=a,
            text=text[a:b],
            event=_innermost(over, "event"),
            entity=_innermost(over, "entity"),
            time=_innermost(over, "time"),
            fragments=_fragments(begun),
        )


def _innermost(highlights: Sequence[Highlight], kind: str) -> Highlight | None:
    ours = [h for h in highlights if h.kind == kind]
    return min(ours, key=lambda h: h.end - h.start, default=None)


def _fragments(highlights: Sequence[Highlight]) -> tuple[str, ...]:
    """Events first: they are what links point at."""
    ordered = sorted(highlights, key=lambda h: h.kind != "event")
    return tuple(dict.fromkeys(fragment(h.start, h.end) for h in ordered))
