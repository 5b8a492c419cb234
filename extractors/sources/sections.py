"""The sections of a newspaper: their names, and the lines on a page that hold only these."""

from __future__ import annotations

import re

SECTION_WORDS = frozenset(
    """
    home news latest live breaking exclusive analysis opinion comment editorial letters features
    feature interview explainer factcheck blog blogs video videos podcast podcasts world uk us usa
    britain europe asia africa americas australia international national local regional regions
    nation metro city politics election elections government parliament congress business economy
    economics markets money finance companies industry technology tech science environment climate
    energy health coronavirus covid-19 education law crime court courts justice defence defense
    security military media society culture arts books film music television tv entertainment
    lifestyle life style fashion food travel weather sport sports football cricket rugby tennis
    golf motoring cars property religion obituaries archive newsroom headlines stories story
    report reports top east middle wire alert update updates more
    """.split()
)
_TRAIL = re.compile(r" ?[|/>»›·•] ?")
_LIST = re.compile(r" ?[&,–—-] ?| and ")


def is_section(words: str) -> bool:
    """A section's name or a trail of them.

    >>> [is_section(line) for line in ("News", "World & Politics", "Home > Coast > Port Hallam")]
    [True, True, True]
    >>> is_section("Markets fall"), is_section("Live | Markets fall")
    (False, False)

    In a trail one name has to be known; the others are as short, and capitalised.
    """
    if len(words) > 60 or words.endswith((".", "!", "?")):
        return False
    steps = [step.split() for step in _TRAIL.split(words) if step.strip()]
    known = [_is_known(step) for step in steps]
    return any(known) and all(
        sure or (len(step) <= 2 and all(word[0].isupper() for word in step))
        for sure, step in zip(known, steps, strict=True)
    )


def _is_known(step: list[str]) -> bool:
    names = [name.split() for name in _LIST.split(" ".join(step)) if name.strip()]
    return bool(names) and all(
        len(name) <= 3 and all(word.lower() in SECTION_WORDS for word in name) for name in names
    )
