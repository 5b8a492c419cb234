"""What is forgotten leaves no trace: not in the graph, not in the index, not in the files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kb.compacting import compact
from kb.curation.deciding import Curator
from kb.forgetting import Forgotten, forget
from kb.knowledge_base import KnowledgeBase
from kb.linking.links import Link
from kb.lookup import find_articles
from kb.staging import READY, STAGED, stage
from kb.views import TimelineFilter
from tests.kb.building import Story, courier, gazette, ledger, stories
from tests.kb.conftest import canonical, put


def secret() -> Story:
    """An article with words that no other has."""
    return (
        Story(
            "secret-1", "2021-01-09", "Zwiebelblatt",
            "Quinquereme Zebracorn removed Parler from its barque on Friday.",
            title="Zebracorn acts",
        )
        .entity("Quinquereme Zebracorn", "PERSON", description="barquentine sailor")
        .entity("Parler", "ORG")
        .event(
            "removed", "Remove", "Quinquereme Zebracorn removes Parler",
            when=("2021-01-08", "2021-01-08", "day"), words="on Friday",
            agent="Quinquereme Zebracorn", patient="Parler",
        )
    )  # fmt: skip


WORDS = (b"zebracorn", b"quinquer", b"zwiebelblatt", b"barquentin", b"secret-1")


def found_in(path: Path) -> dict[str, list[bytes]]:
    """Which words stand in which files, whatever their case."""
    files = [file for file in path.rglob("*") if file.is_file()]
    found = {file.name: [w for w in WORDS if w in file.read_bytes().lower()] for file in files}
    return {name: words for name, words in found.items() if words}


def scratch(path: Path, told: list[Story]) -> list[str]:
    with KnowledgeBase.open(path, create=True) as other:
        put(other, told)
        return canonical(other)


def test_what_went_is_told_and_the_rest_is_as_if_it_had_never_been_there(
    filled: KnowledgeBase, tmp_path: Path
) -> None:
    put(filled, [secret()])
    assert forget(filled, ["secret-1", "never-seen", "secret-1"]) == Forgotten(
        (("secret-1", "Zebracorn acts"),), claims=1, events=1, entities=1, decisions=0
    )
    assert canonical(filled) == scratch(tmp_path / "other", stories())
    assert filled.find_entities("zebracorn") == ()
    assert filled.timeline(TimelineFilter(text="quinquereme")).events == ()
    assert forget(filled, ["secret-1"]).articles == ()


@pytest.mark.parametrize(
    "name",
    [
        "secret-1", "article/secret-1", "https://dateline.example/article/secret-1",
        "https://news.example/secret-1",
    ],
)  # fmt: skip
def test_articles_are_found_by_what_people_call_them(filled: KnowledgeBase, name: str) -> None:
    put(filled, [secret()])
    assert find_articles(filled, name) == ["secret-1"]
    assert find_articles(filled, name.replace("secret", "other")) == []


def test_after_compaction_no_byte_is_left_in_any_file(tmp_path: Path) -> None:
    path = tmp_path / "kb"
    with KnowledgeBase.open(path, create=True) as kb:
        put(kb, [*stories(), secret()])
        forget(kb, ["secret-1"])
        graph, page = canonical(kb), kb.timeline(TimelineFilter())
    assert found_in(path)
    compact(path)
    assert found_in(path) == {}
    with KnowledgeBase.open(path) as kb:
        assert canonical(kb) == graph
        assert kb.timeline(TimelineFilter()) == page
        assert put(kb, stories()) == ["unchanged"] * 3


def test_decisions_about_an_article_go_with_it(filled: KnowledgeBase, tmp_path: Path) -> None:
    put(filled, [secret()])
    curator = Curator(filled, "Ada Lindqvist")
    (removed,) = filled.timeline(TimelineFilter(article="secret-1")).events
    (others,) = filled.timeline(TimelineFilter(article="ledger-7", action="Remove")).events
    curator.merge_events([removed.slug, others.slug], "the same removal")
    curator.rename("entity/quinquereme-zebracorn", "Captain Zebracorn", "as he is called")
    gone = forget(filled, ["secret-1"])
    assert gone.decisions == 2
    assert b"zebracorn" not in "\n".join(canonical(filled)).lower().encode()
    merged = [line for line in canonical(filled) if "graph/curation>" in line]
    filled.rebuild()
    assert [line for line in canonical(filled) if "graph/curation>" in line] == merged
    put(filled, [secret()])
    assert filled.timeline(TimelineFilter(action="Remove")).total == 2


def test_decisions_wait_for_the_article_where_they_are_kept(filled: KnowledgeBase) -> None:
    put(filled, [secret()])
    before = canonical(filled)
    curator = Curator(filled, "Ada Lindqvist")
    curator.rename("entity/quinquereme-zebracorn", "Captain Zebracorn", "as he is called")
    renamed = canonical(filled)
    forget(filled, ["secret-1"], keep_decisions=True)
    put(filled, [secret()])
    assert canonical(filled) == renamed != before


def test_the_last_decision_of_an_author_takes_the_author_along(filled: KnowledgeBase) -> None:
    curator = Curator(filled, "Ada Lindqvist")
    put(filled, [secret()])
    before = canonical(filled)
    curator.rename("entity/quinquereme-zebracorn", "Captain Zebracorn", "as he is called")
    forget(filled, ["secret-1"])
    put(filled, [secret()])
    assert canonical(filled) == before


def test_links_of_what_only_the_article_named_go_with_it(filled: KnowledgeBase) -> None:
    before = canonical(filled)
    put(filled, [secret()])
    key = "person:quinquereme-zebracorn"
    known = Link(
        key, "http://known.example/Q7", "Zebracorn", None, 0.9, "accepted", "label",
        "http://known.example/sparql", "2026-01-01T00:00:00Z",
    )  # fmt: skip
    filled.writer.write(linked={key: [known]})
    assert any("known.example" in line for line in canonical(filled))
    forget(filled, ["secret-1"])
    assert canonical(filled) == before
    assert filled.writer.index.links() == {}


def test_a_stage_that_is_not_committed_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kb"
    graph = scratch(path, stories())
    with pytest.raises(RuntimeError), stage(path) as made:
        scratch(made.path / "kb", [courier()])
        raise RuntimeError
    (path / STAGED).mkdir()
    with KnowledgeBase.open(path) as kb:
        assert canonical(kb) == graph
    assert {file.name for file in path.iterdir()} == {"store", "index.sqlite"}


KILLED = """
import os, sys, signal
from pathlib import Path
import kb.staging
from kb.compacting import compact
count, name = int(sys.argv[2]), sys.argv[3]
whole = getattr(Path, name)
def fatal(self, *arguments, **options):
    global count
    count -= 1
    if not count:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(self, *arguments, **options)
setattr(Path, name, fatal)
compact(Path(sys.argv[1]))
"""


@pytest.mark.parametrize(("name", "count"), [("rename", 1), ("rename", 2), ("rename", 3)])
def test_a_compaction_killed_at_any_step_leaves_a_whole_knowledge_base(
    tmp_path: Path, name: str, count: int
) -> None:
    path = tmp_path / "kb"
    graph = scratch(path, [courier(), ledger(), gazette()])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(count), name],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": "."},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert {STAGED, READY} & {file.name for file in path.iterdir()}
    with KnowledgeBase.open(path) as kb:
        assert canonical(kb) == graph
        kb.reindex()
        assert canonical(kb) == graph
    assert {file.name for file in path.iterdir()} == {"store", "index.sqlite"}
