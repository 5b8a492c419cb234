"""Which mentions, in whatever articles, are of one entity; and that order does not matter."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.records import ArticleRecord, LocalEntity
from tests.kb.records import article, change, entities, entity, index, state


def test_initials_join_the_one_person_whom_they_fit() -> None:
    told = [article("a", entity("John Matze")), article("b", entity("J. Matze"))]
    with index(told) as db:
        assert entities(db) == {"john-matze": ["a John Matze", "b J. Matze"]}
        change(db, added=[article("c", entity("Jill Matze"))])
        assert list(entities(db)) == ["j-matze", "jill-matze", "john-matze"]
        change(db, removed=["c"])
        assert list(entities(db)) == ["john-matze"]


def test_nicknames_and_middle_names_join_full_names() -> None:
    told = [
        article("a", entity("Joe Biden")),
        article("b", entity("Joseph Biden")),
        article("c", entity("Joseph R. Biden")),
        article("d", entity("Jill Biden")),
    ]
    with index(told) as db:
        assert [len(mentions) for mentions in entities(db).values()] == [1, 3]


def test_a_misspelling_joins_where_the_story_is_the_same() -> None:
    others = [entity("Ruth Amado"), entity("Carl Voss"), entity("Harbor Union", "ORG")]
    told = [
        article("a", entity("Leonard Petrossian"), *others),
        article("b", entity("Leonard Petrosian"), *others),
        article("c", entity("Leonard Petrossyan"), entity("Ida Krall"), entity("Ole Falk")),
    ]
    with index(told) as db:
        found = entities(db)
        assert found["leonard-petrosian"] == ["a Leonard Petrossian", "b Leonard Petrosian"]
        assert found["leonard-petrossyan"] == ["c Leonard Petrossyan"]


def test_one_name_in_two_classes_is_one_thing_where_one_of_them_is_rare() -> None:
    told = [article(f"a{n}", entity("Parler", "ORG")) for n in range(4)]
    with index([*told, article("b", entity("Parler", "PERSON"))]) as db:
        assert list(entities(db)) == ["parler"]
        change(db, added=[article("c", entity("Parler", "PERSON"))])
        assert list(entities(db)) == ["parler", "parler--person"]


def test_a_town_and_a_person_of_one_word_stay_apart_however_rare() -> None:
    told = [article(f"a{n}", entity("Lincoln", "GPE")) for n in range(9)]
    with index([*told, article("b", entity("Lincoln", "PERSON"))]) as db:
        assert list(entities(db)) == ["lincoln", "lincoln--person"]


def test_names_that_articles_give_for_one_another_are_one() -> None:
    told = [
        article("a", entity("Apple Computer", "ORG", "Apple")),
        article("b", entity("Apple", "ORG", "Apple Computer")),
        article("c", entity("Apple", "ORG")),
        article("d", entity("Apple Corps", "ORG")),
    ]
    with index(told) as db:
        assert {slug: len(mentions) for slug, mentions in entities(db).items()} == {
            "apple": 3, "apple-corps": 1,
        }  # fmt: skip


def test_the_cloud_arm_is_not_the_company() -> None:
    told = [article(f"a{n}", entity("Amazon", "ORG")) for n in range(3)]
    told.append(article("b", entity("Amazon Web Services", "ORG", "AWS", "Amazon")))
    told.append(article("c", entity("AWS", "ORG")))
    with index(told) as db:
        assert [len(mentions) for mentions in entities(db).values()] == [3, 2]


def test_a_golfer_and_a_senator_of_one_name_are_two() -> None:
    told = [
        article("a", entity("John Smith", description="golfer")),
        article("b", entity("John Smith", description="the former golfer")),
        article("c", entity("John Smith", description="Democratic senator")),
    ]
    with index(told) as db:
        assert entities(db) == {
            "john-smith": ["a John Smith", "b John Smith"],
            "john-smith--politics": ["c John Smith"],
        }
        change(db, removed=["c"])
        assert list(entities(db)) == ["john-smith"]


def test_fields_in_the_same_company_part_nobody() -> None:
    others = [entity("Ruth Amado"), entity("Carl Voss")]
    told = [
        article("a", entity("Arnold Kemp", description="actor"), *others),
        article("b", entity("Arnold Kemp", description="surgeon"), *others),
    ]
    with index(told) as db:
        assert entities(db)["arnold-kemp"] == ["a Arnold Kemp", "b Arnold Kemp"]


def test_a_bare_surname_goes_with_the_company_of_its_article() -> None:
    told = [
        article("a", entity("Jane Doe", "PERSON", "Doe"), entity("Harbor Union", "ORG")),
        article("b", entity("John Doe", "PERSON", "Doe"), entity("Chess League", "ORG")),
        article("c", entity("Doe"), entity("Chess League", "ORG")),
        article("d", entity("Doe"), entity("Harbor Union", "ORG")),
        article("e", entity("Doe"), entity("Weather Bureau", "ORG")),
    ]
    with index(told) as db:
        found = entities(db)
        assert found["jane-doe"] == ["a Jane Doe", "d Doe"]
        assert found["john-doe"] == ["b John Doe", "c Doe"]
        assert found["doe"] == ["e Doe"]


def test_a_bare_surname_goes_with_the_field_that_its_article_gives() -> None:
    told = [
        article("a", entity("Reggie Marsh", "PERSON", "Marsh", description="quarterback")),
        article("b", entity("George Marsh", "PERSON", "Marsh", description="senator")),
        article("c", entity("Marsh", description="President")),
    ]
    with index(told) as db:
        assert entities(db)["george-marsh"] == ["b George Marsh", "c Marsh"]


@pytest.mark.parametrize(
    ("company", "slug"), [("Tbilisi", "georgia"), ("Atlanta", "georgia--state")]
)
def test_georgia_is_the_state_or_the_country_by_its_company(company: str, slug: str) -> None:
    told = [
        article("a", entity("Georgia", "GPE"), entity("Tbilisi", "GPE"), published="2021-01-01"),
        article("b", entity("Georgia", "GPE"), entity("Atlanta", "GPE"), published="2021-01-02"),
        article("c", entity("Georgia", "GPE"), entity(company, "GPE"), published="2021-01-03"),
    ]
    with index(told) as db:
        assert "c Georgia" in entities(db)[slug]


def test_what_people_decide_goes_before_fields_and_company() -> None:
    told = [
        article("a", entity("John Smith", description="golfer")),
        article("b", entity("John Smith", description="senator")),
        article("c", entity("John Smith", sense="baker")),
    ]
    with index(told[:1]) as db:
        decide = "INSERT INTO curated_names (key, parent) VALUES (?, ?)"
        db.execute(decide, ("person:john-smith^politics", "person:john-smith^sport"))
        change(db, added=told[1:])
        assert [len(mentions) for mentions in entities(db).values()] == [2, 1]


NAMES = (
    "John Doe", "J. Doe", "Jane Doe", "Doe", "Jon Doe", "John Q. Doe", "Johnny Doe", "Amado",
    "Ruth Amado", "Ruth Ammado", "R. Amado", "Marsh", "George Marsh", "Reggie Marsh", "Georgia",
    "Apple", "Apple Corps", "Apple Computer", "World Boxing Council", "WBC", "Springfield",
)  # fmt: skip
WORDS = ("golfer", "senator", "band", "company", "judge", "state", "country", None, None, None)


def told(chance: random.Random) -> list[ArticleRecord]:
    """Articles that mention a few people and things by whatever names, and call them anything."""
    records = []
    for n in range(chance.randint(3, 14)):
        mentioned = [
            entity(
                chance.choice(NAMES),
                chance.choice(("PERSON", "PERSON", "ORG", "GPE")),
                *chance.sample(NAMES, chance.choice((0, 0, 1, 2))),
                description=chance.choice(WORDS),
            )
            for _ in range(chance.randint(1, 5))
        ]
        day = f"2021-01-{chance.randint(1, 28):02}"
        records.append(article(f"a{n}", *mentioned, published=day))
    return records


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_the_order_in_which_articles_come_and_go_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)
    records = told(chance)
    with index(records) as db:
        expected = state(db)
    waiting = [*chance.sample(records, len(records)), *chance.choices(records, k=2)]
    present: set[str] = set()
    with index() as db:
        while waiting:
            batch = [waiting.pop() for _ in range(min(len(waiting), chance.randint(1, 3)))]
            added = {record.slug: record for record in batch}
            change(db, removed=present & added.keys(), added=added.values())
            present |= added.keys()
            if waiting and chance.random() < 0.4:
                gone = chance.choice(sorted(present))
                present.discard(gone)
                change(db, removed=[gone])
                waiting.insert(0, next(record for record in records if record.slug == gone))
        assert state(db) == expected


def test_local_entities_keep_their_names_apart_from_their_rows() -> None:
    one = LocalEntity("e1", "Apple", "ORG", (), None, ())
    with index([article("a", one, one)]) as db:
        assert entities(db) == {"apple": ["a Apple", "a Apple"]}
