"""Setting the story apart from what surrounds it on a page.

An article as copied from a page carries its section's name, bylines, share buttons, links to
other stories, credits of photographs, the author's biography, tags and rights. All of that is
kept in the text, and none of it is news: `find_story` says which stretches are.

The rules look at the shape and place of a paragraph, and err on the side of the story: what
no rule recognises is story. That paragraphs are the unit, and that place in the document is
as telling as wording, follows Kohlschütter et al., "Boilerplate Detection using Shallow Text
Features" (WSDM 2010).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.extraction import Mention
from extractors.sources.bylines import is_biography, is_byline, is_name, opens_biography
from extractors.sources.furniture import (
    heads_links,
    is_furniture,
    is_promotion,
    is_tail_note,
    opens_comments,
)
from extractors.sources.publication import Stamp, read_stamp
from extractors.sources.sections import is_section

TITLE_WORDS = 30  # a headline is no longer
OPENING_UNITS = 15  # how far from the top a headline, byline or date line is looked for
MOST_AUTHORS = 6  # whose biographies stand below one story
LEAD_WORDS = 60  # this much running text, and a line with a date is no date line any more


@dataclass(frozen=True, slots=True)
class Story:
    """Where the news is in a text.

    `story` are stretches in order, disjoint, without white space at their ends; the headline
    is part of the first. `headline` is the title within the text, None when the text starts
    without one. `dateline` is the line that gives the day of publication ("Published: 11
    January 2021", "January 11, 2021"), None without one; a bare date belongs to the story.
    """

    story: tuple[Mention, ...]
    headline: Mention | None = None
    dateline: Mention | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph: its place in the text, and its words with single spaces between them."""

    start: int
    end: int
    words: str

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.words.count(" ") + 1

    @property
    def ends_sentence(self) -> bool:
        """Whether it closes as a sentence does, a closing quote or bracket aside."""
        return self.words.rstrip("\"'”’)]»").endswith((".", "!", "?", "…", ":", ";"))

    @property
    def mention(self) -> Mention:
        """Its place in the text."""
        return Mention(self.start, self.end)


def find_story(text: str, title: str | None = None) -> Story:
    """The stretches of a text that tell the news, with its headline and its date line.

    >>> text = "World\\n\\nRiver floods Harbourton\\n\\nThe Esk rose on Monday.\\n\\nTags: floods"
    >>> found = find_story(text)
    >>> [text[part.start:part.end] for part in found.story]
    ['River floods Harbourton\\n\\nThe Esk rose on Monday.']
    >>> text[found.headline.start:found.headline.end]
    'River floods Harbourton'

    `title`, where it is known from elsewhere, helps to tell the headline. A text that holds
    nothing but furniture is all story, so that nothing is lost to a wrong guess; only a text
    without any word has none.
    """
    units = paragraphs(text)
    if not units:
        return Story(())
    cut: set[int] = set()
    headline, dateline = _read_opening(units, title, cut)
    _cut_tail(units, cut)
    _cut_between(units, cut, headline)
    kept = [n for n in range(len(units)) if n not in cut]
    if not kept:
        return Story((Mention(units[0].start, units[-1].end),))
    if dateline is None:
        dateline = _labelled_date(units, cut)
    return Story(
        _stretches(units, kept),
        units[headline].mention if headline is not None else None,
        units[dateline].mention if dateline is not None else None,
    )


def paragraphs(text: str) -> list[Unit]:
    """The paragraphs of a text: its lines, or its blocks where lines are wrapped by hand."""
    pattern = r"\S(?:(?!\n[^\S\n]*\n).)*" if _is_wrapped(text) else r"[^\S\n]*\S[^\n]*"
    units = []
    for match in re.finditer(pattern, text, re.DOTALL):
        words = match[0].split()
        if words:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            units.append(Unit(start, start + len(match[0].strip()), " ".join(words)))
    return units


def _is_wrapped(text: str) -> bool:
    """Whether lines end at a margin rather than where a paragraph does.

    Then most lines that are followed by another break off within a sentence, and go on in
    lower case as often as not.
    """
    lines = [line.strip() for line in text.split("\n")]
    pairs = [(one, two) for one, two in pairwise(lines) if one and two]
    if len(pairs) < 3 or max(len(one) for one, _ in pairs) > 120:
        return False
    broken = sum(two[0].islower() for one, two in pairs if not one.endswith((".", "!", "?", ":")))
    return broken >= len(pairs) * 0.4


def _read_opening(
    units: Sequence[Unit], title: str | None, cut: set[int]
) -> tuple[int | None, int | None]:
    """Headline and date line by number; what stands around them is added to `cut`."""
    opening = units[:OPENING_UNITS]
    known = _key(title) if title else None
    headline = next(
        (n for n, unit in enumerate(opening) if known and _key(unit.words) == known), None
    )
    if headline is not None:
        # What stands before the title is navigation, unless it is as long as a paragraph.
        cut.update(
            n
            for n in range(headline)
            if opening[n].size <= 8
            and not opening[n].ends_sentence
            and read_stamp(opening[n].words) is None
        )
    dateline: int | None = None
    lead = 0
    for n, unit in enumerate(opening):
        if n in cut or n == headline:
            continue
        following = opening[n + 1].words if n + 1 < len(opening) else ""
        stamp = read_stamp(unit.words) if lead < LEAD_WORDS else None
        before_all = headline is None and lead == 0 and n + 1 < len(units)
        if stamp:
            dateline = _better_date(dateline, n, stamp, opening)
            if stamp.kind != "bare":
                cut.add(n)
        elif (
            is_byline(unit.words)
            or is_furniture(unit.words)
            or _names_author(unit, following)
            or (before_all and (is_section(unit.words) or _is_over_title(unit, opening[n + 1 :])))
        ):
            cut.add(n)
        elif before_all and _is_title(unit):
            headline = n
        else:
            lead += unit.size
    return headline, dateline


def _better_date(found: int | None, n: int, stamp: Stamp, units: Sequence[Unit]) -> int | None:
    """The date line to keep: a labelled one before a bare one, the first before the next."""
    if stamp.kind == "updated":
        return found
    if found is None:
        return n
    earlier = read_stamp(units[found].words)
    return n if stamp.kind == "published" and earlier and earlier.kind == "bare" else found


def _names_author(unit: Unit, following: str) -> bool:
    """Whether the unit is a name alone, over a date line or an author's function."""
    return is_name(unit.words) and (read_stamp(following) is not None or is_byline(following))


def _is_over_title(unit: Unit, rest: Sequence[Unit]) -> bool:
    """Whether a unit is one word over a headline, as an unknown section's name would be."""
    return (
        unit.size == 1
        and unit.words.isalpha()
        and len(rest) > 1
        and rest[0].size > 3
        and _is_title(rest[0])
        and not rest[0].ends_sentence
    )


def _is_title(unit: Unit) -> bool:
    """Whether a unit has the shape of a headline: short, and no full stop at its end."""
    if not 2 <= unit.size <= TITLE_WORDS or re.search(r"(?:_|--|—|–|-|\))$", unit.words):
        return False  # such ends are those of a wire agency's date line: "GENEVA (XY) --"
    return not unit.words.endswith((".", ":", ";", ",")) and unit.words[0] not in "-*•"


def _key(title: str) -> str:
    """A title without what differs between a page's head and its body."""
    return re.sub(r"[\W_]+", " ", title).strip().casefold()


def _cut_tail(units: Sequence[Unit], cut: set[int]) -> None:
    """Go up from the end for as long as there is furniture, and add it to `cut`."""
    authors = 0
    for n in range(len(units) - 1, 0, -1):
        words = units[n].words
        if n in cut or _is_below_story(words, units[n + 1 : n + 2] if n + 1 in cut else ()):
            cut.add(n)
        elif opens_biography(words) and authors < MOST_AUTHORS:
            before = " ".join(other.words for other in units[:n] if not is_name(other.words))
            if not is_biography(words, before, units[n - 1].words):
                return
            authors += 1
            cut.add(n)
        else:
            return


def _is_below_story(words: str, below: Sequence[Unit]) -> bool:
    """Whether a unit is furniture for what it says, or for the furniture right `below` it."""
    if is_furniture(words) or is_promotion(words) or is_tail_note(words):
        return True
    return bool(below) and (
        read_stamp(words) is not None
        or (is_name(words) and is_biography(below[0].words, "", words))
    )


def _cut_between(units: Sequence[Unit], cut: set[int], headline: int | None) -> None:
    """Furniture between paragraphs of the story, lists of links, and readers' comments."""
    linking = False
    for n, unit in enumerate(units):
        if n in cut or n == headline:
            linking = linking and n != headline
            continue
        if opens_comments(unit.words) and n > len(units) * 0.6:
            cut.update(range(n, len(units)))
            return
        if n and (is_furniture(unit.words) or is_promotion(unit.words)):
            cut.add(n)
            linking = heads_links(unit.words)
        elif linking and not unit.ends_sentence and unit.size <= TITLE_WORDS:
            cut.add(n)
        else:
            linking = False


def _labelled_date(units: Sequence[Unit], cut: set[int]) -> int | None:
    """A line "Published: ..." below the story."""
    for n in sorted(cut):
        stamp = read_stamp(units[n].words)
        if stamp and stamp.kind == "published":
            return n
    return None


def _stretches(units: Sequence[Unit], kept: Sequence[int]) -> tuple[Mention, ...]:
    """Runs of neighbouring units as stretches of text."""
    runs: list[Mention] = []
    last = -2
    for n in kept:
        start = runs.pop().start if n == last + 1 else units[n].start
        runs.append(Mention(start, units[n].end))
        last = n
    return tuple(runs)
