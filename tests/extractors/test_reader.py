"""The trained reader: what it decides, what it leaves alone, and how its weights are chosen."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extractors.articles import Article
from extractors.configuration import DEFAULT
from extractors.extraction import Extraction
from extractors.findings import findings
from extractors.language import load_model
from extractors.pipeline import Extractor
from extractors.reader.encoder import Encoder
from extractors.reader.features import UP, candidate_pairs, grid, meeting, path_codes
from extractors.reader.hashing import BUCKETS, code, rows
from extractors.reader.labels import ROLES
from extractors.reader.network import Network, WeightsError
from extractors.reader.tiers import WEIGHTS
from extractors.reader.vectors import model_vectors, weights_name
from extractors.reader.windows import LONGEST, SIZE, windows

STORY = Article(
    "mill",
    "Delmar closes paper mill\n\nThe Delmar company closed its paper mill in Orenberg on Monday "
    "after a court rejected its appeal. Ines Okafor, who had led the union for ten years, said "
    "that the workers would sue the owner. The closure had been announced in March.",
    "Delmar closes paper mill",
    "2023-03-18",
)


@pytest.fixture(scope="module")
def parsed() -> Doc:
    return load_model()(STORY.text)


def words(extraction: Extraction) -> list[str]:
    return [extraction.text[e.trigger.start : e.trigger.end] for e in extraction.events]


def test_the_default_reader_finds_what_a_person_would() -> None:
    extraction = Extractor().extract(STORY)
    assert {"closes", "closed", "rejected", "sue", "closure", "announced"} <= set(words(extraction))
    closed = extraction.events[words(extraction).index("closed")]
    assert {"agent", "patient"} <= {role.role for role in closed.roles}


def test_without_the_reader_rules_decide_alone() -> None:
    extractor = Extractor(reader="none")
    assert not [name for name in extractor.nlp.pipe_names if name.endswith("_reader")]
    assert "closed" in words(extractor.extract(STORY))


def configured(path: Path, trust: float, *readers: str) -> Extractor:
    """An extractor whose readers have a trust of their own, with more of them in the list."""
    own = DEFAULT.read_text("utf-8").replace("trust = 2.0", f"trust = {trust}")
    for reader in readers:
        rule = {"role": "arguments", "truth": "truth"}[reader]
        name = f"dateline_{reader}_reader"
        setting = f"trust = {trust}" if reader == "role" else "sure = 0.5"
        own = own.replace(f'"dateline_{rule}",', f'"dateline_{rule}","{name}",')
        own += f'\n[components.{name}]\nfactory = "{name}"\n{setting}\n'
    path.write_text(own, "utf-8")
    return Extractor(config=path)


def test_full_trust_leaves_the_rules_word_as_it_is(tmp_path: Path) -> None:
    trusting = configured(tmp_path / "own.cfg", 99, "role")
    assert trusting.extract(STORY) == Extractor(reader="none").extract(STORY)


def test_no_trust_lets_the_weights_overrule_the_rules(tmp_path: Path) -> None:
    doubting = configured(tmp_path / "own.cfg", -99)
    assert words(doubting.extract(STORY)) != words(Extractor(reader="none").extract(STORY))


def test_the_role_reader_knows_who_closed_what(tmp_path: Path) -> None:
    extraction = configured(tmp_path / "own.cfg", 0, "role").extract(STORY)
    closed = extraction.events[words(extraction).index("closed")]
    roles = {extraction.text[r.start : r.end]: r.role for r in closed.roles}
    assert roles["The Delmar company"] == "agent"
    assert roles["its paper mill"] == "patient"


def test_the_truth_reader_gives_grades_to_every_event(tmp_path: Path) -> None:
    extraction = configured(tmp_path / "own.cfg", 2, "truth").extract(STORY)
    told = {w: e.factuality for w, e in zip(words(extraction), extraction.events, strict=True)}
    assert told["closed"] == "asserted"
    assert told["sue"] != "asserted"


def test_the_accurate_reader_reads_with_its_encoder() -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    extractor = Extractor(reader="accurate")
    alone, among = extractor.extract(STORY), list(extractor.extract_all([STORY, STORY, STORY]))
    assert {"closes", "closed", "rejected", "sue", "closure"} <= set(words(alone))
    assert among == [alone] * 3
    assert extractor.configuration != Extractor().configuration


def test_without_its_packages_the_accurate_reader_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(WeightsError, match=r"dateline\[accurate\]"):
        Extractor(reader="accurate").load()


def test_vectors_of_a_text_without_words_are_empty_rows() -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    doc = load_model()("\n\n")
    [vectors] = Encoder(WEIGHTS).encode([doc])
    assert len(vectors) == len(doc)


def test_the_digest_tells_readers_apart() -> None:
    assert Extractor().configuration != Extractor(reader="none").configuration
    assert Extractor().configuration == Extractor(reader="light").configuration


def test_unknown_weights_are_named_with_the_remedy() -> None:
    with pytest.raises(WeightsError, match=r"nowhere.*benchmarks\.train"):
        Extractor(reader="nowhere").load()


def test_broken_weights_are_named_with_the_remedy(tmp_path: Path) -> None:
    name = f"{weights_name(load_model())}.npz"
    (tmp_path / name).write_bytes(b"no archive")
    with pytest.raises(WeightsError, match=name):
        Extractor(reader=str(tmp_path)).load()


def test_the_environment_chooses_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_READER", "none")
    assert "dateline_trigger_reader" not in Extractor().nlp.pipe_names


def test_there_are_light_weights_for_both_models_that_are_installed() -> None:
    for nlp in (load_model(), load_model("en_core_web_sm")):
        network = Network.load(WEIGHTS / f"{weights_name(nlp)}.npz")
        assert network.width == model_vectors(nlp("Delmar closed it.")).shape[1]


def test_what_the_reader_saw_is_kept_for_those_that_come_after(parsed: Doc) -> None:
    found = findings(Extractor().nlp(STORY.text))
    assert found.view is not None
    assert found.view.states.shape[0] == len(found.doc)
    mentions = {found.doc[int(i)].text for i in np.flatnonzero(found.view.mention > 0.5)}
    assert {"company", "Okafor"} <= mentions
    assert "Monday" not in mentions


def test_every_pair_of_words_meets_where_the_tree_says(parsed: Doc) -> None:
    parse = grid(parsed)
    sentence = list(parsed.sents)[1]
    first, second = np.meshgrid(
        np.arange(sentence.start, sentence.end), np.arange(sentence.start, sentence.end)
    )
    rise, fall = meeting(parse, first.ravel(), second.ravel())
    for a, b, up, down in zip(first.ravel(), second.ravel(), rise, fall, strict=True):
        mine = [int(a), *(t.i for t in parsed[int(a)].ancestors)][: UP + 1]
        other = [int(b), *(t.i for t in parsed[int(b)].ancestors)][: UP + 1]
        shared = [i for i in mine if i in other]
        if shared:
            assert (up, down) == (mine.index(shared[0]), other.index(shared[0]))
        else:
            assert (up, down) == (-1, -1)


def test_paths_that_differ_have_different_codes(parsed: Doc) -> None:
    parse = grid(parsed)
    verb = next(t for t in parsed if t.text == "closed")
    subject = next(t for t in verb.children if t.dep_ == "nsubj")
    thing = next(t for t in verb.children if t.dep_ == "dobj")
    codes = path_codes(parse, np.array([verb.i] * 2), np.array([subject.i, thing.i]))
    assert codes[0] != codes[1]


def test_candidates_stay_in_the_sentence_of_their_trigger(parsed: Doc) -> None:
    triggers = np.array([t.i for t in parsed if t.tag_.startswith("VB")])
    places, tokens = candidate_pairs(grid(parsed), triggers)
    assert len(places)
    for place, token in zip(places.tolist(), tokens.tolist(), strict=True):
        assert parsed[int(triggers[place])].sent == parsed[token].sent
        assert token != triggers[place]


def test_no_trigger_has_no_candidates(parsed: Doc) -> None:
    places, tokens = candidate_pairs(grid(parsed), np.zeros(0, dtype=np.int64))
    assert len(places) == len(tokens) == 0


@given(st.lists(st.text(min_size=1), min_size=1, max_size=30), st.integers(0, 100))
def test_rows_lie_in_the_table_and_depend_on_the_slot(texts: list[str], slot: int) -> None:
    codes = np.array([code(text) for text in texts], dtype=np.uint64)
    found = rows(slot, codes)
    assert found.min() >= 0
    assert found.max() < BUCKETS
    assert (found == rows(slot, codes)).all()


@given(
    st.lists(
        st.lists(st.integers(0, 9), max_size=10).map(lambda sizes: [list(range(n)) for n in sizes]),
        max_size=30,
    )
)
def test_windows_hold_every_word_once_and_never_too_much(text: list[list[list[int]]]) -> None:
    pieces = [word for sentence in text for word in sentence]
    ends = np.cumsum([len(sentence) for sentence in text]).tolist()
    spans = list(zip([0, *ends], ends, strict=False))
    cut = list(windows(pieces, spans, 101, 102))
    assert [i for window in cut for i in window.tokens] == [i for i, w in enumerate(pieces) if w]
    for window in cut:
        assert len(window.pieces) <= SIZE
        assert (window.pieces[0], window.pieces[-1]) == (101, 102)
        for token, place in zip(window.tokens, window.places, strict=True):
            read = pieces[token][:LONGEST]
            assert window.pieces[place : place + len(read)] == read


def test_probabilities_of_roles_add_up(parsed: Doc) -> None:
    network = Network.load(WEIGHTS / f"{weights_name(load_model())}.npz")
    states = np.zeros((3, 96), dtype=np.float32)
    scores = network.roles(states, states, np.zeros((3, 4), dtype=np.int32))
    assert scores.shape == (3, len(ROLES))
    assert np.allclose(scores.sum(axis=1), 1, atol=1e-5)
