"""Attribution: who says so, to whom, in whose words."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from extractors.actions.finding import Action
from extractors.actions.lexicon import Lexicon, load_lexicon
from extractors.attribution.attributing import attribute
from extractors.attribution.quotations import find_quotations
from extractors.language import parse
from extractors.roles import Argument


@pytest.fixture(scope="module")
def lexicon(ontology_path: Path) -> Lexicon:
    return load_lexicon(ontology_path)


def attributed(
    nlp: Language, lexicon: Lexicon, text: str, word: str
) -> tuple[str | None, str | None, bool]:
    """Source, addressee and directness of the action that a word names."""
    doc = next(parse(nlp, [text]))
    token = next(token for token in doc if token.text == word)
    action = Action(token.i, token.lemma_, "Action", "verb")
    (found,) = attribute(doc, [action], {}, find_quotations(doc, lexicon), lexicon)
    source, addressee = (
        text[mention.start : mention.end] if mention else None
        for mention in (found.source, found.addressee)
    )
    return source, addressee, found.quoted


@pytest.mark.parametrize(
    ("text", "word", "source"),
    [
        ("The minister said that the talks had failed.", "failed", "The minister"),
        ("The talks had failed, the minister said.", "failed", "the minister"),
        ("The shop, police said, had been closed.", "closed", "police"),
        ("Two men were arrested, according to the police.", "arrested", "the police"),
        ("According to a statement from the ministry, two men were arrested.", "arrested",
         "the ministry"),
        ("Norway closed the border, claiming that smugglers used it.", "used", "Norway"),
        ("Norway closed the border, adding that it would reopen in May.", "reopen", "Norway"),
        ("Residents complained that they could not enter the hall.", "enter", "Residents"),
        ("The widow did not believe that the ship had sunk.", "sunk", "The widow"),
        ("Berg claimed to have invented the engine.", "invented", "Berg"),
        ("Norway expelled the envoy, citing fears that he might recruit spies.", "recruit",
         "Norway"),
        ("Berg's claim that the bank lied was rejected.", "lied", "Berg"),
        ("It was reported by the BBC that the minister had quit.", "quit", "BBC"),
        ("Smith, who said the dam had leaked, left the city.", "leaked", "Smith"),
        ("Berg accused the bank of hiding losses from its owners.", "hiding", "Berg"),
        ("If the rains stay away, the farmer said, the herd will starve.", "starve",
         "the farmer"),
        ("The dam, which officials say has leaked, will be closed.", "leaked", "officials"),
        ("Police removed leaflets which they said encouraged violence.", "encouraged", "they"),
        ("Berg quipped that the fish would vote.", "vote", "Berg"),
        ("Profits fell sharply, said Anna Berg, the director.", "fell", "Anna Berg"),
    ],
)  # fmt: skip
def test_the_source_of_reported_speech(
    nlp: Language, lexicon: Lexicon, text: str, word: str, source: str
) -> None:
    assert attributed(nlp, lexicon, text, word)[0] == source


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The minister said that the talks had failed.", "said"),
        ("The ferry sank on Monday.", "sank"),
        ("The man who said the dam had leaked was arrested.", "arrested"),
        ("Berg asked the crew to repair the hull.", "repair"),
        ("Berg learned that police had raided the house.", "raided"),
        ("The driver is alleged to have fled.", "fled"),
        ("While speaking to reporters, Berg tripped.", "tripped"),
        ("The law ensures that shops close on Sunday.", "close"),
    ],
)
def test_what_the_article_itself_says(
    nlp: Language, lexicon: Lexicon, text: str, word: str
) -> None:
    assert attributed(nlp, lexicon, text, word)[0] is None


def test_the_innermost_of_nested_sources_counts(nlp: Language, lexicon: Lexicon) -> None:
    text = "The lawyer said that the clerk claimed the file had vanished."
    assert attributed(nlp, lexicon, text, "vanished")[0] == "the clerk"
    assert attributed(nlp, lexicon, text, "claimed")[0] == "The lawyer"


def test_an_agency_at_the_end_reports_the_saying(nlp: Language, lexicon: Lexicon) -> None:
    text = "The minister said the talks had failed, Reuters reported on Monday."
    assert attributed(nlp, lexicon, text, "failed")[0] == "The minister"
    assert attributed(nlp, lexicon, text, "said")[0] == "Reuters"
    assert attributed(nlp, lexicon, text, "reported")[0] is None


@pytest.mark.parametrize(
    ("text", "word", "addressee"),
    [
        ("Berg told the court that the clerk had lied.", "lied", "the court"),
        ("Speaking to Sky News, Berg said that the mine had closed.", "closed", "Sky News"),
        ("Berg said to reporters that the mine had closed.", "closed", "reporters"),
    ],
)
def test_the_addressee(
    nlp: Language, lexicon: Lexicon, text: str, word: str, addressee: str
) -> None:
    assert attributed(nlp, lexicon, text, word) == ("Berg", addressee, False)


def test_direct_speech_is_its_speakers(nlp: Language, lexicon: Lexicon) -> None:
    text = "“The guards fled at dawn,” Olsen told the court. The judge adjourned."
    assert attributed(nlp, lexicon, text, "fled") == ("Olsen", "the court", True)
    assert attributed(nlp, lexicon, text, "told") == (None, None, False)
    assert attributed(nlp, lexicon, text, "adjourned") == (None, None, False)


def test_a_report_within_a_quotation_keeps_its_own_source(nlp: Language, lexicon: Lexicon) -> None:
    text = "“The owners say they sold the ship,” Olsen said."
    assert attributed(nlp, lexicon, text, "sold") == ("The owners", None, True)
    assert attributed(nlp, lexicon, text, "say") == ("Olsen", None, True)


def test_the_second_paragraph_of_a_statement(nlp: Language, lexicon: Lexicon) -> None:
    text = "Olsen said: “The quay sank.\n\n“Divers searched it all night.”\n\nRain fell."
    assert attributed(nlp, lexicon, text, "searched") == ("Olsen", None, True)
    assert attributed(nlp, lexicon, text, "fell") == (None, None, False)


def test_arguments_supply_a_subject_that_the_parse_lacks(nlp: Language, lexicon: Lexicon) -> None:
    doc = next(parse(nlp, ["Olsen: saying that guards fled."]))
    words = {token.text: token.i for token in doc}
    olsen = words["Olsen"], words["Olsen"] + 1
    said = {words["saying"]: [Argument("agent", words["Olsen"], *olsen, olsen)]}
    fled = Action(words["fled"], "flee", "Action", "verb")
    (found,) = attribute(doc, [fled], said, (), lexicon)
    assert found.source is not None
    assert doc.text[found.source.start : found.source.end] == "Olsen"


def test_who_reports_a_report_is_known_too(nlp: Language, lexicon: Lexicon) -> None:
    text = "Olsen said every shopkeeper claims that the levy will ruin the town."
    doc = next(parse(nlp, [text]))
    ruin = next(token for token in doc if token.text == "ruin")
    (found,) = attribute(doc, [Action(ruin.i, "ruin", "Action", "verb")], {}, (), lexicon)
    assert [text[span.start : span.end] for span in found.sources] == ["every shopkeeper", "Olsen"]
