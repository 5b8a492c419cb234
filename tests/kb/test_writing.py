"""Changes of several articles and further statements: one transaction, or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.ingestion import fingerprint
from kb.iris import article_slug
from kb.knowledge_base import KnowledgeBase
from kb.mapping import Provenance, article_quads
from kb.writing import ArticleGraph
from tests.kb.building import Reader, Story, courier, gazette, ledger, stories
from tests.kb.conftest import canonical, put

NOTE = "INSERT DATA { GRAPH <urn:notes> { <urn:note> <urn:says> 'seen' } }"


def graph(kb: KnowledgeBase, story: Story) -> ArticleGraph:
    article, reader = story.article(), Reader([story])
    quads = article_quads(article, story.extraction(), kb.base, Provenance("1", "by hand 1", "0"))
    slug = article_slug(article.doc_id)
    return ArticleGraph(slug, quads, fingerprint(article, reader), "2021-02-01T12:00:00+00:00")


def commits(kb: KnowledgeBase) -> dict[str, str]:
    """The commit number of each article."""
    answer = kb.query(
        f"SELECT ?g ?n WHERE {{ GRAPH {kb.iris.knowledge_base} {{ ?g dl:commitNumber ?n ;"
        " dcterms:identifier ?fingerprint } }",
        ("text/csv",),
        preset_prefixes=True,
    )
    rows = b"".join(answer.chunks).decode().split()[1:]
    return {iri.rpartition("/")[2]: number for iri, number in (row.split(",") for row in rows)}


def test_articles_come_and_go_in_one_commit(tmp_path: Path, kb: KnowledgeBase) -> None:
    put(kb, [courier(), ledger()])
    moved = replace(courier(), published="2021-01-12")
    number = kb.writer.write(
        [graph(kb, gazette()), graph(kb, moved)], removed=["ledger-7"], statements=[NOTE]
    )
    assert commits(kb) == {"courier-1": str(number), "gazette-3": str(number)}
    with KnowledgeBase.open(tmp_path / "other", create=True) as other:
        put(other, [moved, gazette()])
        here = [line for line in canonical(kb) if "urn:note" not in line]
        assert here == canonical(other)
        assert len(canonical(kb)) == len(here) + 1


def test_articles_that_are_put_in_again_change_nothing_but_their_commit(
    filled: KnowledgeBase,
) -> None:
    before, known = canonical(filled), commits(filled)
    number = filled.writer.write(again=["courier-1", "gazette-3"])
    assert canonical(filled) == before
    assert commits(filled) == known | {"courier-1": str(number), "gazette-3": str(number)}
    assert put(filled, stories()) == ["unchanged"] * 3


@pytest.mark.parametrize("again", [["nowhere-1"], ["courier-1", "nowhere-1"]])
def test_an_article_that_is_not_there_cannot_be_put_in_again(
    filled: KnowledgeBase, again: list[str]
) -> None:
    before = canonical(filled)
    with pytest.raises(ValueError, match="nowhere-1"):
        filled.writer.write(again=again, statements=[NOTE])
    assert canonical(filled) == before


def test_a_change_with_a_statement_that_fails_changes_nothing(filled: KnowledgeBase) -> None:
    before, events = canonical(filled), filled.overview()
    with pytest.raises(SyntaxError):
        filled.writer.write(
            removed=["courier-1"], again=["ledger-7"], statements=["INSERT nonsense"]
        )
    assert canonical(filled) == before
    assert filled.overview() == events
    filled.reindex()
    assert filled.overview() == events
