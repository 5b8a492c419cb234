"""Setting the story apart: articles as they are copied from pages, and stories left whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sources.boilerplate import find_story
from extractors.sources.bylines import is_byline
from extractors.sources.furniture import is_furniture, is_promotion

STORY = (
    "The ferry Aurelia ran aground off Port Hallam on Friday night with 212 people on board.",
    "Coastguards took all passengers off by midnight, and nobody was hurt, the operator said.",
    "Investigators boarded the ship on Saturday. They have asked the captain why she left the "
    "marked channel.",
    "“We felt one long scrape and then the lights went out,” said Nils Aker, a passenger.",
)
TITLE = "Ferry runs aground off Port Hallam"


def told(text: str, title: str | None = None) -> list[str]:
    """The paragraphs that `find_story` leaves to the story."""
    parts = [text[part.start : part.end] for part in find_story(text, title).story]
    return [line for part in parts for line in part.split("\n") if line.strip()]


def page(*lines: str) -> str:
    return "\n\n".join(lines)


COPIED = {
    "sections, byline, buttons and a biography": page(
        "News | Coast",
        TITLE,
        "By Ann Lee and Bo Ray in Port Hallam",
        "Published: 9 January 2021 at 06.48 GMT",
        "Share Tweet Email",
        *STORY[:2],
        "Related: Harbour dredging delayed again",
        *STORY[2:],
        "Ann Lee",
        "Ann is a reporter who has covered the coast since 2009. She studied history in Norwick. "
        "Follow her on Twitter: @annlee.",
        "Published by",
        "Tags: Ferries, Port Hallam",
    ),
    "a photograph, an appeal and rights": page(
        "Home > News > Coast",
        TITLE,
        "ANN LEE, POLITICAL CORRESPONDENT",
        "3 min read",
        "The Aurelia on the rocks on Saturday morning. Photograph: Cy Dow/Hallam Pictures",
        *STORY[:3],
        "Sign up to our evening newsletter for more stories like this one",
        "ADVERTISEMENT",
        STORY[3],
        "Editing by Sunniva Roth",
        "© 2021 The Harbour Courier. All rights reserved.",
    ),
    "a list of links and the comments": page(
        TITLE,
        *STORY[:3],
        "Most read",
        "Storm damages two piers",
        "Council votes on fishing quota",
        STORY[3],
        "Read more: What is a marked channel?",
        "Topics",
        "Comments (2)",
        "Sailed with her twice, never again.",
        "The captain was arrested last year, I heard.",
    ),
    "an author whom the story does not mention": page(
        "Exclusive",
        TITLE,
        "Last updated: 10 January 2021",
        *STORY,
        "Ann Lee is the maritime correspondent for The Harbour Courier.",
        "Contact the author at ann.lee@harbour-courier.example",
        "This article was first published in The Harbour Courier.",
    ),
}


@pytest.mark.parametrize("text", COPIED.values(), ids=COPIED.keys())
def test_copied_page_leaves_headline_and_story(text: str) -> None:
    assert told(text) == [TITLE, *STORY]
    headline = find_story(text).headline
    assert headline is not None
    assert text[headline.start : headline.end] == TITLE


def test_lines_without_blank_lines_between_them_are_paragraphs() -> None:
    text = "\n".join(["World", TITLE, "By Ann Lee", *STORY, "Tags: Ferries"])
    assert told(text) == [TITLE, *STORY]


def test_wrapped_lines_are_not_paragraphs() -> None:
    text = (
        f"{TITLE}\n\n"
        "The ferry Aurelia ran aground off Port Hallam on Friday night after the crew had been\n"
        "warned twice. A line that a margin ends may well read like a button or a label:\n"
        "more\n"
        "than two hundred people were on board, and the operator said that all of them were\n"
        "safe by midnight.\n\n"
        "Tags: Ferries\n"
    )
    assert " ".join(told(text)).endswith("safe by midnight.")
    assert "more" in told(text)


STORIES = {
    "a wire report with its place line": page(
        "GENEVA (XY) --",
        "Talks on the fishing quota broke down on Tuesday, two diplomats said.",
        "They are to resume next week.",
    ),
    "one sentence": "Police arrested two men in Norwick on Monday.",
    "a headline alone": "Google removes app from its store",
    "an end that looks like a biography": page(
        "Two editors were freed on Sunday.",
        "Mara Quill was arrested in May with her colleague Jon Ash, a photographer.",
        "Mara Quill is a reporter for the weekly Sentinel, which the state closed last year.",
    ),
    "verbs that buttons share": page(
        "Shares fell on Friday after the company said it would close two plants.",
        "Follow-up talks are planned. Support for US forces had been withdrawn.",
        "Watch makers were hit as well. Print sales rose.",
        "Published figures show that the tags on 300 crates had been changed.",
    ),
    "a heading between paragraphs": page(
        "Rescuers worked through the night.", "Search goes on", "They found nobody."
    ),
    "a headline on journalists": page(
        "Police arrest newspaper editors", "Officers took three people away on Monday."
    ),
    "a headline on a report": page(
        "Report by watchdog faults ministry", "The watchdog published it on Monday."
    ),
    "a headline that begins like an appeal": page(
        "Support for US mission collapses", "Three allies withdrew on Monday, envoys said."
    ),
    "a correction": page(
        "An earlier version of this report said that the vote was on Friday. It was on Monday.",
        "This article was amended on 12 January because it named the wrong judge.",
    ),
    "hearing of an article in the story": page(
        "The council denied the claim on Monday.",
        "The article was published by a local weekly, which stands by it.",
    ),
}


@pytest.mark.parametrize("text", STORIES.values(), ids=STORIES.keys())
def test_a_story_is_left_whole(text: str) -> None:
    assert told(text) == [line for line in text.split("\n") if line]


def test_the_given_title_is_the_headline_and_ends_the_navigation() -> None:
    text = page("Our town", "Harbour and sea", "Ferry runs aground.", *STORY)
    found = find_story(text, "Ferry runs aground.")
    assert found.headline is not None
    assert text[found.headline.start : found.headline.end] == "Ferry runs aground."
    assert told(text, "Ferry runs aground.") == ["Ferry runs aground.", *STORY]


def test_a_date_over_the_given_title_is_the_date_line() -> None:
    text = page("January 9, 2021", TITLE, *STORY)
    dateline = find_story(text, TITLE).dateline
    assert dateline is not None
    assert text[dateline.start : dateline.end] == "January 9, 2021"


def test_a_word_over_the_headline_is_a_section() -> None:
    assert told(page("Westport", TITLE, *STORY)) == [TITLE, *STORY]


def test_a_title_in_other_quotes_and_case_is_the_same_title() -> None:
    text = page("Captain ‘left marked channel’", *STORY)
    found = find_story(text, 'Captain "Left Marked Channel"')
    assert found.headline is not None
    assert found.headline.start == 0


def test_a_wire_place_line_is_no_headline() -> None:
    assert find_story(STORIES["a wire report with its place line"]).headline is None


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("January 9, 2021", True),
        ("Published: 9 January 2021", False),
        ("By Ann Lee | 9 January 2021", True),
    ],
)
def test_the_date_line_is_found(line: str, kept: bool) -> None:
    text = page(TITLE, line, *STORY)
    dateline = find_story(text).dateline
    assert dateline is not None
    assert text[dateline.start : dateline.end] == line
    assert (line in told(text)) is kept


def test_a_labelled_date_goes_before_a_bare_one() -> None:
    text = page("10 January 2021", TITLE, "Published on 9 January 2021", *STORY)
    dateline = find_story(text).dateline
    assert dateline is not None
    assert text[dateline.start : dateline.end] == "Published on 9 January 2021"


def test_a_date_within_the_story_is_no_date_line() -> None:
    text = page(TITLE, *STORY, *STORY, "6 June 1944", "That was the day of the landing.")
    assert find_story(text).dateline is None


def test_nothing_but_furniture_is_kept_as_it_is() -> None:
    text = page("Share Tweet Email", "Tags: Ferries")
    assert told(text) == ["Share Tweet Email", "Tags: Ferries"]


@pytest.mark.parametrize("text", ["", " \n\t\n "])
def test_no_words_no_story(text: str) -> None:
    assert find_story(text).story == ()


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee",
        "BY ANN LEE",
        "By Ann van der Lee, political editor",
        "Ann Lee, Legal affairs correspondent",
        "Words by A. B. Lee",
        "By our foreign staff",
        "Senior technology reporter",
    ],
)
def test_bylines(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the river had fallen",
        "By George, he did it, editor says",
        "Ministry bans foreign correspondent",
        "Ann Lee, convicted editor, dies",
        "By the sea",
    ],
)
def test_no_bylines(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "Facebook Twitter WhatsApp",
        "Share this article",
        "Skip to main content",
        "Photo: Cy Dow",
        "(c) 2021 Courier",
        "Please support our independent journalism with a gift",
        "Follow us on Facebook",
        "news@courier.example",
        "5 hours ago",
        "Filed under Ferries",
    ],
)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Facebook bans president",
        "Find my phone app comes to Facebook",
        "Copyright claims by artists rise",
        "Get vaccinated, minister says in briefing",
        "Video by neighbours showed officers kicking the man.",
        "Advertisers leave Twitter",
        "Back to work, says US minister",
        "Home prices rise",
    ],
)
def test_headlines_are_no_furniture(line: str) -> None:
    assert not is_furniture(line)
    assert not is_promotion(line)


LINES = st.one_of(
    st.sampled_from([*STORY, TITLE, "News", "By Ann Lee", "Tags: x", "Related stories", "Share"]),
    st.text(max_size=40),
)


@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\n\n", "\n \n"]), st.text(max_size=20))
def test_story_lies_within_the_text_in_order_and_apart(
    lines: list[str], gap: str, title: str
) -> None:
    text = gap.join(lines)
    found = find_story(text, title or None)
    end = -1
    for part in found.story:
        assert end < part.start < part.end <= len(text)
        assert text[part.start : part.end] == text[part.start : part.end].strip()
        end = part.end
    assert bool(found.story) == bool(text.strip())
    if found.headline:
        assert any(
            p.start <= found.headline.start and found.headline.end <= p.end for p in found.story
        )


@given(st.integers(0, 3), st.sampled_from(["Tags: x", "Share Tweet", "Read more: Storm ahead"]))
def test_furniture_anywhere_takes_no_paragraph_of_the_story_with_it(at: int, line: str) -> None:
    paragraphs = [TITLE, *STORY]
    paragraphs.insert(at + 1, line)
    assert told(page(*paragraphs)) == [TITLE, *STORY]
