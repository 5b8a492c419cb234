"""Timelines of the evaluation, built through the knowledge base from raw text."""

from __future__ import annotations

import pytest

from benchmarks.timeline_losses import Losses, losses
from benchmarks.timelines import row_date, timelines
from extractors.pipeline import Extractor
from kb.when import when

TEXT = (
    "Harbour board dismisses director\n\nJanuary 11, 2021\n\n"
    "The Harbour Board dismissed Anna Berg on Friday. Anna Berg sued the Harbour Board in 2019."
)
DOCUMENT = {
    "doc_id": "one",
    "title": "Harbour board dismisses director",
    "published": "2021-01-11",
    "text": TEXT,
    "sentences": [
        {"n": 0, "start": 0, "end": 32},
        {"n": 1, "start": 34, "end": 50},
        {"n": 2, "start": 52, "end": 100},
        {"n": 3, "start": 101, "end": len(TEXT)},
    ],
}


def test_rows_come_in_the_order_of_their_dates() -> None:
    gold = {"targets": ["Anna Berg", "Nobody Known"], "doc_ids": ["one"]}
    found = timelines(Extractor(), gold, [DOCUMENT, DOCUMENT | {"doc_id": "two"}])
    assert found["Nobody Known"] == []
    assert [(row["date"], row["mentions"]) for row in found["Anna Berg"]] == [
        ("2019-XX-XX", [["one", 3, "sued"]]),
        ("2021-01-08", [["one", 2, "dismissed"]]),
    ]


def test_sentences_are_counted_where_they_are_not_given() -> None:
    bare = {name: value for name, value in DOCUMENT.items() if name != "sentences"}
    gold = {"targets": ["Anna Berg"], "doc_ids": ["one"]}
    assert timelines(Extractor(), gold, [bare]) == timelines(Extractor(), gold, [DOCUMENT])


def test_what_goes_on_is_placed_on_the_day_of_publication() -> None:
    text = "The Harbour Board owns two quays. Anna Berg runs the Harbour Board."
    sentences = [{"n": 1, "start": 0}, {"n": 2, "start": 34}]
    record = {"doc_id": "one", "published": "2021-01-11", "text": text, "sentences": sentences}
    found = timelines(Extractor(), {"targets": ["Anna Berg"], "doc_ids": ["one"]}, [record])
    assert [row["date"] for row in found["Anna Berg"]] == ["2021-01-11"]


def test_losses_are_told_by_kind() -> None:
    gold = [
        {"order": 1, "date": "2019-XX-XX", "mentions": [["one", 3, "sued"]]},
        {
            "order": 2,
            "date": "2021-01-08",
            "mentions": [["one", 2, "dismissed"], ["one", 4, "dismissal"]],
        },
        {"order": 3, "date": "2021-01-09", "mentions": [["one", 5, "took over"]]},
    ]
    system = [
        {"date": "2018-XX-XX", "mentions": [["one", 3, "sued"]]},
        {"date": "2021-01-08", "mentions": [["one", 2, "dismissed"], ["one", 2, "said"]]},
        {"date": "2021-01-08", "mentions": [["one", 4, "dismissal"]]},
    ]
    assert losses(gold, system) == Losses(
        gold=4, system=4, found=3, dated=3, right_date=2, no_date=0, pairs=1, joined=0
    )


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "date"),
    [
        ("2021-01-08", "2021-01-08", "day", "2021-01-08"),
        ("2021-01-08", "2021-01-11", "interval", "2021-01-08"),
        ("2021-01-01", "2021-01-31", "month", "2021-01-XX"),
        ("2021-01-01", "2021-12-31", "year", "2021-XX-XX"),
        (None, "2021-01-11", None, "2021-01-11"),
        ("2021-01-11", None, None, "XXXX-XX-XX"),
        ("1991-01-01", "2006-12-31", "interval", "1991-XX-XX"),
        (None, None, None, "XXXX-XX-XX"),
    ],
)
def test_the_date_of_a_row(
    earliest: str | None, latest: str | None, precision: str | None, date: str
) -> None:
    assert row_date(when(earliest, latest, precision)) == date
