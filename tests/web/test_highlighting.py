"""Articles cut into blocks, paragraphs and segments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.views import Highlight
from web.highlighting import Block, blocks

TEXT = (
    "Technology\n\n"
    "Storm Ada shuts the harbour\n\n"
    "The Harbour Board closed the port on Monday 🌊 after the port's own storm wall failed.\n\n"
    "Read more: How walls are built"
)
STORY = ((TEXT.index("Storm Ada"), TEXT.index("Read more")),)


def found(words: str, kind: str, slug: str | None = None, after: int = 0) -> Highlight:
    start = TEXT.index(words, after)
    return Highlight(start, start + len(words), kind, slug, words)  # type: ignore[arg-type]


def words_of(shown: tuple[Block, ...]) -> list[str]:
    return [paragraph.text for block in shown for paragraph in block.paragraphs]


def test_story_and_what_surrounds_it_stand_apart_in_order() -> None:
    shown = blocks(TEXT, STORY, ())
    assert [block.story for block in shown] == [False, True, False]
    assert words_of(shown) == TEXT.split("\n\n")


def test_a_text_without_blank_lines_has_a_paragraph_a_line() -> None:
    shown = blocks("One line.\nAnother line.\n", (), ())
    assert words_of(shown) == ["One line.", "Another line."]
    assert shown[0].story


def test_an_event_inside_a_name_and_a_crossing_time_are_all_kept() -> None:
    name = found("port's own storm wall", "entity", "storm-wall")
    event = found("storm", "event", "the-storm")
    crossing = found("wall failed", "time")
    closed = found("closed", "event", "closing")
    segments = [
        segment
        for block in blocks(TEXT, STORY, (name, event, crossing, closed))
        for paragraph in block.paragraphs
        for segment in paragraph.segments
    ]
    by_words = {segment.text: segment for segment in segments}
    assert by_words["port's own "].entity == name
    assert (by_words["storm"].event, by_words["storm"].entity) == (event, name)
    assert (by_words["wall"].entity, by_words["wall"].time) == (name, crossing)
    assert (by_words[" failed"].entity, by_words[" failed"].time) == (None, crossing)
    assert by_words["closed"].event == closed


def test_fragments_count_code_points_and_name_each_mention_once() -> None:
    failed = found("failed", "event", "failure")
    inside = found("storm wall failed", "entity", "wall")
    segments = [
        segment
        for block in blocks(TEXT, STORY, (failed, inside))
        for paragraph in block.paragraphs
        for segment in paragraph.segments
    ]
    fragments = [name for segment in segments for name in segment.fragments]
    assert sorted(fragments) == sorted(
        f"char={TEXT.index(words)},{TEXT.index(words) + len(words)}"
        for words in ("failed", "storm wall failed")
    )


def test_where_several_mentions_begin_the_event_comes_first() -> None:
    event = found("closed", "event", "closing")
    name = found("closed the port", "entity", "port")
    first = next(
        segment
        for block in blocks(TEXT, STORY, (name, event))
        for paragraph in block.paragraphs
        for segment in paragraph.segments
        if segment.fragments
    )
    assert first.fragments == (f"char={event.start},{event.end}", f"char={name.start},{name.end}")


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[Highlight]]:
    text = draw(st.text(alphabet="ab é🌊\n\t ", max_size=60))
    bound = st.integers(0, len(text) + 3)
    kinds = st.sampled_from(["entity", "event", "time"])
    spans = draw(st.lists(st.tuples(bound, bound, kinds), max_size=8))
    story = draw(st.lists(st.tuples(bound, bound).map(lambda s: (min(s), max(s))), max_size=2))
    return text, story, [Highlight(a, b, kind, None, "") for a, b, kind in spans]  # type: ignore[arg-type]


@given(marked_texts())
def test_no_word_is_lost_moved_or_marked_by_mistake(
    case: tuple[str, list[tuple[int, int]], list[Highlight]],
) -> None:
    text, story, highlights = case
    shown = blocks(text, story, highlights)
    assert "".join("".join(words_of(shown)).split()) == "".join(text.split())
    for block in shown:
        for paragraph in block.paragraphs:
            for segment in paragraph.segments:
                end = segment.start + len(segment.text)
                assert text[segment.start : end] == segment.text
                over = [h for h in highlights if h.start <= segment.start and end <= h.end]
                touching = [h for h in highlights if h.start < end and segment.start < h.end]
                inside = [h for h in touching if 0 <= h.start < h.end <= len(text)]
                assert all(h in over for h in inside)
                for kind in ("event", "entity", "time"):
                    chosen = getattr(segment, kind)
                    assert (chosen is not None) == any(h.kind == kind for h in inside)
