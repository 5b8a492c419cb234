"""Why names stand for one entity, in words that show the evidence."""

from __future__ import annotations

from sqlite3 import Connection

from kb.explaining import name_reasons
from kb.views import NameReason
from tests.kb.records import article, change, entity, index


def reasons(db: Connection, slug: str) -> dict[str, NameReason]:
    (root,) = db.execute("SELECT root FROM entities WHERE slug = ?", (slug,)).fetchone()
    return {name.forms[0]: name for name in name_reasons(db, root)}


def test_an_alias_shows_the_article_that_gives_it() -> None:
    told = [
        article("a", entity("AWS", "ORG")),
        article("b", entity("Amazon Web Services", "ORG", "AWS")),
    ]
    with index(told) as db:
        found = reasons(db, "amazon-web-services")
        assert found["Amazon Web Services"].reason == "its own name"
        assert found["AWS"].article == "b"
        assert found["AWS"].reason == (
            "an article gives it as another name of 'amazon web services', its short form"
        )


def test_variants_and_company_are_told_as_such() -> None:
    told = [
        article("a", entity("John Matze", "PERSON", "Matze"), entity("Parler", "ORG")),
        article("b", entity("J. Matze")),
        article("c", entity("Ida Matze", "PERSON", "Matze"), entity("Chess League", "ORG")),
        article("d", entity("Matze"), entity("Chess League", "ORG")),
    ]
    with index(told) as db:
        assert reasons(db, "john-matze")["J. Matze"].reason == "initials of 'john matze'"
        meant = reasons(db, "ida-matze")["Matze"]
        assert meant.reason == "means 'ida matze' by the company of its articles"
        assert meant.article == "d"


def test_fields_and_decisions_are_told_as_such() -> None:
    told = [
        article("a", entity("John Smith", description="golfer")),
        article("b", entity("John Smith", description="senator")),
    ]
    with index(told) as db:
        field = reasons(db, "john-smith--politics")["John Smith"]
        assert (field.article, field.reason) == ("b", "articles place it in the field 'politics'")
        decide = "INSERT INTO curated_names (key, parent) VALUES (?, ?)"
        db.execute(decide, ("person:john-smith^politics", "person:john-smith^sport"))
        change(db, removed=["b"], added=[told[1]])
        (root,) = db.execute("SELECT root FROM entities WHERE slug = 'john-smith'").fetchone()
        assert "as a person has decided" in [name.reason for name in name_reasons(db, root)]
