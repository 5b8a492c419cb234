"""Where the reports of one event differ: each version, and who has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.views import EventView, Report
from web.wording import FACTUALITY, dispute


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a disputed point, with the (number, publisher) of each report that has it."""

    words: str
    reports: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A point on which reports differ, in all its versions."""

    point: str
    versions: tuple[Version, ...]


def disputes(view: EventView) -> tuple[Dispute, ...]:
    """The disputed points of an event. The version that most reports have comes first.

    Reports that say nothing of a point are left out.
    """
    found = []
    for point in view.summary.disputed:
        key = point.removeprefix("disputed").lower()
        versions: dict[str, list[tuple[int, str]]] = {}
        for number, report in enumerate(view.reports, start=1):
            words = _READERS.get(key, _participant(key))(report)
            if words:
                by = report.article.publisher or report.article.title or report.article.slug
                versions.setdefault(words, []).append((number, by))
        ranked = sorted(versions.items(), key=lambda item: -len(item[1]))
        found.append(Dispute(dispute(point), tuple(Version(w, tuple(r)) for w, r in ranked)))
    return tuple(found)


def _time(report: Report) -> str:
    # "By 11 January" contradicts no day before it, so it is no version of its own.
    return report.when.text if report.when.earliest and report.when.latest else ""


def _polarity(report: Report) -> str:
    return "it did not happen" if report.polarity == "negative" else "it happened"


def _factuality(report: Report) -> str:
    return FACTUALITY[report.factuality][0] if report.factuality in FACTUALITY else "stated as fact"


def _participant(role: str) -> Callable[[Report], str]:
    def read(report: Report) -> str:
        names = [
            entity.name if entity else words
            for name, entity, words in report.participants
            if name == role
        ]
        return ", ".join(names)

    return read


_READERS: dict[str, Callable[[Report], str]] = {
    "time": _time,
    "polarity": _polarity,
    "factuality": _factuality,
}
