"""What an article says caused what, came first, was part of it or the same; with the words."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extractors.actions.finding import find_actions
from extractors.actions.lexicon import load_lexicon
from extractors.articles import Article
from extractors.extraction import Extraction
from extractors.links import find_links
from extractors.pipeline import Extractor

Stated = tuple[str, str, str, str]


def _links(nlp: Language, sentence: str) -> set[Stated]:
    doc = nlp(sentence)
    lexicon = load_lexicon()
    return {
        (
            link.type,
            doc[link.source].text,
            doc[link.target].text,
            doc[slice(*link.cue)].text if link.cue else "",
        )
        for link in find_links(doc, find_actions(doc, lexicon), lexicon)
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Trains stopped because of the strike.", ("causes", "strike", "stopped", "because of")),
        (
            "The ministry banned the march because protesters had attacked officers.",
            ("causes", "attacked", "banned", "because"),
        ),
        (
            "Rebels shelled the port in response to the arrest of their leader.",
            ("causes", "arrest", "shelled", "in response to"),
        ),
        (
            "The company was fined as a result of the spill.",
            ("causes", "spill", "fined", "as a result of"),
        ),
        ("The flood led to protests in Lima.", ("causes", "flood", "protests", "led")),
        ("The riots were sparked by a shooting.", ("causes", "shooting", "riots", "sparked")),
        (
            "The collapse resulted from an explosion.",
            ("causes", "explosion", "collapse", "resulted"),
        ),
        ("The storm forced the port to close.", ("causes", "storm", "close", "forced")),
        (
            "A bomb exploded in the market, killing nine people.",
            ("causes", "exploded", "killing", "killing"),
        ),
        ("Norsea sold the ferry after it had sunk.", ("before", "sunk", "sold", "after")),
        ("Divers searched the bay before the storm.", ("before", "searched", "storm", "before")),
        ("Nine sailors died during the rescue.", ("includes", "rescue", "died", "during")),
        (
            "The bank closed two branches as part of a restructuring.",
            ("includes", "restructuring", "closed", "as part of"),
        ),
        ("The council took action against the landlord.", ("same", "took", "action", "")),
        ("The vote was a defeat for the chancellor.", ("same", "vote", "defeat", "was")),
    ],
)
def test_links_with_the_words_that_state_them(
    nlp: Language, sentence: str, expected: Stated
) -> None:
    assert expected in _links(nlp, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bank closed a branch and the union called a strike.",
        "The minister arrived, carrying a report.",
        "The mayor was asked to reopen the market.",
    ],
)
def test_what_only_stands_side_by_side_is_not_linked(nlp: Language, sentence: str) -> None:
    assert not _links(nlp, sentence)


def test_an_extraction_keeps_the_words_of_its_links() -> None:
    text = "Trains stopped because of the strike."
    found = Extractor().extract(Article("a", text, None, "2024-05-02"))
    (link,) = (link for link in found.links if link.type == "causes")
    assert link.cue is not None
    assert text[link.cue.start : link.cue.end] == "because of"
    assert Extraction.from_json(found.to_json()) == found
