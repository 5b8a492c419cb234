"""Named entities: what is found, how it is typed, and which names are one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractors.entities.finding import find_entities
from extractors.extraction import Entity, Mention
from extractors.language import straighten

ARTICLE = """Harbour bridge closes after Norlund Engineering pulls its staff

Norlund Engineering Services (NES) withdrew its inspectors from the Tamar crossing on Monday, \
the chief executive, Ingrid Solheim, told Reuters. Solheim said NES would not return before spring.

“We had no choice,” said Mayor Peter Okafor, who has governed Plymouth since 2015. Okafor’s \
office did not publish the report. The Democrats and several Republicans asked for it in Congress.

The messaging app Plover, which the engineers used, was removed from the App Store. Users wrote \
on Plover that the Boeing 787 and the new iPhone 4 were next. A pro-Okafor crowd cheered.
"""


def entities(nlp: Language, text: str, story: tuple[Mention, ...] = ()) -> dict[str, Entity]:
    """The entities of a text by name."""
    return {e.name: e for e in find_entities(nlp(straighten(text)), story)}


def words(text: str, entity: Entity) -> list[str]:
    """What the mentions of an entity quote."""
    return [text[m.start : m.end] for m in entity.mentions]


@pytest.fixture(scope="module")
def found(nlp: Language) -> dict[str, Entity]:
    """The entities of the article above."""
    return entities(nlp, ARTICLE)


def test_acronym_in_brackets_is_the_same_organisation(found: dict[str, Entity]) -> None:
    entity = found["Norlund Engineering Services"]
    assert entity.type == "ORG"
    assert "NES" in entity.aliases
    assert words(ARTICLE, entity).count("NES") == 2


def test_surname_after_full_name_is_the_same_person(found: dict[str, Entity]) -> None:
    entity = found["Ingrid Solheim"]
    assert entity.type == "PERSON"
    assert words(ARTICLE, entity) == ["Ingrid Solheim", "Solheim"]
    assert entity.description == "chief executive"


def test_a_name_inside_of_a_compound_is_found(found: dict[str, Entity]) -> None:
    assert words(ARTICLE, found["Peter Okafor"]) == ["Peter Okafor", "Okafor", "Okafor"]


def test_a_definition_tells_the_type(found: dict[str, Entity]) -> None:
    assert found["Plover"].type == "ORG"
    assert found["Plover"].description == "messaging app"


def test_groups_and_places(found: dict[str, Entity]) -> None:
    assert found["Democrats"].type == "GROUP"
    assert found["Plymouth"].type == "GPE"
    assert found["Congress"].type == "ORG"


def test_model_numbers_belong_to_the_product(found: dict[str, Entity]) -> None:
    assert found["Boeing 787"].type == "PRODUCT"
    assert found["iPhone 4"].type == "PRODUCT"


def test_dates_and_numbers_are_no_entities(found: dict[str, Entity]) -> None:
    assert not {"Monday", "2015", "spring"} & set(found)


def test_ids_follow_the_order_of_the_text(found: dict[str, Entity]) -> None:
    starts = [e.mentions[0].start for e in found.values()]
    assert starts == sorted(starts)
    assert [e.id for e in found.values()] == [f"e{n}" for n in range(1, len(found) + 1)]


def test_what_lies_outside_of_the_story_is_not_read(nlp: Language) -> None:
    text = "Siemens bought a factory in Turin. Related: Volkswagen closes a plant in Kassel."
    cut = text.index("Related")
    assert set(entities(nlp, text, (Mention(0, cut),))) == {"Siemens", "Turin"}


def test_a_surname_of_two_people_stays_apart(nlp: Language) -> None:
    text = (
        "Laura Brandt and her brother Oskar Brandt met Helen Price in Vienna. "
        "Oskar Brandt is a lawyer and Laura Brandt a doctor. Later, Brandt left the city."
    )
    found = entities(nlp, text)
    assert len(words(text, found["Laura Brandt"])) == 2
    assert len(words(text, found["Oskar Brandt"])) == 2


def test_a_place_is_not_the_person_of_that_name(nlp: Language) -> None:
    text = (
        "Singer Whitney Houston was born in Newark. The funeral took place in Houston, "
        "the mayor said. Houston was 48, her family said."
    )
    found = entities(nlp, text)
    assert "Houston" not in words(text, found["Whitney Houston"])[:2]


def test_a_legal_form_and_a_possessive_make_no_second_company(nlp: Language) -> None:
    text = "Apple Inc. reported a profit. Apple's shares rose, and Apple raised its forecast."
    found = entities(nlp, text)
    assert list(found) == ["Apple"]
    assert found["Apple"].type == "ORG"
    assert words(text, found["Apple"])[1:] == ["Apple", "Apple"]


def test_a_firm_that_came_first_is_not_its_own_division(nlp: Language) -> None:
    text = (
        "Amazon warned the website on Friday. Amazon Web Services (AWS) switched it off on "
        "Sunday, and Amazon confirmed this. AWS had hosted it for years."
    )
    found = entities(nlp, text)
    assert set(found) == {"Amazon", "Amazon Web Services"}
    assert words(text, found["Amazon Web Services"]) == ["Amazon Web Services", "AWS", "AWS"]


def test_one_stray_label_does_not_flip_the_type(nlp: Language) -> None:
    text = (
        "Facebook and Twitter blocked the page. Posts on Twitter had spread it, and Twitter "
        "users complained. The governor, Ann Lee, thanked Mark Hall, who runs a shop."
    )
    found = entities(nlp, text)
    assert found["Twitter"].type == "ORG"
    assert found["Facebook"].type == "ORG"
    assert found["Ann Lee"].type == "PERSON"


def test_a_headline_in_title_case_is_read_with_the_names_of_the_body(nlp: Language) -> None:
    text = (
        "Boeing Delivers Final Jet To Lufthansa\n\n"
        "Boeing handed over the last jet of the series to Lufthansa on Friday. "
        "Lufthansa said the jet would fly to Frankfurt."
    )
    found = entities(nlp, text)
    assert set(found) == {"Boeing", "Lufthansa", "Frankfurt"}
    assert words(text, found["Lufthansa"]) == ["Lufthansa"] * 3


def test_offices_and_calendar_words_are_no_names(nlp: Language) -> None:
    text = "The Prime Minister spoke on Tuesday at 18:00 GMT. Secretary of State Jane Roe agreed."
    found = entities(nlp, text)
    assert "Jane Roe" in found
    assert not {"Prime Minister", "GMT", "State", "Tuesday"} & set(found)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            [
                "Amazon", "Ms Solheim", "the U.S.", "(AWS)", "said", "“we", "won’t”", "\n\n", "–",
                "iPhone 4", "Boeing 787s", "N.V.", "ÉCOLE", "😀", "\u200b", "\u202e", "O'Brien's",
                "of", ",", ".", "1,000", "the company", "it", "NEW YORK", "Müller", "日本",
            ]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_mentions_quote_the_text_exactly(nlp: Language, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for entity in find_entities(nlp(straighten(text))):
        assert entity.name.strip() == entity.name != ""
        for mention in entity.mentions:
            assert 0 <= mention.start < mention.end <= len(text)
            quote = text[mention.start : mention.end]
            assert quote == quote.strip()
        assert list(entity.mentions) == sorted(set(entity.mentions))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "...", "THE MAYOR WAS SEEN IN THE CITY", "a" * 500]
)
def test_text_without_names_has_no_entities(nlp: Language, text: str) -> None:
    assert find_entities(nlp(text)) == ()


def test_a_sentence_of_thousands_of_words_is_read(nlp: Language) -> None:
    text = "Siemens and Bosch and " * 1200 + "Philips merged."
    found = entities(nlp, text)
    assert sum(len(e.mentions) for e in found.values()) > 2000
