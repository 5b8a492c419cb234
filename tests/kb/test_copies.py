"""Copies of one wire story: found whatever their lead and cuts, and counted as one source."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from kb.iris import Iris
from kb.knowledge_base import KnowledgeBase
from kb.mapping import Provenance, article_quads
from kb.records import read_article
from kb.shingles import Sketch, agency, sketch
from kb.terms import DL
from kb.views import EventView, TimelineFilter
from tests.kb.building import Story, day
from tests.kb.conftest import canonical, put

WIRE = """NORWICK (Reuters) - Harrow Energy shut the Norwick refinery on Tuesday after a fire in its
oldest unit, the company said, cutting off a tenth of the region's supply of diesel.

The fire broke out shortly before dawn in a furnace that had been repaired only last month, and it
took sixty firefighters from four towns three hours to bring it under control. Nobody was hurt.

"We will not start the plant again until we understand what happened," said Odile Marsh, who has
run the refinery since 2019. She declined to say how long that might take.

Traders in the port said that two tankers had been turned away by noon. Prices at the pumps had not
moved by the evening, but hauliers expect them to rise before the weekend if the plant stays shut.

The refinery, built in 1962, employs 900 people. Inspectors had criticised the state of its furnaces
in two reports, the latest of them in March, and had asked the company to replace three of them."""
EDITED = """Drivers in Calder may soon pay more for diesel: the plant that supplies most of the
county's filling stations is out of action, as the mayor told the council last night.

The fire broke out shortly before dawn in a furnace that had been repaired only last month, and it
took sixty firefighters from four towns three hours to bring it under control.

"We will not start the plant again until we understand what happened," said Odile Marsh, who has
run the refinery since 2019.

Harrow Energy shut the Norwick refinery on Tuesday. Traders in the port said that two tankers had
been turned away by noon. Prices at the pumps had not moved by the evening, but hauliers expect them
to rise before the weekend if the plant stays shut."""
OWN = """Harrow Energy shut the Norwick refinery on Tuesday, and the neighbours are glad of it. For
years they have complained of soot on their window sills and of alarms that howl at night.

When the sky turned orange that morning, Hester Quill, who lives across the road, packed a bag and
drove her children to school two hours early. "I have asked for a siren that means something," she
said. "They all sound the same."

The company put the blame on a furnace. Its spokesman would not say whether it was one of those that
inspectors found fault with in the spring. A meeting for residents has been called for Friday at the
Methodist hall, and the member of parliament has promised to come.

Sixty firefighters had fought the flames until seven. One of them, a volunteer, described the heat
as the worst he had met in twenty years, and spoke of luck that the wind blew out to sea."""
FEET = """

The Calder Echo is an independent newspaper, founded in 1911 and owned by its readers. Support our
work from four crowns a month, and read the paper on your telephone before it is in the shops. To
report a mistake, write to the reader's editor, who publishes her findings every Monday on page two.
All prices include postage within the county; subscribers abroad pay the difference once a year."""


def told(doc: str, outlet: str | None, text: str, published: str = "2021-05-05") -> Story:
    return (
        Story(doc, published, outlet, text)
        .entity("Harrow Energy", "ORG")
        .entity("Norwick refinery", "FAC")
        .event(
            "shut", "Close", "Harrow Energy shuts the Norwick refinery", when=day("2021-05-04"),
            agent="Harrow Energy", patient="Norwick refinery",
        )
    )  # fmt: skip


def shutdown(kb: KnowledgeBase) -> EventView:
    (event,) = kb.timeline(TimelineFilter()).events
    view = kb.event(event.slug)
    assert view is not None
    return view


def sketch_of(text: str) -> Sketch:
    story = told("x", None, text) if "Harrow Energy" in text else Story("x", None, None, text)
    iris = Iris("https://dateline.example/")
    provenance = Provenance("1", "by hand", "0")
    quads = article_quads(story.article(), story.extraction(), iris.base, provenance)
    return sketch(read_article(quads, "x", iris))


@pytest.mark.parametrize(
    ("one", "other", "copy"),
    [
        (WIRE, WIRE, True),
        (WIRE, EDITED, True),
        (WIRE, OWN, False),
        (EDITED, OWN, False),
        (OWN, OWN + FEET, True),
        (WIRE + FEET, OWN + FEET, False),
    ],
    ids=["verbatim", "edited", "other report", "other to edited", "feet added", "feet shared"],
)
def test_copies_are_told_from_other_reports(one: str, other: str, copy: bool) -> None:
    assert sketch_of(one).is_copy(sketch_of(other)) is copy
    assert sketch_of(other).is_copy(sketch_of(one)) is copy


def test_a_credit_alone_is_no_copy() -> None:
    assert not sketch_of(WIRE).is_copy(sketch_of("CALDER (Reuters) - " + OWN))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NORWICK (Reuters) - The port was closed.", "Reuters"),
        ("CALDER, March 3 (AP) — The mayor resigned.", "Associated Press"),
        ("The mayor resigned on Monday.\n\n© 2021 AFP", "AFP"),
        ("By The Associated Press\n\nThe mayor resigned.", "Associated Press"),
        ("Shares of Reuters rose, and AP reported it.", None),
    ],
)
def test_credits_of_agencies(text: str, found: str | None) -> None:
    assert agency(text) == found


def test_copies_count_as_one_source_and_say_whose_they_are(kb: KnowledgeBase) -> None:
    put(kb, [
        told("gazette", "The Gazette", WIRE, "2021-05-04"),
        told("echo", "The Calder Echo", EDITED),
        told("mirror", "The Mirror", OWN),
    ])  # fmt: skip
    assert (shutdown(kb).summary.reports, shutdown(kb).summary.sources) == (3, 2)
    copy, first = kb.article("echo"), kb.article("gazette")
    assert copy is not None
    assert first is not None
    assert copy.copy_of is not None
    assert (copy.copy_of.slug, first.copy_of) == ("gazette", None)
    assert [ref.slug for ref in first.copies] == ["echo"]
    link = f"{kb.iris.article('echo')} {DL.copyOf} {kb.iris.article('gazette')} {kb.iris.merged} ."
    assert link in canonical(kb)


def test_what_all_articles_of_an_outlet_have_at_their_feet_makes_no_copies(
    kb: KnowledgeBase,
) -> None:
    brief = "Harrow Energy shut the Norwick refinery on Tuesday." + FEET
    put(kb, [
        told("echo-1", "The Calder Echo", WIRE + FEET),
        told("echo-2", "The Calder Echo", brief),
        told("gazette", "The Gazette", OWN),
    ])  # fmt: skip
    found = [kb.article(slug) for slug in ("echo-1", "echo-2", "gazette")]
    assert all(article is not None and not article.copies for article in found)


def test_groups_are_a_function_of_the_articles(tmp_path: Path) -> None:
    articles = [
        told("gazette", "The Gazette", WIRE, "2021-05-06"),
        told("echo", "The Calder Echo", EDITED, "2021-05-05"),
        told("courier", "The Courier", WIRE.replace("Traders", "Dealers"), "2021-05-07"),
        told("mirror", "The Mirror", OWN),
    ]
    graphs = []
    for n, order in enumerate(permutations(articles)):
        with KnowledgeBase.open(tmp_path / f"kb{n}", create=True) as kb:
            put(kb, list(order))
            assert shutdown(kb).summary.sources == 2
            graphs.append(canonical(kb))
    assert all(graph == graphs[0] for graph in graphs)


def test_an_article_that_goes_splits_its_group(kb: KnowledgeBase) -> None:
    parts = WIRE.split("\n\n")
    halves = ["\n\n".join(parts[:2]), "\n\n".join(parts[2:])]
    put(kb, [
        told("gazette", "The Gazette", WIRE),
        told("echo", "The Calder Echo", halves[0], "2021-05-06"),
        told("courier", "The Courier", f"Harrow Energy shut the Norwick refinery. {halves[1]}"),
    ])  # fmt: skip
    assert shutdown(kb).summary.sources == 1
    before = canonical(kb)
    kb.remove_article("gazette")
    assert shutdown(kb).summary.sources == 2
    assert not [line for line in canonical(kb) if "copyOf" in line]
    kb.rebuild()
    put(kb, [told("gazette", "The Gazette", WIRE)])
    assert canonical(kb) == before
    kb.rebuild()
    assert canonical(kb) == before


def test_a_group_that_is_put_in_again_comes_out_the_same(kb: KnowledgeBase) -> None:
    articles = [
        told("gazette", "The Gazette", WIRE, "2021-05-06"),
        told("echo", "The Calder Echo", EDITED, "2021-05-05"),
        told("courier", "The Courier", WIRE.replace("Traders", "Dealers"), "2021-05-07"),
        told("mirror", "The Mirror", OWN),
    ]
    put(kb, articles)
    before = canonical(kb)
    assert shutdown(kb).summary.sources == 2
    for story in articles:
        kb.remove_article(story.doc_id)
        put(kb, [story])
        assert canonical(kb) == before
    kb.writer.write(again=[story.doc_id for story in articles])
    assert canonical(kb) == before
