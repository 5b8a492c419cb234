"""From annotated documents to examples: the parse, what the rules find, and what is right.

Two corpora teach: MEANTIME (events with their truth, mentions, participants) and ECB+ (events
alone, in the sentences that are annotated). An example covers one document; its labels lie on
the tokens that head the annotated spans, -1 where nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from benchmarks.records import Record
from extractors.reader.evidence import Evidence
from extractors.reader.features import Grid, candidate_pairs, grid
from extractors.reader.labels import MENTIONS, ROLES, TRUTHS
from extractors.reader.proposals import Proposals

Labels = NDArray[np.int64]
GOLD_ROLES = {
    "Arg0": "agent",
    "Arg1": "patient",
    "Arg2": "patient",
    "Argm-LOC": "place",
    "Argm-TMP": "other",
    "Argm-OTHER": "other",
    "Arg3": "other",
    "Arg4": "other",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One document to learn from. Label arrays are as long as the arrays they label.

    `tokens` are the indices of the tokens with labels; `pairs` and `others` are (place in
    `triggers`, token) as `features.candidate_pairs` gives them, over the gold triggers.
    """

    doc_id: str
    corpus: str
    topic: str
    doc: Doc
    parse: Grid
    found: Evidence
    proposals: Proposals
    tokens: Labels
    event: Labels
    mention: Labels
    triggers: Labels
    factuality: Labels
    negative: Labels
    pairs: Labels
    others: Labels
    role: Labels


def examples(records: Sequence[Record], proposed: Sequence[Proposals]) -> Iterator[Example]:
    """The examples of documents; `proposed` is what the rules find in each."""
    for record, proposals in zip(records, proposed, strict=True):
        if "topic" in record:
            yield _ecb(record, proposals)
        else:
            yield _meantime(record, proposals)


def _root(doc: Doc, start: int, end: int) -> tuple[int, range]:
    """The token that heads an annotated stretch of text, and the tokens of the stretch."""
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None, f"no token at {start}:{end}"
    return span.root.i, range(span.start, span.end)


def _meantime(record: Record, proposals: Proposals) -> Example:
    doc, until = proposals.doc, record["scored_until"]
    size = len(doc)
    known = np.array([token.idx < until and not token.is_space for token in doc], dtype=bool)
    events: dict[int, Record] = {}
    heads: dict[str, int] = {}
    event = np.zeros(size, dtype=np.int64)
    for one in record["events"]:
        if one["start"] >= until or not one.get("scored", True):
            continue
        root, span = _root(doc, one["start"], one["end"])
        event[[i for i in span if i != root and not event[i]]] = -1
        event[root] = 1
        events[root] = one
    mention = np.zeros(size, dtype=np.int64)
    for entity in record["entities"]:
        root, _ = _root(doc, entity["start"], entity["end"])
        heads[entity["id"]] = root
        if entity["start"] < until:
            kind = "VALUE" if entity["kind"] == "value" else entity["type"]
            mention[root] = MENTIONS.index(kind) if kind in MENTIONS else -1
    triggers = np.array(sorted(events), dtype=np.int64)
    parse = grid(doc)
    pairs, others = candidate_pairs(parse, triggers)
    roles = _roles(record, events, heads, proposals)
    role = [
        ROLES.index(roles.get((int(triggers[pair]), other), "none"))
        for pair, other in zip(pairs.tolist(), others.tolist(), strict=True)
    ]
    tokens = np.flatnonzero(known)
    return Example(
        record["doc_id"],
        "meantime",
        record["corpus"],
        doc,
        parse,
        proposals.evidence,
        proposals,
        tokens,
        event[tokens],
        mention[tokens],
        triggers,
        np.array([_truth(events[i]) for i in triggers], dtype=np.int64),
        np.array([_negative(events[i]) for i in triggers], dtype=np.int64),
        pairs,
        others,
        np.array(role, dtype=np.int64),
    )


def _roles(
    record: Record, events: dict[int, Record], heads: dict[str, int], proposals: Proposals
) -> dict[tuple[int, int], str]:
    """The gold role of (trigger, token) pairs.

    A participant counts for the token that heads it; where the rules propose a longer or shorter
    phrase for it, for the head of that phrase.
    """
    triggers = {event["id"]: index for index, event in events.items()}
    found: dict[tuple[int, int], str] = {}
    for one in record["participants"]:
        trigger, head = triggers.get(one["event"]), heads.get(one["entity"])
        if trigger is None or head is None or one["role"] not in GOLD_ROLES:
            continue
        role = GOLD_ROLES[one["role"]]
        entity = next(e for e in record["entities"] if e["id"] == one["entity"])
        _, span = _root(proposals.doc, entity["start"], entity["end"])
        over = [
            argument.head
            for argument in proposals.arguments.get(trigger, ())
            if argument.start < span.stop and span.start < argument.end
        ]
        found[trigger, head if head in over or not over else over[0]] = role
    return found


def _truth(event: Record) -> int:
    value = event.get("factuality")
    return TRUTHS.index(value) if value in TRUTHS else -1


def _negative(event: Record) -> int:
    return {"POS": 0, "NEG": 1}.get(event.get("polarity") or "", -1)


def _ecb(record: Record, proposals: Proposals) -> Example:
    doc = proposals.doc
    event = np.zeros(len(doc), dtype=np.int64)
    sentences = set()
    for one in record["events"]:
        root, span = _root(doc, one["start"], one["end"])
        event[[i for i in span if i != root and not event[i]]] = -1
        event[root] = 1
        sentences.add(doc[root].sent.start)
    known = [
        token.i
        for sentence in doc.sents
        if sentence.start in sentences
        for token in sentence
        if not token.is_space
    ]
    tokens = np.array(known, dtype=np.int64)
    nothing = np.zeros(0, dtype=np.int64)
    return Example(
        record["doc_id"],
        "ecb",
        record["topic"],
        doc,
        grid(doc),
        proposals.evidence,
        proposals,
        tokens,
        event[tokens],
        np.full(len(tokens), -1),
        nothing,
        nothing,
        nothing,
        nothing,
        nothing,
        nothing,
    )
