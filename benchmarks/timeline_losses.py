"""Where timelines lose their points: mentions, dates, and mentions of one event in one row.

    python -m benchmarks.timeline_losses --gold TIMELINES.json --system FILE

SYSTEM is what `benchmarks.system timelines` wrote. A mention is found when a row of the target
has one in the same sentence that shares a word with it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import combinations
from pathlib import Path
from typing import Any

Row = dict[str, Any]
UNKNOWN = "XXXX-XX-XX"


@dataclass(frozen=True, slots=True)
class Losses:
    """Counts of mentions: those of both sides, those found; of the found ones with a gold date
    those dated right, and those with no date. `pairs` are pairs of found mentions that one gold
    row holds, `joined` those that one row of the system holds, too.
    """

    gold: int
    system: int
    found: int
    dated: int
    right_date: int
    no_date: int
    pairs: int
    joined: int

    def __add__(self, other: Losses) -> Losses:
        """The counts of both."""
        return Losses(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


NONE = Losses(0, 0, 0, 0, 0, 0, 0, 0)


def losses(gold: Sequence[Row], system: Sequence[Row]) -> Losses:
    """What became of the mentions of one timeline."""
    free = [
        (n, row["date"], *mention) for n, row in enumerate(system) for mention in row["mentions"]
    ]
    count: Counter[str] = Counter(system=len(free))
    for row in gold:
        places = []
        for mention in row["mentions"]:
            count["gold"] += 1
            match = _match(mention, free)
            if match is None:
                continue
            free.remove(match)
            count["found"] += 1
            places.append(match[0])
            if row["date"] != UNKNOWN:
                count["dated"] += 1
                count["right_date"] += match[1] == row["date"]
                count["no_date"] += match[1] == UNKNOWN
        pairs = list(combinations(places, 2))
        count["pairs"] += len(pairs)
        count["joined"] += sum(one == other for one, other in pairs)
    return Losses(**{field.name: count[field.name] for field in fields(Losses)})


def _match(mention: Sequence[Any], free: Sequence[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    document, sentence, trigger = mention
    near = [one for one in free if one[2:4] == (document, sentence)]
    words = set(str(trigger).lower().split())
    same = [one for one in near if str(one[4]).lower() == str(trigger).lower()]
    shared = [one for one in near if words & set(str(one[4]).lower().split())]
    return next(iter([*same, *shared]), None)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the counts of each target and of all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True, help="TIMELINES.json")
    parser.add_argument("--system", type=Path, required=True, help="what the system wrote")
    options = parser.parse_args(arguments)
    gold = json.loads(options.gold.read_text("utf-8"))["timelines"]
    system = json.loads(options.system.read_text("utf-8"))
    names = [field.name.replace("_", " ") for field in fields(Losses)]
    print(f"| target | {' | '.join(names)} |\n|---|{'---:|' * len(names)}")
    whole = NONE
    for target, rows in gold.items():
        found = losses(rows, system.get(target, []))
        whole += found
        print(f"| {target} | {' | '.join(map(str, astuple(found)))} |")
    print(f"| all | {' | '.join(map(str, astuple(whole)))} |")


if __name__ == "__main__":
    main()
