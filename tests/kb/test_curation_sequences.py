"""Any sequence of decisions, withdrawals, articles that go and come: the graph is the one that is
made from scratch with the articles and decisions that there are in the end.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.curation.deciding import Curator
from kb.curation.errors import CurationError
from kb.curation.exchange import export_decisions, import_decisions
from kb.curation.log import LogFilter, entries
from kb.knowledge_base import KnowledgeBase
from kb.views import TimelineFilter
from tests.kb.building import stories
from tests.kb.conftest import canonical, put

WHY = "it is so"
Pick = Callable[[Sequence[str]], str]


class Someone:
    """Acts on a knowledge base as numbers tell."""

    def __init__(self, kb: KnowledgeBase, numbers: Sequence[int]) -> None:
        self.kb, self.numbers, self.curator = kb, list(numbers), Curator(kb, "Ann")
        self.gone: set[str] = set()

    def pick(self, choices: Sequence[str]) -> str:
        if not choices:
            raise CurationError("nothing to choose from")
        return sorted(choices)[self.number() % len(choices)]

    def number(self) -> int:
        return self.numbers.pop() if self.numbers else 0

    def entity(self) -> str:
        query = "SELECT slug FROM entities"
        return self.pick([slug for (slug,) in self.kb.writer.index.reader.execute(query)])

    def event(self) -> str:
        return self.pick([e.slug for e in self.kb.timeline(TimelineFilter(), limit=500).events])

    def report(self, event: str) -> str:
        view = self.kb.event(event)
        assert view is not None
        return self.pick([f"{r.article.slug}@{r.start}-{r.end}" for r in view.reports])

    def decision(self) -> str:
        found = entries(self.kb.writer.index.reader, self.kb.iris, LogFilter())
        return self.pick([entry.decision.id for entry in found])

    def act(self) -> None:
        acts: list[Callable[[], object]] = [
            self.merge_entities, self.merge_entities, self.split_entity, self.split_name,
            self.rename, self.retype, self.merge_events, self.merge_events, self.split_event,
            self.split_event, self.rename_event, self.correct, self.reject, self.undo, self.undo,
            self.redo, self.forget, self.bring_back,
        ]  # fmt: skip
        acts[self.number() % len(acts)]()

    def merge_entities(self) -> object:
        return self.curator.merge_entities([self.entity()], self.entity(), WHY)

    def split_entity(self) -> object:
        into = self.entity() if self.number() % 2 else None
        article = self.pick([story.doc_id for story in stories()])
        return self.curator.split_entity(self.entity(), WHY, articles=[article], into=into)

    def split_name(self) -> object:
        slug = self.entity()
        view = self.kb.entity(slug)
        assert view is not None
        return self.curator.split_entity(slug, WHY, names=[self.pick(view.aliases)])

    def rename(self) -> object:
        return self.curator.rename(f"entity/{self.entity()}", f"Name {self.number() % 3}", WHY)

    def retype(self) -> object:
        return self.curator.retype(self.entity(), self.pick(["ORG", "PERSON", "LAW"]), WHY)

    def merge_events(self) -> object:
        return self.curator.merge_events([self.event(), self.event()], WHY)

    def split_event(self) -> object:
        event = self.event()
        return self.curator.split_event(event, [self.report(event)], WHY)

    def rename_event(self) -> object:
        return self.curator.rename(f"event/{self.event()}", f"Affair {self.number() % 3}", WHY)

    def correct(self) -> object:
        day = f"2021-01-{1 + self.number() % 20:02d}"
        return self.curator.correct(
            self.report(self.event()), WHY, action=self.pick(["Say", "Remove", "Attack"]),
            earliest=day, latest=day, precision="day",
            roles=[("set", "agent", self.entity()), ("add", "topic", "3-9")],
        )  # fmt: skip

    def reject(self) -> object:
        return self.curator.reject(self.report(self.event()), WHY)

    def undo(self) -> object:
        return self.curator.undo(self.decision(), WHY)

    def redo(self) -> object:
        return self.curator.redo(self.decision(), WHY)

    def forget(self) -> None:
        slug = self.pick([story.doc_id for story in stories()])
        if self.kb.remove_article(slug):
            self.gone.add(slug)

    def bring_back(self) -> None:
        put(self.kb, [story for story in stories() if story.doc_id in self.gone])
        self.gone.clear()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.integers(0, 720_719), min_size=6, max_size=6), max_size=8))
def test_the_graph_depends_on_articles_and_decisions_alone(acts: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with KnowledgeBase.open(path / "kb", create=True) as kb:
            put(kb, stories())
            someone = Someone(kb, ())
            for numbers in acts:
                someone.numbers = list(numbers)
                before = canonical(kb)
                try:
                    someone.act()
                except CurationError:
                    assert canonical(kb) == before
            after = canonical(kb)
            decisions = export_decisions(kb, "nquads")
            kb.rebuild()
            assert canonical(kb) == after
        with KnowledgeBase.open(path / "kb") as kb:
            assert canonical(kb) == after
            assert export_decisions(kb, "nquads") == decisions
        left = [story for story in stories() if story.doc_id not in someone.gone]
        with KnowledgeBase.open(path / "other", create=True) as other:
            put(other, left[::-1])
            import_decisions(other, decisions, "nquads")
            assert canonical(other) == after
