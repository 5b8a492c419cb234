"""Spans of tokens that name something: the model's, with their limits repaired, and the missed."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc, Span

from extractors.entities.name_shapes import (
    INNER_CAPITAL,
    MODEL,
    PROPER,
    belongs,
    continues_name,
    is_office,
    is_portfolio,
    is_year,
    looks_named,
    may_name,
    name_key,
    names_alone,
    opens,
    stands_for_people,
    take,
)
from extractors.entities.types import NAMED, TITLES

#: Tokens [start, end) and the model's label in our types, None where it saw no name.
Piece = tuple[int, int, str | None]


def trimmed(doc: Doc, entity: Span) -> list[Piece]:
    """A labelled entity without determiner, possessive, brackets or line breaks; none if empty."""
    start, end = entity.start, entity.end
    for i in range(start, end):
        if doc[i].is_space or doc[i].text in "()[]":
            if i - start >= 1:
                end = i
                break
            start = i + 1
    while start < end and (
        doc[start].tag_ in ("DT", "PRP$", "POS", "CC", "IN", "``", "''", ",", ":", ".", "-LRB-")
        or (doc[start].is_lower and not INNER_CAPITAL.match(doc[start].text))
        or not doc[start].text[0].isalnum()
        or (end - start > 1 and doc[start].text[0].isdigit() and doc[start].text[-1].islower())
        or (end - start > 1 and doc[start].lower_ in ("first", "last") and doc[start].tag_ == "JJ")
        or (end - start > 1 and is_office(doc[start].lower_) and entity.label_ != "ORG")
    ):
        start += 1
    while start < end and (
        doc[end - 1].tag_ in ("POS", "``", "''", ",", ":", "-RRB-", "HYPH", "IN", "CC", "DT")
        or doc[end - 1].text in ("'", "'s", "-", "(", ")", "_", "--", '"')
    ):
        end -= 1
    if start >= end or not any(c.isalpha() for c in doc[start:end].text):
        return []
    label: str | None = NAMED[entity.label_]
    if label == "GROUP" and not stands_for_people(doc, doc[start:end].root):
        if not names_alone(doc, doc[start:end].root):
            return []
        label = None
    if not any(t.text[0].isupper() or INNER_CAPITAL.match(t.text) for t in doc[start:end]):
        return []
    return [(start, end, label)]


def joined(doc: Doc, spans: list[Piece]) -> list[Piece]:
    """Names in pieces made whole: "Northrop" + "Grumman", "Boeing" + "787", "iPhone" + "4"."""
    out: list[Piece] = []
    for start, end, label in spans:
        if out and out[-1][1] == start:
            before = out[-1]
            model = MODEL.fullmatch(doc[start].text)
            if model or (label == before[2] and doc[before[1] - 1].head.i in range(start, end)):
                out[-1] = (before[0], end, "PRODUCT" if model else label)
                continue
        out.append((start, end, label))
    return [with_model(doc, *span) for span in out]


def with_model(doc: Doc, start: int, end: int, label: str | None) -> Piece:
    """A maker's or product's name together with the model number that follows it."""
    if start > 0 and label != "PERSON" and doc[end - 1].tag_ == "NNP":
        before = doc[start - 1]
        model = MODEL.fullmatch(before.text) and len(before.text) > 2
        if model and start <= before.head.i < end and not is_year(before.text):
            return start - 1, end, "PRODUCT"
    if end >= len(doc) or label in ("PERSON", "GPE", "LOC", "GROUP") or doc[end].is_space:
        return start, end, label
    number = doc[end]
    if not MODEL.fullmatch(number.text) or is_year(number.text):
        return start, end, label
    tied = start <= number.head.i < end or doc[end - 1].head.i == number.i
    plain = number.text.isdigit()
    followed = end + 1 < len(doc) and doc[end + 1].tag_ in ("NNS", "CD") and plain
    if (tied or not plain) and not followed:
        return start, end + 1, "PRODUCT"
    return start, end, label


def extended(doc: Doc, span: Piece, taken: list[bool], titled: list[bool]) -> Piece:
    """A name with the capitalised words that the parse ties to it, where the model cut short."""
    start, end, label = span
    if titled[start] or label == "GROUP":
        return span
    while start > 0 and not taken[start - 1] and belongs(doc[start - 1], doc[start]):
        start -= 1
    while end < len(doc) and not taken[end] and belongs(doc[end], doc[end - 1]):
        end += 1
    take(taken, start, end)
    return start, end, label


def rejoined(doc: Doc, spans: list[Piece]) -> list[Piece]:
    """Neighbours that stand elsewhere as one name, made one here too."""
    whole = {name_key(doc[a:b].text): label for a, b, label in spans if b - a > 1}
    out: list[Piece] = []
    for start, end, label in spans:
        if out and out[-1][1] == start:
            joint = name_key(doc[out[-1][0] : end].text)
            if joint in whole:
                out[-1] = (out[-1][0], end, whole[joint])
                continue
        out.append((start, end, label))
    return out


def unlabelled(doc: Doc, taken: list[bool], titled: list[bool]) -> list[Piece]:
    """Runs of capitalised words which the model left out; the first word of a sentence only
    when it is tagged a name."""
    runs: list[Piece] = []
    tokens = list(doc)
    i, size = 0, len(doc)
    while i < size:
        if taken[i] or titled[i] or not may_name(tokens[i]):
            i += 1
            continue
        end = i + 1
        while end < size and not taken[end] and not tokens[end].is_sent_start:
            joint = tokens[end].lower_ == "of" and end + 1 < size and not taken[end + 1]
            joint = joint and not is_office(tokens[end - 1].lower_)
            if not may_name(tokens[end]) and not (joint and continues_name(tokens[end + 1])):
                break
            end += 1
        start = i
        i = end
        if opens(tokens[start]) and tokens[start].tag_ not in PROPER:
            start += 1
        while start < end and (
            not may_name(tokens[start])
            or tokens[start].lower_ in TITLES
            or tokens[start].text.endswith("-")
            or (tokens[start].tag_ == "JJ" and end - start == 1)
        ):
            start += 1
        if start == end or is_office(tokens[end - 1].lower_):
            continue
        proper = any(tokens[k].tag_ in PROPER for k in range(start, end))
        if proper or any(looks_named(tokens[k]) for k in range(start, end)):
            runs.append(with_model(doc, start, end, None))
    return runs


def worth_keeping(doc: Doc, spans: list[Piece]) -> list[Piece]:
    """Without the single words which nothing but a capital letter calls a name: those that
    neither recur nor fill a role."""
    counts = Counter(doc[a:b].text for a, b, _ in spans)
    return [
        (a, b, label)
        for a, b, label in spans
        if not (b - a == 1 and is_portfolio(doc, a))
        and (label or b - a > 1 or counts[doc[a].text] > 1 or looks_named(doc[a]))
    ]
