"""Direct speech: the stretches between quotation marks, and who speaks them.

A quotation ends with its paragraph unless the next paragraph opens the quotation again, as
newspapers do with long statements; an unbalanced mark therefore never costs more than the
sentence it stands in. Speakers are found in the parse where it connects quotation and
reporting verb, else by the position of the verb beside the marks, else carried over from the
quotation before (after Krestel, Bergler and Witte, "Minding the source", LREC 2008, and
O'Keefe et al., "A sequence labelling approach to quote attribution", EMNLP 2012).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.actions.lexicon import load_lexicon
from extractors.attribution.reporting import (
    ACCORDING,
    ReportingLexicon,
    according_to,
    naming,
    speaker_of,
    subject_behind,
    takes_report,
)
from extractors.extraction import Mention

# Straight marks, and the pairs of backticks and apostrophes that wire services send.
MARK = re.compile(r"``|''|\"")
MARK_WIDTH = 2
PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
OPENS_AFTER = frozenset(" \t\n([{-–—/:,'\"")
# A reporting verb this many words beside the quotation marks belongs to them.
REACH = 12
LONGEST_SINGLE = 600
NOT_SPEECH = re.compile(r"'(?:s|t|re|ve|ll|d|m|em|n|til|tis|twas|cause|bout|\d\d)\b", re.IGNORECASE)
SINGLE_OPEN = re.compile(r"(?<![^\s(\[\"–—-])'(?=[^\s'])")
SINGLE_CLOSE = re.compile(r"(?<=[^\s'(])'(?![\w'])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between quotation marks, without them: ``text[start:end]``.

    `speaker` is the stretch of text that names who speaks ("she" where it says "she"), None
    where nobody is named. `cue` is the index of the reporting verb's token ("said"), None
    where the speaker is carried over. A quotation of several paragraphs gives one record for
    each, with the same speaker.
    """

    start: int
    end: int
    speaker: Mention | None
    cue: int | None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A quoted stretch before its speaker is known.

    `leads` tells that it opens its paragraph, `goes_on` that it continues in the next one.
    """

    start: int
    end: int
    paragraph: int
    leads: bool = False
    goes_on: bool = False


def find_quotations(doc: Doc, lexicon: ReportingLexicon | None = None) -> tuple[Quotation, ...]:
    """The quotations of a document, in order, with their speakers.

    Reads straight quotation marks, as `extractors.language.straighten` leaves them. The
    lexicon says which verbs report speech; without one, Dateline's own is read.

    >>> find_quotations(nlp('"We will fight," she said.'))
    (Quotation(start=1, end=15, speaker=Mention(start=17, end=20), cue=7),)
    >>> find_quotations(nlp('He called it "an insult.'))  # never closed
    (Quotation(start=14, end=24, speaker=Mention(start=0, end=2), cue=1),)
    """
    stretches = _stretches(doc)
    return tuple(_Speakers(doc, stretches, lexicon or load_lexicon()).resolve())


def _stretches(doc: Doc) -> list[_Stretch]:
    text = doc.text
    found: list[_Stretch] = []
    bounds = list(_paragraphs(text))
    ends = [sent.end_char for sent in doc.sents]
    for number, (start, end) in enumerate(bounds):
        following = bounds[number + 1][0] if number + 1 < len(bounds) else len(text)
        again = MARK.match(text, following) is not None
        doubles = _double(text, start, end, number, again, ends)
        found += doubles
        found += _single(text, start, end, number, doubles)
    spoken = (stretch for stretch in found if text[stretch.start : stretch.end].strip())
    return sorted(spoken, key=lambda stretch: stretch.start)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _double(
    text: str, start: int, end: int, number: int, opens_again: bool, ends: Sequence[int]
) -> list[_Stretch]:
    """Stretches in double quotation marks of one paragraph; the last may go on in the next."""
    found: list[_Stretch] = []
    opened: int | None = None
    for mark in MARK.finditer(text, start, end):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        can_open = (
            mark[0] != "''" and not after.isspace() and (before.isspace() or before in OPENS_AFTER)
        )
        can_close = mark[0] != "``" and not before.isspace()
        if opened is not None and can_close and not (can_open and before not in ",.?!'-–—"):
            found.append(_Stretch(opened, mark.start(), number, leads=opened - start <= MARK_WIDTH))
            opened = None
        elif can_open:
            opened = mark.end()
    if opened is None:
        return found
    leads = opened - start <= MARK_WIDTH
    if opens_again:
        return [*found, _Stretch(opened, end, number, leads, goes_on=True)]
    # Never closed: it costs its own sentence, no more.
    sentence = ends[min(bisect_left(ends, opened + 1), len(ends) - 1)] if ends else end
    stop = opened + len(text[opened : min(sentence, end)].rstrip())
    return [*found, _Stretch(opened, stop, number, leads)] if stop > opened else found


def _single(
    text: str, start: int, end: int, number: int, doubles: Sequence[_Stretch]
) -> list[_Stretch]:
    """Stretches in single quotation marks, told from apostrophes by what stands beside them."""
    found: list[_Stretch] = []
    position = start
    while (opening := SINGLE_OPEN.search(text, position, end)) is not None:
        position = opening.end()
        if NOT_SPEECH.match(text, opening.start()) or _within(position, doubles):
            continue
        closing = SINGLE_CLOSE.search(text, position, min(end, position + LONGEST_SINGLE))
        if closing is None:
            continue
        found.append(
            _Stretch(position, closing.start(), number, leads=position - start <= MARK_WIDTH)
        )
        position = closing.end()
    return found


def _within(position: int, stretches: Sequence[_Stretch]) -> bool:
    index = bisect_right(stretches, position, key=lambda stretch: stretch.start) - 1
    return index >= 0 and position <= stretches[index].end


class _Speakers:
    """Finds who speaks the quotations of one document."""

    def __init__(self, doc: Doc, stretches: Sequence[_Stretch], lexicon: ReportingLexicon) -> None:
        self._doc = doc
        self._stretches = stretches
        self._lexicon = lexicon
        self._starts = [token.idx for token in doc]
        self._quoted = bytearray(len(doc))
        self._spans = [self._tokens(stretch) for stretch in stretches]
        for first, last in self._spans:
            for index in range(first, last):
                self._quoted[index] = 1

    def resolve(self) -> Iterator[Quotation]:
        """Each stretch with its speaker and reporting verb."""
        cues = [self._cue(span) for span in self._spans]
        speakers = [self._speaker(cue) for cue in cues]
        for number in range(len(cues) - 2, -1, -1):
            # A statement that goes on into the next paragraph is often attributed there only.
            if cues[number] is None and self._stretches[number].goes_on:
                speakers[number] = speakers[number + 1]
        for number, stretch in enumerate(self._stretches):
            if (
                cues[number] is None
                and speakers[number] is None
                and number
                and self._carries(number)
            ):
                speakers[number] = speakers[number - 1]
            speaker = speakers[number]
            yield Quotation(stretch.start, stretch.end, speaker, cues[number])

    def _tokens(self, stretch: _Stretch) -> tuple[int, int]:
        return bisect_left(self._starts, stretch.start), bisect_left(self._starts, stretch.end)

    def _carries(self, number: int) -> bool:
        """Whether the speaker of the quotation before speaks this one too."""
        before, here = self._stretches[number - 1], self._stretches[number]
        if before.goes_on:
            return True
        first, last = self._spans[number]
        if not self._is_sentence(first, last):
            return False
        if here.paragraph == before.paragraph:
            return True
        # A paragraph that opens with speech, right after one that names its speaker.
        return here.leads and here.paragraph == before.paragraph + 1

    def _is_sentence(self, first: int, last: int) -> bool:
        words = [
            token for token in self._doc[first:last] if not token.is_punct and not token.is_space
        ]
        return len(words) >= 2 and any(token.pos_ in {"VERB", "AUX"} for token in words)

    def _cue(self, span: tuple[int, int]) -> int | None:
        """The reporting verb of a quotation: above it in the parse, else beside it."""
        first, last = span
        if first >= last:
            return None
        above = self._above(first, last)
        if above is not None:
            return above.i
        return self._beside(first, last)

    def _above(self, first: int, last: int) -> Token | None:
        for token in self._doc[first:last]:
            if first <= token.head.i < last or token.is_punct or token.is_space:
                continue
            current = token
            for _ in range(REACH):
                head = current.head
                if head.i == current.i:
                    break
                if (
                    not self._quoted[head.i]
                    and head.pos_ in {"VERB", "AUX"}
                    and self._reports(head, current)
                ):
                    return head
                source = next((c for c in head.children if c.lower_ in ACCORDING), None)
                if source is not None:
                    return source
                current = head
        return None

    def _reports(self, verb: Token, below: Token) -> bool:
        if self._lexicon.is_speech(verb.lemma_.lower()):
            return below.dep_ not in {"nsubj", "nsubjpass", "relcl"}
        return takes_report(verb, below, self._lexicon)

    def _beside(self, first: int, last: int) -> int | None:
        """A reporting verb right after or right before the marks, outside any quotation."""
        inverted = self._inverted(last)
        if inverted is not None:
            return inverted
        if not self._is_sentence(first, last):
            return None
        after = self._scan(range(last, min(len(self._doc), last + REACH)), skip=3)
        if after is not None:
            return after
        return self._scan(range(first - 1, max(-1, first - 1 - REACH), -1), skip=2)

    def _inverted(self, last: int) -> int | None:
        """Any verb right after the marks, with its subject behind it: '"Hurrah," cheered Ann'."""
        at = last
        while at < len(self._doc) and self._doc[at].is_punct and at < last + 3:
            at += 1
        if (
            at >= len(self._doc)
            or at == last
            or self._doc[last - 1].lower_ not in {",", "!", "?", ".", "-"}
        ):
            return None
        verb = self._doc[at]
        return at if verb.tag_ in {"VBD", "VBZ"} and subject_behind(verb) is not None else None

    def _scan(self, indices: Sequence[int], skip: int) -> int | None:
        marks = 0
        for index in indices:
            token = self._doc[index]
            if self._quoted[index]:
                return None
            if token.is_space and "\n" in token.text and index != indices[0]:
                return None
            if token.lower_ in {".", ";", "!", "?"} and index != indices[0] and not marks:
                return None
            if token.is_punct:
                marks += 1
                if marks > skip:
                    return None
                continue
            if token.pos_ == "VERB" and self._lexicon.is_speech(token.lemma_.lower()):
                return index
        return None

    def _speaker(self, cue: int | None) -> Mention | None:
        if cue is None:
            return None
        verb = self._doc[cue]
        who = according_to(verb) if verb.lower_ in ACCORDING else speaker_of(verb)
        if who is None or self._quoted[who.i]:
            return None
        return naming(who)
