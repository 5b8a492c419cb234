"""Where the reports of one event differ: each version, and who has it."""

from __future__ import annotations

from dataclasses import dataclass

from kb import views
from kb.views import EventView
from web.wording import FACTUALITY, dispute


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a point, with the (number, publisher) of each report that has it."""

    words: str
    withdrawn: bool
    reports: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A point on which reports differ, in all its versions."""

    point: str
    versions: tuple[Version, ...]


def disputes(view: EventView) -> tuple[Dispute, ...]:
    """The points on which reports differ, or did until one was corrected; preferred ones first.

    Reports that the page does not show are left out.
    """
    numbers = {report.claim: number for number, report in enumerate(view.reports, start=1)}
    return tuple(
        Dispute(
            dispute(found.point),
            tuple(
                Version(_words(version), version.withdrawn, _reports(version, numbers))
                for version in found.versions
            ),
        )
        for found in view.disputes
    )


def _words(version: views.Version) -> str:
    return FACTUALITY[version.value][0] if version.value in FACTUALITY else version.words


def _reports(version: views.Version, numbers: dict[str, int]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (numbers[said.claim], said.article.publisher or said.article.title or said.article.slug)
        for said in version.reports
        if said.claim in numbers
    )
