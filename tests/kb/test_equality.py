"""Whatever happened to a knowledge base, it is the one of the articles that it holds now."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from kb.exchange import import_file
from kb.forgetting import forget
from kb.knowledge_base import KnowledgeBase
from kb.refreshing import outdated, refresh
from tests.kb.building import Reader, Story
from tests.kb.conftest import canonical, put

NAMES = ("Ada Byron", "Byron", "Northwind", "Northwind Trading", "NT")
DAYS = ("2021-01-08", "2021-01-09", "2021-01-08T09:30:00+00:00")


def story(doc: int, edition: int, version: str) -> Story:
    """A small article: what it says depends on its edition, how it is read on the version."""
    who, whom = NAMES[(doc + edition) % 5], NAMES[(doc * 2 + edition + 1) % 5]
    other = NAMES[(edition + 3) % 5]
    told = Story(
        f"doc-{doc}", DAYS[(doc + edition) % 3], f"Outlet {doc % 3}",
        f"{who} sued {whom}. Later {other} met the press in the harbour.",
        title=f"{who} sues {whom}",
    )  # fmt: skip
    for name in dict.fromkeys((who, whom, other)):
        told.entity(name, "PERSON" if "Byron" in name else "ORG")
    told.event(
        "sued", "Sue", f"{who} sues {whom}", when=(DAYS[0][:10], DAYS[0][:10], "day"),
        polarity="negative" if version == "2" and doc % 2 else "positive", agent=who, patient=whom,
    )  # fmt: skip
    if version == "1" or doc % 3:
        told.event("met", "Meet", f"{other} meets the press", agent=other)
    return told


ACTS = st.one_of(
    st.tuples(st.just("put"), st.integers(0, 3), st.integers(0, 2)),
    st.tuples(st.just("forget"), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("refresh"), st.just(0), st.just(0)),
    st.tuples(st.just("import"), st.integers(0, 3), st.integers(0, 2)),
)


def scratch(path: Path, held: dict[int, tuple[int, str]], order: list[int]) -> list[str]:
    with KnowledgeBase.open(path, create=True) as kb:
        for doc in order:
            if doc in held:
                edition, version = held[doc]
                put(kb, [story(doc, edition, version)], version)
        return canonical(kb)


@given(st.lists(ACTS, min_size=1, max_size=7), st.permutations(range(4)))
@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_after_any_sequence_the_graph_is_the_one_built_from_scratch(
    acts: list[tuple[str, int, int]], order: list[int]
) -> None:
    held: dict[int, tuple[int, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kb"
        with KnowledgeBase.open(path, create=True):
            pass
        for n, (act, doc, edition) in enumerate(acts):
            note(f"{act} {doc} {edition}")
            if act == "import":
                other = Path(folder) / f"other-{n}"
                with KnowledgeBase.open(other, create=True) as kb:
                    put(kb, [story(doc, edition, "1")], "1")
                    with (Path(folder) / "file.nq").open("wb") as file:
                        kb.export(file, "nquads")
                import_file(path, Path(folder) / "file.nq", "nquads", rule="theirs")
                held[doc] = (edition, "1")
                continue
            with KnowledgeBase.open(path) as kb:
                if act == "put":
                    put(kb, [story(doc, edition, "1")], "1")
                    held[doc] = (edition, "1")
                elif act == "forget":
                    forget(kb, [f"doc-{doc}"])
                    held.pop(doc, None)
                else:
                    held = {doc: (edition, "2") for doc, (edition, _) in held.items()}
                    told = [story(doc, edition, "2") for doc, (edition, _) in held.items()]
                    reader = Reader(told, "2")
                    results = list(refresh(kb, reader, outdated(kb, reader)))
                    assert all(result.status != "failed" for result in results), results
        with KnowledgeBase.open(path) as kb:
            found = canonical(kb)
            assert found == scratch(Path(folder) / "scratch", held, order)
            kb.rebuild()
            assert canonical(kb) == found
