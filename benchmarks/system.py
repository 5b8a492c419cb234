"""What Dateline finds in documents, in the format of the evaluation's scorer.

    python -m benchmarks.system documents --gold FILE --out FILE
    python -m benchmarks.system actions --gold FILE --out FILE
    python -m benchmarks.system coref --gold FILE --out FILE [--mixed]
    python -m benchmarks.system timelines --gold TIMELINES.json --documents FILE --out FILE

GOLD is JSON Lines with `doc_id`, `text` and, where known, `published` and `title`; nothing else
of it is read. OUT gets one line for each document, in the same order. For coref, GOLD has the
mentions of events to cluster, too, and the topic of each document, and OUT gets one line for each
mention: see `benchmarks.coreference`. For timelines, GOLD names targets and documents, and OUT
gets one object: see `benchmarks.timelines`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.coreference import coreference
from benchmarks.records import Record, article_of, read_records
from benchmarks.timelines import timelines
from extractors.actions.lexicon import Lexicon, load_lexicon
from extractors.coreference.participants import Participant, participant_mentions
from extractors.coreference.reading import Reading
from extractors.extraction import Event, Extraction
from extractors.pipeline import Extractor

UNCODED = "NONE"
"""The class of events that PLOVER does not code; the scorer would read our own name for one."""
SCORED_TYPES = {"MONEY": "FIN", "GROUP": "ORG"}
"""The scorer's names of entity types that it has no alias for."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the tasks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=[*sorted(TASKS), "coref", "timelines"])
    parser.add_argument(
        "--gold", type=Path, required=True, help="JSON Lines with doc_id, text, published"
    )
    parser.add_argument("--documents", type=Path, help="for timelines: the documents of GOLD")
    parser.add_argument(
        "--mixed",
        action="store_true",
        help="for coref: all topics in one index, not each in its own",
    )
    parser.add_argument("--out", type=Path, required=True, help="where to write what was found")
    parser.add_argument("--model", help="spaCy pipeline, by name or path")
    parser.add_argument("--reader", help="the trained reader: light, accurate, none or a folder")
    options = parser.parse_args(arguments)
    extractor = Extractor(options.model, reader=options.reader)
    if options.task == "timelines":
        if options.documents is None:
            parser.error("timelines are built from --documents: name their file")
        gold = json.loads(options.gold.read_text("utf-8"))
        found = timelines(extractor, gold, read_records(options.documents))
        options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        return
    records = read_records(options.gold)
    rows = (
        coreference(extractor, records, options.mixed)
        if options.task == "coref"
        else TASKS[options.task](extractor, records)
    )
    with options.out.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def documents(extractor: Extractor, records: Sequence[Record]) -> Iterator[Record]:
    """Entities (named, and unnamed participants), events and time expressions of each document.

    The scorer's participants are entities and amounts, never events: a role that an event fills
    is left out. They are looked for inside the event's clause: a relative pronoun stands there
    for its noun.
    """
    for extraction, found in extractor.read_all(map(article_of, records)):
        row = asdict(extraction)
        row["entities"] = [*row["entities"], *_unnamed(extraction, found.reading)]
        for entity in row["entities"]:
            entity["type"] = SCORED_TYPES.get(entity["type"], entity["type"])
        for event in row["events"]:
            event["roles"] = [
                role | (role["pronoun"] or {}) for role in event["roles"] if role["event"] is None
            ]
        yield row


def actions(extractor: Extractor, records: Sequence[Record]) -> Iterator[Record]:
    """Events with the PLOVER class of the main one, which comes first.

    A PLOVER record codes one event of its sentence: the first told that has a class.
    """
    lexicon = load_lexicon()
    for extraction in extractor.extract_all(map(article_of, records)):
        told = sorted(extraction.events, key=lambda event: event.trigger.start)
        main = next((event for event in told if _plover(event, lexicon)), None)
        ranked = [main, *(event for event in told if event is not main)] if main else told
        row = asdict(extraction)
        row["events"] = [
            asdict(event) | {"plover": _plover(event, lexicon) if event is main else UNCODED}
            for event in ranked
        ]
        yield row


def _plover(event: Event, lexicon: Lexicon) -> str | None:
    return lexicon.plover(event.action, event.factuality, event.polarity)


def _unnamed(extraction: Extraction, reading: Reading | None) -> list[Record]:
    """The unnamed participants ("three soldiers") as entities, with the mentions of each."""
    mentions: dict[int, list[Participant]] = {}
    for participant in participant_mentions(reading) if reading else ():
        mentions.setdefault(participant.referent, []).append(participant)
    return [
        {
            "id": f"u{number}",
            "name": extraction.text[found[0].start : found[0].end],
            "type": found[0].type,
            "mentions": [{"start": one.start, "end": one.end} for one in found],
        }
        for number, found in mentions.items()
    ]


TASKS: dict[str, Callable[[Extractor, Sequence[Record]], Iterator[Record]]] = {
    "documents": documents,
    "actions": actions,
}

if __name__ == "__main__":
    main()
