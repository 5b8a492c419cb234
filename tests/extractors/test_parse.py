"""The parse as plain objects: the same words, tree and spans as spaCy's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Token

from extractors.parse import once, snapshot

TEXTS = (
    "",
    "  \n\n",
    "Delmar Ports, the largest operator on the coast, pulled its support on Thursday.\n\n"
    'The union denied that the crew, which it had "warned", ignored anything. It may sell 3 ships.',
    "NO VERB HERE 🙂 at all ... -- ( \u200b",
)
PLAIN = (
    "i idx text lower_ lemma_ pos_ tag_ dep_ ent_type_ ent_iob_ whitespace_ is_space is_punct "
    "is_upper is_alpha is_sent_start"
).split()
SINGLE = ("head", "left_edge", "right_edge")
MANY = ("children", "lefts", "rights", "subtree", "ancestors")


@pytest.fixture(scope="module", params=range(len(TEXTS)))
def doc(request: pytest.FixtureRequest, nlp: Language) -> Doc:
    return nlp(TEXTS[request.param])


def test_words_are_spacys_tokens(doc: Doc) -> None:
    words = snapshot(doc)
    assert words.text == doc.text
    assert [str(word) for word in words] == [str(token) for token in doc]
    for token, word in zip(doc, words, strict=True):
        assert len(token) == len(word)
        for name in PLAIN:
            assert getattr(word, name) == getattr(token, name), name
        for name in SINGLE:
            assert getattr(word, name).i == getattr(token, name).i, name
        for name in MANY:
            theirs = [other.i for other in getattr(token, name)]
            assert [other.i for other in getattr(word, name)] == theirs, name
        assert (word.sent.start, word.sent.end) == (token.sent.start, token.sent.end)


def test_spans_are_spacys_spans(doc: Doc) -> None:
    words = snapshot(doc)
    assert [(s.start, s.end) for s in words.sents] == [(s.start, s.end) for s in doc.sents]
    assert [(e.text, e.label_) for e in words.ents] == [(e.text, e.label_) for e in doc.ents]
    for start in range(len(doc)):
        for end in range(start + 1, min(start + 12, len(doc)) + 1):
            theirs, ours = doc[start:end], words[start:end]
            assert (ours.text, ours.start_char, ours.end_char, len(ours), ours.root.i) == (
                theirs.text, theirs.start_char, theirs.end_char, len(theirs), theirs.root.i
            )  # fmt: skip
            assert (ours[0].i, ours[-1].i) == (theirs[0].i, theirs[-1].i)


def test_characters_find_spacys_words(doc: Doc) -> None:
    words = snapshot(doc)
    for mode in ("expand", "strict", "contract"):
        for start in range(0, len(doc.text), 3):
            for end in range(start + 1, min(start + 25, len(doc.text) + 2), 2):
                theirs = doc.char_span(start, end, alignment_mode=mode)
                ours = words.char_span(start, end, alignment_mode=mode)
                assert (theirs is None) == (ours is None)
                if theirs is not None and ours is not None and len(theirs):
                    assert (ours.start, ours.end) == (theirs.start, theirs.end)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_tiled_by_its_words(nlp: Language, text: str) -> None:
    doc = nlp(text)
    words = snapshot(doc)
    assert words.text == text
    assert all(text[word.idx : word.idx + len(word)] == word.text for word in words)


def test_a_neighbour_beyond_the_text_is_an_error(nlp: Language) -> None:
    words = snapshot(nlp("Ships sail."))
    assert words[0].nbor().text == "sail"
    for word, distance in ((words[0], -1), (words[2], 1)):
        with pytest.raises(IndexError):
            word.nbor(distance)


def test_a_rule_is_asked_once_for_each_word_of_a_snapshot(nlp: Language) -> None:
    asked: list[str] = []

    @once
    def length(word: Token) -> int:
        asked.append(word.text)
        return len(word)

    doc = nlp("Ports closed.")
    words = snapshot(doc)
    assert [length(word) for _ in range(2) for word in words] == [5, 6, 1] * 2
    assert asked == ["Ports", "closed", "."]
    assert length(snapshot(nlp("No ferry sails."))[0]) == 2
    assert [length(doc[0]), length(doc[0])] == [5, 5]
