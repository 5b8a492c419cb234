"""How much an event is what the article is about: a number between 0 and 1.

The headline and the lead tell the news (the inverted pyramid of news writing, e.g. van Dijk
1988); main clauses carry it, named participants take part in it. What is only said, thought,
possible or background to the article stays below the main line of 0.5.
"""

from __future__ import annotations

from typing import NamedTuple

MAIN_LINE = 0.5


class Setting(NamedTuple):
    """What salience rests on: where the event stands and how it is told."""

    in_headline: bool
    paragraph: int
    """Paragraph of the story that holds the event, 0 for the first."""
    main_clause: bool
    verbal: bool
    named: int
    """How many of its agents and patients are named entities."""
    typed: bool
    """Whether the taxonomy knows the action."""
    background: bool
    """Speech, thought, state or phase of another event ("said", "is", "began")."""
    actual: bool
    """Asserted, by the article or by somebody."""
    quoted: bool


def salience(setting: Setting) -> float:
    """The salience of an event, rounded to two digits.

    >>> salience(Setting(True, 0, True, True, 2, True, False, True, False))
    0.9
    >>> salience(Setting(False, 6, False, True, 1, True, True, True, True)) < MAIN_LINE
    True
    """
    score = 0.34
    score += 0.22 if setting.in_headline else 0.12 if setting.paragraph == 0 else 0.0
    score += 0.10 if setting.main_clause else -0.06
    score += 0.08 * min(setting.named, 2)
    score += 0.08 if setting.typed else -0.06
    score -= 0.0 if setting.verbal else 0.12
    score -= 0.34 if setting.background else 0.0
    score -= 0.0 if setting.actual else 0.16
    score -= 0.12 if setting.quoted else 0.0
    score -= 0.02 * min(setting.paragraph, 5)
    return round(min(max(score, 0.0), 1.0), 2)
