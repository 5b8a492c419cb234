"""Text that is no prose: offsets stay exact, nothing crashes, and no length is too much."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.articles import Article
from extractors.extraction import Extraction
from extractors.pieces import LARGEST, pieces
from extractors.pipeline import Extractor
from extractors.sources import read_bytes

SENTENCE = "Delmar Ports pulled its support for the ferry on Thursday, and the union denied it. "
ODD = (
    "\u200b", "\u202e", "\u2066", "\u2069", "\ufeff", "\U0001f600", "👩‍🚀", "\t", "|", "\n", "\n\n",
    "- ", "• ", '"', "“", "”", "'", "…", "e\u0301", "Дельмар закрыл", "公司宣布", "شركة", "\xa0",
    "DELMAR CLOSED THE LINE", "said that", "on Monday", "2021-01-05", "Google and Apple", "of the",
    "removed", "he", "which", "not", ",", ".", "?", "$5 million", "\x85", "\u2028",
)  # fmt: skip


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _check(extraction: Extraction) -> None:
    """Every stretch lies in the text and quotes something."""
    text = extraction.text
    mentions = [mention for entity in extraction.entities for mention in entity.mentions]
    roles = [role for event in extraction.events for role in event.roles]
    spans = [(m.start, m.end) for m in (*mentions, *(e.trigger for e in extraction.events))]
    spans += [(role.start, role.end) for role in roles]
    spans += [(timex.start, timex.end) for timex in extraction.timexes]
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    for event in extraction.events:
        trigger = text[event.trigger.start : event.trigger.end]
        assert not any(character.isspace() for character in trigger)
        assert any(character.isalnum() for character in trigger)
    assert Extraction.from_json(extraction.to_json()) == extraction


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from((*ODD, SENTENCE)) | st.text(max_size=12), max_size=25))
def test_offsets_are_exact_in_any_text(extractor: Extractor, parts: list[str]) -> None:
    text = " ".join(parts)
    extraction = extractor.extract(Article("x", text, published="2021-01-11"))
    assert extraction.text == text
    _check(extraction)


@pytest.mark.parametrize(
    "text",
    [
        "Google and Apple and Amazon and " * 1_300 + "Tern left.",
        "he said that " * 1_700 + "it fell.",
        "the removal of " * 1_700 + "it",
        "delmar sold ships and they left on monday " * 600,
        "\U0001f600 said \u202eDelmar\u200b left " * 600,
        "to want " * 2_500,
        "was seen and " * 1_700,
        '"' * 3_000,
        "".join(f"- Delmar banned {n} ships\n" for n in range(600)),
        "".join(f"Delmar\t{n}\t2021-01-05\n" for n in range(900)),
        SENTENCE.upper() * 250,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_sentences_of_thousands_of_words_are_read(extractor: Extractor, text: str) -> None:
    _check(extractor.extract(Article("x", text, published="2021-01-11")))


def test_windows_bytes_are_read_with_exact_offsets(extractor: Extractor) -> None:
    text = "“Delmar” closed the café line on Monday. Okafor’s union – it says – sued Delmar.\n" * 3
    article = read_bytes(text.encode("windows-1252"), "cafe.txt", published="2021-01-11")
    extraction = extractor.extract(article)
    assert "“Delmar” closed the café line" in extraction.text
    assert {"closed", "sued"} <= {
        extraction.text[event.trigger.start : event.trigger.end] for event in extraction.events
    }
    _check(extraction)


@given(st.text(alphabet="ab .\n", max_size=200), st.integers(1, 40))
def test_pieces_are_the_text(text: str, largest: int) -> None:
    found = list(pieces(text, largest))
    assert "".join(found) == text
    assert all(len(piece) <= largest for piece in found)


def test_pieces_end_with_paragraphs_before_lines_before_sentences() -> None:
    assert list(pieces("One.\nTwo. 3.\n\nFour five.", 20)) == ["One.\nTwo. 3.\n\n", "Four five."]
    assert list(pieces("One two. Three\nfour.", 16)) == ["One two. Three\n", "four."]
    assert list(pieces("One two. Three four.", 12)) == ["One two. ", "Three four."]


def test_a_long_article_is_read_whole_as_a_short_one_is(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join(
        f"The Tern ferry left port {n}. Ines Okafor said it sank." for n in range(40)
    )
    article = Article("x", text, published="2021-01-11")
    whole = extractor.extract(article)
    monkeypatch.setattr("extractors.pipeline.LARGEST", 600)
    monkeypatch.setattr("extractors.pieces.pieces.__defaults__", (600,))
    in_pieces = extractor.extract(article)
    assert [event.trigger for event in in_pieces.events] == [e.trigger for e in whole.events]
    assert len({entity.name for entity in in_pieces.entities}) == len(in_pieces.entities)
    _check(in_pieces)


@pytest.mark.slow
def test_an_article_longer_than_spacy_takes_is_read(extractor: Extractor) -> None:
    paragraph = SENTENCE * 3 + "\n\n"
    text = paragraph * (1_050_000 // len(paragraph))
    assert len(text) > 1_000_000 > LARGEST
    extraction = extractor.extract(Article("x", text, published="2021-01-11"))
    assert extraction.events[-1].trigger.start > 1_000_000
    _check(extraction)
