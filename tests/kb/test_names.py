"""Which names are one name, and which name stands for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.names import Evidence, is_short_form, name_key, parent, root


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Amazon", "Amazon Inc.", "ORG"),
        ("the United Nations", "United Nations", "ORG"),
        ("U.S.", "US", "GPE"),
        ("Donald Trump", "President Donald Trump", "PERSON"),
        ("Émile Zola", "Emile Zola", "PERSON"),
        ("John Matze’s", "John Matze", "PERSON"),
    ],
)
def test_spellings_of_one_name(one: str, other: str, kind: str) -> None:
    assert name_key(one, kind) == name_key(other, kind)


def test_a_place_a_person_and_a_firm_of_one_name_stay_apart() -> None:
    keys = {name_key("Washington", kind) for kind in ("PERSON", "GPE", "ORG")}
    assert len(keys) == 3
    assert name_key("Parler", "ORG") == name_key("Parler", "PRODUCT")
    assert name_key("Apple", "ORG") != name_key("Apple Corps", "ORG")


@given(st.text(min_size=1, max_size=300), st.sampled_from(["PERSON", "GPE", "ORG", "OTHER"]))
def test_any_name_has_a_key_that_is_stable(name: str, kind: str) -> None:
    key = name_key(name, kind)
    assert key.partition(":")[2]
    assert len(key) < 150
    assert name_key(name, kind) == key


@pytest.mark.parametrize(
    ("alias", "name", "short"),
    [
        ("thing:aws", "thing:amazon-web-services", True),
        ("thing:fbi", "thing:federal-bureau-of-investigation", True),
        ("person:matze", "person:john-matze", True),
        ("person:john", "person:john-matze", False),
        ("thing:amazon", "thing:amazon-web-services", False),
        ("place:aws", "thing:amazon-web-services", False),
    ],
)
def test_short_forms(alias: str, name: str, short: bool) -> None:
    assert is_short_form(alias, name) is short


def test_an_acronym_points_to_its_expansion_however_often_it_stands_alone() -> None:
    evidence = Evidence(own=50, targets={"thing:amazon-web-services": 1})
    assert parent("thing:aws", evidence) == "thing:amazon-web-services"


def test_a_name_of_its_own_is_not_swallowed_by_a_longer_one() -> None:
    evidence = Evidence(own=50, targets={"thing:amazon-web-services": 1})
    assert parent("thing:amazon", evidence) is None
    assert parent("thing:capitol", Evidence(0, {"thing:us-capitol": 2})) == "thing:us-capitol"


def test_a_surname_of_two_people_stays_by_itself_unless_one_is_meant_far_more_often() -> None:
    both = {"person:donald-trump": 3, "person:melania-trump": 2}
    assert parent("person:trump", Evidence(5, both)) is None
    both["person:donald-trump"] = 4
    assert parent("person:trump", Evidence(5, both)) == "person:donald-trump"


def test_a_circle_of_names_has_one_root_from_wherever_one_enters() -> None:
    parents = {"c": "b", "b": "a", "a": "c", "d": "c"}
    assert {root(key, parents.get) for key in parents} == {"a"}
    assert root("e", parents.get) == "e"
