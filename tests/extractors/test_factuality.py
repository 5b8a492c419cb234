"""Polarity and factuality: each rule on sentences of news."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extractors.actions.finding import Action
from extractors.actions.lexicon import Lexicon, load_lexicon
from extractors.factuality.judging import judge, judge_all
from extractors.language import parse


@pytest.fixture(scope="module")
def lexicon(ontology_path: Path) -> Lexicon:
    return load_lexicon(ontology_path)


def action_at(doc: Doc, word: str) -> Action:
    token = next(token for token in doc if token.text == word)
    return Action(
        token.i, token.lemma_, "Action", "verb" if token.pos_ in {"VERB", "AUX"} else "noun"
    )


def status(nlp: Language, lexicon: Lexicon, text: str, word: str) -> tuple[str, str]:
    doc = next(parse(nlp, [text]))
    return judge(doc, action_at(doc, word), lexicon)


ASSERTED = [
    ("Fans left the ground, a day after police had banned them.", "left"),
    ("The harbour board sold the ferry on Tuesday.", "sold"),
    ("The mayor says that the bridge reopened.", "reopened"),
    ("Divers managed to free the crew.", "free"),
    ("The storm forced the airport to close.", "close"),
    ("The bakery did not fail to pay its staff.", "pay"),
    ("The board did not know that the auditor had resigned.", "resigned"),
    ("There is no doubt that the dam leaked.", "leaked"),
    ("Not only did the union strike, it also marched.", "marched"),
    ("The council ended the inquiry on Monday.", "inquiry"),
    ("A train that was built in Ghent will enter service in May.", "built"),
    ("The ministry announced the death of the ambassador.", "death"),
    ("The firm will say that it overcharged customers.", "overcharged"),
]

NEGATIVE = [
    ("The harbour board has not sold the ferry.", "sold"),
    ("The two sides didn't sign the treaty.", "sign"),
    ("The senator never visited the island.", "visited"),
    ("No agreement was reached on Monday.", "agreement"),
    ("No agreement was reached on Monday.", "reached"),
    ("Nobody was hurt in the fire.", "hurt"),
    ("Neither the pilot nor the owner attended the hearing.", "attended"),
    ("The garage no longer sells tyres.", "sells"),
    ("The envoy left without signing the treaty.", "signing"),
    ("The museum leased the painting instead of selling it.", "selling"),
    ("The museum was unable to open its new wing.", "open"),
    ("Rescuers failed to reach the village.", "reach"),
    ("Drivers refused to load the trucks.", "load"),
    ("The refinery stopped buying crude from the north.", "buying"),
    ("Officials denied selling weapons to the rebels.", "selling"),
    ("Ministers did not believe that the ship had sunk.", "sunk"),
    ("The army made no attempt to rescue the hostages.", "rescue"),
    ("The crew did not try to board the tanker.", "board"),
    ("The bank did not allow customers to withdraw cash.", "withdraw"),
    ("The clinic was criticised for its failure to report the outbreak.", "report"),
    ("The carrier cancelled the flight on Friday.", "flight"),
    ("The envoys have yet to sign the treaty.", "sign"),
    ("The judge was too ill to attend the hearing.", "attend"),
    ("The mayor would not comment.", "comment"),
    ("The troops did not withdraw or surrender.", "surrender"),
    ("The general was ordered to retreat but refused to leave the city.", "leave"),
]

PLANNED = [
    ("The harbour board will sell the ferry in June.", "sell"),
    ("The ferry is to be sold in June.", "sold"),
    ("The trial is set to begin on Wednesday.", "begin"),
    ("The trial is set to begin on Wednesday.", "trial"),
    ("Lufthansa to buy Italian rival", "buy"),
    ("The opera plans to move to Leeds.", "move"),
    ("The tenants agreed to leave the building.", "leave"),
    ("The troops are going to leave the valley.", "leave"),
    ("The opera has a plan to move to Leeds.", "move"),
    ("The chairman said he would resign in autumn.", "resign"),
    ("The chairman, the paper said, would resign.", "resign"),
    ("The planned launch drew thousands.", "launch"),
    ("The choir will hold a concert in March.", "concert"),
    ("The fleet is scheduled to return on Sunday.", "return"),
    ("The minister flew to Oslo to meet the prince.", "meet"),
    ("The road will stay closed until the bridge opens.", "opens"),
]

POSSIBLE = [
    ("The harbour board may sell the ferry.", "sell"),
    ("The gunmen could attack the convoy.", "attack"),
    ("It is likely that the miller will sell the farm.", "sell"),
    ("There is a possibility that nurses will strike.", "strike"),
    ("The editor was allegedly beaten by guards.", "beaten"),
    ("The banker is alleged to have taken bribes.", "taken"),
    ("The banker was accused of taking bribes.", "taking"),
    ("Residents fear that the dam will burst.", "burst"),
    ("The two breweries discussed a possible merger.", "merger"),
    ("Police are investigating the alleged attack.", "attack"),
    ("The company did not say whether the reactor had leaked.", "leaked"),
    ("Has the chancellor resigned?", "resigned"),
    ("The regulator is considering a ban on the drug.", "ban"),
    ("The licence allows the firm to export grain.", "export"),
]


@pytest.mark.parametrize(("text", "word"), ASSERTED)
def test_told_as_a_fact(nlp: Language, lexicon: Lexicon, text: str, word: str) -> None:
    assert status(nlp, lexicon, text, word) == ("positive", "asserted")


@pytest.mark.parametrize(("text", "word"), NEGATIVE)
def test_did_not_happen(nlp: Language, lexicon: Lexicon, text: str, word: str) -> None:
    assert status(nlp, lexicon, text, word)[0] == "negative"


@pytest.mark.parametrize(("text", "word"), PLANNED)
def test_is_planned(nlp: Language, lexicon: Lexicon, text: str, word: str) -> None:
    assert status(nlp, lexicon, text, word) == ("positive", "planned")


@pytest.mark.parametrize(("text", "word"), POSSIBLE)
def test_is_possible(nlp: Language, lexicon: Lexicon, text: str, word: str) -> None:
    assert status(nlp, lexicon, text, word) == ("positive", "possible")


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("If the strike goes ahead, flights would be cancelled.", "goes", "conditional"),
        ("If the strike goes ahead, flights would be cancelled.", "cancelled", "conditional"),
        ("The senator will block it unless the papers are released.", "block", "conditional"),
        ("The senator will block it unless the papers are released.", "released", "conditional"),
        ("Had the captain known, the ferry would have turned back.", "known", "conditional"),
        ("The captain would have turned back.", "turned", "hypothetical"),
        ("Judges ordered the bank to pay the widow.", "pay", "requested"),
        ("The union called for the resignation of the director.", "resignation", "requested"),
        ("The city should repair the bridge.", "repair", "requested"),
        ("Farmers must slaughter the herds.", "slaughter", "requested"),
        ("The mayor told the crowd to leave the square.", "leave", "requested"),
        ("The thieves tried to open the safe.", "open", "attempted"),
        ("The senator led an effort to delay the vote.", "delay", "attempted"),
        ("Guards prevented an assassination on Monday.", "assassination", "prevented"),
        ("Police stopped the men from entering the hall.", "entering", "prevented"),
    ],
)  # fmt: skip
def test_other_degrees(
    nlp: Language, lexicon: Lexicon, text: str, word: str, expected: str
) -> None:
    assert status(nlp, lexicon, text, word)[1] == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The grocer will stop selling tobacco.", "selling", ("negative", "planned")),
        ("The widow has no plans to sell the farm.", "sell", ("negative", "planned")),
        ("The minister asked shops not to sell fireworks.", "sell", ("negative", "requested")),
        ("The party might refuse to join the cabinet.", "join", ("negative", "possible")),
        ("We are going to try to reopen the mine.", "reopen", ("positive", "planned")),
        ("The rebels tried to prevent the election.", "election", ("positive", "possible")),
        ("The crew will not be able to repair the hull.", "repair", ("negative", "planned")),
        ("The clerk did not deny that he had met the envoy.", "met", ("positive", "possible")),
        ("The buyer is unlikely to accept the offer.", "accept", ("negative", "possible")),
    ],
)
def test_governors_compose_outwards(
    nlp: Language, lexicon: Lexicon, text: str, word: str, expected: tuple[str, str]
) -> None:
    assert status(nlp, lexicon, text, word) == expected


def test_conjuncts_share_what_stands_before_the_first(nlp: Language, lexicon: Lexicon) -> None:
    text = "The airline will buy ten jets and close its base in Malta."
    assert status(nlp, lexicon, text, "close") == ("positive", "planned")


def test_but_stops_negation(nlp: Language, lexicon: Lexicon) -> None:
    text = "The director did not resign but stayed in office."
    assert status(nlp, lexicon, text, "resign")[0] == "negative"
    assert status(nlp, lexicon, text, "stayed") == ("positive", "asserted")


def test_an_article_in_one_go_equals_its_actions_one_by_one(
    nlp: Language, lexicon: Lexicon
) -> None:
    text = (
        "Port to close for repairs\n\nThe port of Varna will close on Monday, its director said. "
        "He denied that ships had been damaged, and refused to name the firm that may get the "
        "contract. If the work fails, the quay could sink."
    )
    doc = next(parse(nlp, [text]))
    actions = [Action(t.i, t.lemma_, "Action", "verb") for t in doc if t.pos_ == "VERB"]
    assert len(actions) > 8
    assert judge_all(doc, actions, lexicon) == [judge(doc, a, lexicon) for a in actions]


def test_a_sentence_of_thousands_of_words_is_judged(nlp: Language, lexicon: Lexicon) -> None:
    text = "The board failed to sell " + "and the board failed to sell " * 800
    doc = nlp.make_doc(text)
    heads = [max(i - 1, 0) for i in range(len(doc))]
    deps = ["ROOT"] + ["conj"] * (len(doc) - 1)
    chained = Doc(doc.vocab, words=[t.text for t in doc], heads=heads, deps=deps)
    actions = [Action(t.i, t.text, "Action", "verb") for t in chained]
    verdicts = judge_all(chained, actions, lexicon)
    assert verdicts == [("positive", "asserted")] * len(chained)


@given(st.data())
def test_any_tree_gets_a_verdict(nlp: Language, lexicon: Lexicon, data: st.DataObject) -> None:
    words = data.draw(
        st.lists(
            st.sampled_from("not if said will no plan to be without from of , that who".split()),
            min_size=1,
            max_size=14,
        )
    )
    deps = "ROOT ccomp xcomp acl advcl conj prep pobj pcomp dobj nsubj neg aux mark amod".split()
    count = len(words)
    root = data.draw(st.integers(0, count - 1))
    # Heads that always lie nearer to the root make a tree.
    heads = [root if i == root else (i + 1 if i < root else i - 1) for i in range(count)]
    labels = [data.draw(st.sampled_from(deps)) if i != root else "ROOT" for i in range(count)]
    doc = Doc(nlp.vocab, words=words, heads=heads, deps=labels)
    for polarity, factuality in judge_all(
        doc, [Action(i, w, "Action", "verb") for i, w in enumerate(words)], lexicon
    ):
        assert polarity in {"positive", "negative"}
        assert factuality in {
            "asserted", "planned", "possible", "hypothetical", "conditional", "requested",
            "attempted", "prevented",
        }  # fmt: skip
