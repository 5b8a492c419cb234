"""The coreference benchmark: gold mentions become claims, and events their clusters."""

from __future__ import annotations

from typing import Any

from benchmarks.coreference import coreference
from extractors.pipeline import Extractor


def record(doc_id: str, topic: str, text: str, *words: str) -> dict[str, Any]:
    mentions = [
        {
            "id": f"{doc_id}-{word}",
            "start": text.index(word),
            "end": text.index(word) + len(word),
            "text": word,
        }
        for word in words
    ]
    return {"doc_id": doc_id, "topic": topic, "text": text, "events": mentions}


RECORDS = [
    record(
        "a",
        "1",
        "Lena Brandt, the mayor of Halden, resigned on Monday. The resignation of Lena Brandt "
        "came after a vote in the town council of Halden, whose members wanted her gone.",
        "resigned",
        "resignation",
        "vote",
        "gone",
    ),
    record(
        "b",
        "1",
        "The mayor of Halden, Lena Brandt, resigned on Monday after the town council had voted "
        "against her. Lena Brandt had led Halden for nine years.",
        "resigned",
        "voted",
    ),
    record("c", "2", "Tomas Reyes won the Alpine marathon in record time.", "won"),
]


def test_every_mention_gets_a_cluster_whether_extraction_finds_it_or_not() -> None:
    found = {row["mention_id"]: row["cluster"] for row in coreference(Extractor(), RECORDS)}
    assert found.keys() == {mention["id"] for one in RECORDS for mention in one["events"]}
    assert found["a-resigned"] == found["b-resigned"]
    assert found["a-resigned"] != found["a-vote"]
    assert found["c-won"] not in {found[name] for name in found if name != "c-won"}
