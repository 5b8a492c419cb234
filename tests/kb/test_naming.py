"""What is known of names beforehand: variants, shelves, fields, and the data file itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.naming.fields import field_of, parted
from kb.naming.lore import lore
from kb.naming.variants import blocks, distance, skeleton, variant

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9)
KEYS = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: "person:" + "-".join(words))


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("person:j-doe", "person:jane-doe", "initials"),
        ("person:joe-doe", "person:joseph-doe", "nickname"),
        ("person:john-q-doe", "person:john-doe", "middle name"),
        ("person:q-john-doe", "person:john-doe", "middle name"),
        ("person:jim-doe", "person:james-kemp-doe", "full name"),
        ("person:john-doe-sr", "person:john-doe-jr", None),
        ("person:john-a-doe", "person:john-b-doe", None),
        ("person:bill-doe", "person:will-doe", None),
        ("person:john-doe", "person:jane-doe", None),
        ("person:karolos-papoulias", "person:carolos-papoulias", "spelling"),
        ("place:dargahan", "place:dargehan", "spelling"),
        ("place:austria", "place:australia", None),
        ("thing:playmates", "thing:playmate", "plural"),
        ("thing:wbc", "thing:world-boxing-council", "acronym"),
        ("thing:parler", "person:parler", "type"),
        ("thing:a330", "thing:a340", None),
    ],
)
def test_variants(one: str, other: str, reason: str | None) -> None:
    assert variant(one, other) == variant(other, one) == reason
    if reason not in (None, "type"):
        assert blocks(one) & blocks(other)


@given(KEYS, KEYS)
def test_variants_of_one_class_share_a_shelf(one: str, other: str) -> None:
    assert variant(one, other) == variant(other, one)
    if one != other and variant(one, other):
        assert blocks(one) & blocks(other)


@given(WORDS, st.integers(0, 8), st.sampled_from("aeiou"))
def test_one_more_vowel_is_one_step_and_no_other_skeleton(word: str, at: int, vowel: str) -> None:
    place = min(max(at, 1), len(word))
    longer = word[:place] + vowel + word[place:]
    assert distance(word, longer) == 1
    if word[place - 1 : place] != word[place : place + 1]:
        assert skeleton(longer) == skeleton(word) or word[0] in "aeiou"


@pytest.mark.parametrize(
    ("key", "description", "company", "field"),
    [
        ("person:john-smith", "the former golfer", (), "sport"),
        ("person:john-smith", "Democratic congressman", (), "politics"),
        ("person:john-smith", "director", (), None),
        ("person:john-smith", None, (), None),
        ("thing:apple-corps", "record label", (), "music"),
        ("place:georgia", None, ("atlanta",), "state"),
        ("place:georgia", "former Soviet republic", (), "country"),
        ("place:georgia", None, ("atlanta", "tbilisi"), None),
    ],
)
def test_fields(key: str, description: str | None, company: tuple[str, ...], field: str) -> None:
    assert field_of(key, description, company) == field


def test_fields_that_nobody_belongs_to_at_once_part_a_name() -> None:
    counts = {"sport": 4, "politics": 2, "law": 1}
    apart = parted(counts, "person", lambda one, other: False)
    assert apart == [["sport"], ["law", "politics"]]
    assert len(parted(counts, "person", lambda one, other: True)) == 1


def test_the_data_file_holds_together() -> None:
    known = {(group, field) for (group, _), field in lore().fields.items()}
    placed = {f for senses in lore().company.values() for f in senses}
    for group, pair in lore().exclusive:
        assert len(pair) == 2
        assert all((group, field) in known or field in placed for field in pair)
    for table in (lore().places, lore().acronyms, lore().spellings):
        assert not set(table) & set(table.values()), "one step leads to the end"
