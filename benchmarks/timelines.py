"""Timelines of given targets, read off a knowledge base as a user would read them.

The documents are ingested from their raw text into a new knowledge base; each target is looked
up among its entities by name, and the events in which it acts or is acted on are taken from its
timeline, in its order. The format of the evaluation's timelines (SemEval-2015 Task 4) has a
date for each row, not an interval: `row_date` says what stands for it.
"""

from __future__ import annotations

import json
import re
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import spacy

from benchmarks.records import Record, article_of
from extractors.pipeline import Extractor
from kb.iris import article_slug
from kb.knowledge_base import KnowledgeBase
from kb.views import EntityRef, EventView, Report, TimelineFilter, When

CORE = ("agent", "patient", "recipient")
"""The roles of those a timeline is about."""
UNKNOWN = "XXXX-XX-XX"
MONTH = 31
"""Days."""
HEADLINE = 0
"""The number of the headline, whose events the task leaves out."""


def timelines(extractor: Extractor, gold: Record, documents: Sequence[Record]) -> Record:
    """The timeline of each target of `gold`, in the format of the scorer.

    `gold` has `targets` and `doc_ids`; of `documents` those with these ids are read: `doc_id`,
    `text`, `published` and, where given, `title` and `sentences` (`n`, `start`, `end`), which
    number what is found; without them the text's own sentences are counted from 0.
    """
    wanted = set(gold["doc_ids"])
    records = {article_slug(one["doc_id"]): one for one in documents if one["doc_id"] in wanted}
    with (
        tempfile.TemporaryDirectory() as place,
        KnowledgeBase.open(Path(place) / "kb", create=True) as kb,
    ):
        for record in records.values():
            record.setdefault("sentences", sentences(record["text"]))
        for result in kb.ingest(map(article_of, records.values()), extractor):
            if result.status == "failed":
                raise RuntimeError(result.message)
        return {target: list(_rows(kb, target, records)) for target in gold["targets"]}


def sentences(text: str) -> list[Record]:
    """The sentences of a text, numbered; each paragraph begins a new one."""
    splitter = spacy.blank("en")
    splitter.add_pipe("sentencizer")
    starts = [
        paragraph.start() + sentence.start_char
        for paragraph in re.finditer(r"[^\n]+", text)
        for sentence in splitter(paragraph[0]).sents
    ]
    return [{"n": n, "start": start} for n, start in enumerate(starts)]


def find_target(kb: KnowledgeBase, target: str) -> EntityRef | None:
    """The busiest entity of a name, or else of the longest end of it: "Beatles Apple Corps"."""
    words = target.split()
    for start in range(len(words)):
        name = " ".join(words[start:]).lower()
        for found in kb.find_entities(name):
            entity = kb.entity(found.slug)
            if entity and name in (one.lower() for one in (found.name, *entity.aliases)):
                return found
    return None


def events_of(kb: KnowledgeBase, entity: EntityRef) -> Iterator[EventView]:
    """Every event of an entity's timeline, the earliest first."""
    cursor: str | None = None
    while True:
        page = kb.timeline(TimelineFilter(entity=entity.slug), cursor, 200)
        for summary in page.events:
            event = kb.event(summary.slug)
            if event is not None:
                yield event
        cursor = page.next
        if cursor is None:
            return


def _rows(kb: KnowledgeBase, target: str, records: Mapping[str, Record]) -> Iterator[Record]:
    entity = find_target(kb, target)
    if entity is None:
        return
    going_on = _going_on(kb)
    for event in events_of(kb, entity):
        if event.summary.factuality != "asserted" or event.summary.polarity == "negative":
            continue
        mentions = [
            mention
            for report in event.reports
            if takes_part(report, entity)
            and (mention := _mention(report, records[report.article.slug]))[1] > HEADLINE
        ]
        if mentions:
            day = row_date(event.summary.when)
            if day == UNKNOWN:
                # What goes on is placed on a day on which it does, as nothing else is known.
                day = next((d for r in event.reports if (d := going_on.get(r.claim))), UNKNOWN)
            yield {"date": day, "mentions": mentions}


def _going_on(kb: KnowledgeBase) -> dict[str, str]:
    """The claims of what is told in the present, each with a day on which it goes on."""
    query = """SELECT ?claim ?day WHERE {
      ?claim a dl:Claim ; sem:hasEarliestEndTimeStamp ?day ; sem:hasLatestBeginTimeStamp ?end }"""
    answer = kb.query(query, ["application/sparql-results+json"], preset_prefixes=True)
    rows = json.loads(b"".join(answer.chunks))["results"]["bindings"]
    return {row["claim"]["value"]: row["day"]["value"][:10] for row in rows}


def takes_part(report: Report, entity: EntityRef) -> bool:
    """Whether a report has an entity act or be acted on."""
    return any(
        role in CORE and ref is not None and ref.slug == entity.slug
        for role, ref, _ in report.participants
    )


def _mention(report: Report, record: Record) -> list[Any]:
    sentences = record["sentences"]
    at = bisect_right([one["start"] for one in sentences], report.start) - 1
    return [record["doc_id"], sentences[max(at, 0)]["n"], report.trigger]


def row_date(when: When) -> str:
    """A date of the format for an interval: a day, a month or a year, X where it is not known.

    What lasts is placed at its beginning: the first day of less than a month, the year of what
    is longer. What is only known to have happened by a day is placed on it: the format has no
    other way.
    """
    earliest, latest = when.earliest, when.latest
    if earliest is None:
        return latest[:10] if latest else UNKNOWN
    if latest is None:
        return UNKNOWN
    days = (date.fromisoformat(latest[:10]) - date.fromisoformat(earliest[:10])).days
    if when.precision == "month":
        return f"{earliest[:7]}-XX"
    if days < MONTH:
        return earliest[:10]
    return f"{earliest[:4]}-XX-XX"
