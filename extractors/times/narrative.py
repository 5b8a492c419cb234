"""When the story that an article tells takes place: the frame of events without their own time.

News opens with a day ("announced on Wednesday") and goes on in the simple past without naming
it again. Such events lie between that day and publication (Dowty 1986, Temporal Discourse
Interpretation Principle; Webber 1988, Tense as Discourse Anaphor). A sentence that names an
older time leaves the frame; reports ("he said") come back to it, as does a new paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Token

from extractors.extraction import Time
from extractors.grammar.words import NESTING
from extractors.times.attachment import clause_verb
from extractors.times.direction import SPEECH
from extractors.times.words import words

# A story told as news happened so many days before publication at most.
_NEWS = 8
_FINE = ("day", "part-of-day", "hour", "minute", "second")
_RETURNING = SPEECH | words("returning")
_LEADING = ("ROOT", "conj", "ccomp", "parataxis")
_SAME_STORY = (*_LEADING, "advcl")


@dataclass(slots=True)
class _Frame:
    """Where the story stands: its day, and whether it is being told or left for another time."""

    day: str | None = None
    left: bool = False


def framed(
    doc: Doc, triggers: Sequence[int], known: Callable[[int], Time | None], today: str
) -> dict[int, Time]:
    """The intervals, by token, of events that happen in the story's own time.

    `known` gives the time that an event has already; only those that have none but the bound of
    publication are placed. `today` is the day of publication, as ISO 8601.
    """
    found: dict[int, Time] = {}
    frame = _Frame()
    quoted = _quoted(doc)
    for sentence, events in _by_sentence(doc, triggers):
        if _new_paragraph(doc, sentence):
            frame.left = False
        own = [(i, time) for i in events if i not in quoted and (time := known(i)) is not None]
        day = next((t.earliest for i, t in own if _leads(doc[i]) and _is_news(t, today)), None)
        if day is not None:
            frame.day, frame.left = day[:10], False
        elif any(_elsewhere(time, today) for _, time in own):
            frame.left = True
        if frame.day is None:
            continue
        for i in events:
            if i in quoted or not _unplaced(known(i)) or not _tells(doc[i]):
                continue
            if not frame.left or _reports(doc[i]):
                found[i] = Time(frame.day, today, "interval", grounding="frame")
    return found


def _by_sentence(doc: Doc, triggers: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """The first token of each sentence with events, and its events in text order."""
    start, events = -1, list[int]()
    for i in sorted(triggers):
        first = doc[i].sent.start
        if first != start and events:
            yield start, events
            events = []
        start = first
        events.append(i)
    if events:
        yield start, events


def _new_paragraph(doc: Doc, first: int) -> bool:
    return first > 0 and doc[first - 1].is_space and "\n" in doc[first - 1].text


def _quoted(doc: Doc) -> frozenset[int]:
    """The tokens between quotation marks: what others say is told from their own time."""
    inside, found = False, []
    for token in doc:
        if token.text == '"':
            inside = not inside
        elif token.is_space and "\n" in token.text:
            inside = False
        elif inside:
            found.append(token.i)
    return frozenset(found)


def _is_news(time: Time, today: str) -> bool:
    """Whether a time is a day shortly before publication, as told by words of the text."""
    if time.grounding not in ("expression", "sentence") or time.precision not in _FINE:
        return False
    if time.earliest is None:
        return False
    days = date.fromisoformat(today).toordinal()
    days -= date.fromisoformat(time.earliest[:10]).toordinal()
    return 0 <= days <= _NEWS


def _elsewhere(time: Time, today: str) -> bool:
    """Whether a time leads away from the story: an older or a coarser one."""
    return time.grounding == "expression" and not _is_news(time, today)


def _leads(token: Token) -> bool:
    """Whether a verb tells the main thing of its sentence."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ in _LEADING


def _unplaced(time: Time | None) -> bool:
    return time is not None and time.earliest is None and time.grounding == "publication"


def _tells(token: Token, depth: int = NESTING) -> bool:
    """Whether an event moves the story on: a simple past, or a participle that goes with one."""
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    if token.dep_ not in _SAME_STORY:
        return False
    if token.tag_ == "VBG" and token.dep_ == "advcl" and not helpers:
        verb = clause_verb(token.head)
        return verb is not None and verb.i != token.i and depth > 0 and _tells(verb, depth - 1)
    if token.dep_ == "ccomp" and token.head.lemma_.lower() in SPEECH and token.head.i < token.i:
        return False
    if token.tag_ == "VBD":
        return not helpers & {"had"}
    return token.tag_ == "VBN" and bool(helpers & {"was", "were"}) and "been" not in helpers


def _reports(token: Token) -> bool:
    if token.tag_ == "VBG":
        verb = clause_verb(token.head)
        return verb is not None and verb.lemma_.lower() in _RETURNING
    return token.lemma_.lower() in _RETURNING
