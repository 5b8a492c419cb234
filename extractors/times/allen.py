"""Allen's interval algebra: what follows from relations between intervals, and what contradicts.

Allen 1983, Maintaining Knowledge about Temporal Intervals. A relation is a set of the thirteen
basic ones, written as bits; a network of relations is kept closed under composition (path
consistency), so that a relation that can't hold beside the others is refused when it comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable
from functools import lru_cache
from itertools import combinations, product
from typing import Generic, TypeVar

BASIC = ("b", "m", "o", "s", "d", "f", "eq", "fi", "di", "si", "oi", "mi", "bi")
"""Before, meets, overlaps, starts, during, finishes, equals, and their inverses."""
ANY = (1 << len(BASIC)) - 1
Relation = int
Node = TypeVar("Node", bound=Hashable)


def relation(names: Iterable[str]) -> Relation:
    """The relation that leaves these basic ones open.

    >>> relation(["b", "m"])
    3
    """
    return sum(1 << BASIC.index(name) for name in set(names))


BEFORE = relation(["b", "m"])
AFTER = relation(["bi", "mi"])
INCLUDES = relation(["di", "si", "fi", "eq"])
OVERLAP = ANY & ~BEFORE & ~AFTER


def inverse(one: Relation) -> Relation:
    """The same relation seen from the other side."""
    return sum(1 << (len(BASIC) - 1 - n) for n in range(len(BASIC)) if one >> n & 1)


def _basic(one: tuple[int, int], other: tuple[int, int]) -> int:
    """The number of the basic relation between two intervals of whole numbers."""
    (a, b), (c, d) = one, other
    if b < c:
        name = "b"
    elif b == c:
        name = "m"
    elif d < a:
        name = "bi"
    elif d == a:
        name = "mi"
    elif a == c:
        name = "eq" if b == d else "s" if b < d else "si"
    elif b == d:
        name = "f" if a > c else "fi"
    elif a < c:
        name = "o" if b < d else "di"
    else:
        name = "d" if b < d else "oi"
    return BASIC.index(name)


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[Relation, ...], ...]:
    """Compositions of basic relations, found by trying: three intervals have six ends."""
    found = [[0] * len(BASIC) for _ in BASIC]
    intervals = list(combinations(range(6), 2))
    between = {pair: _basic(*pair) for pair in product(intervals, intervals)}
    for a, b, c in product(intervals, intervals, intervals):
        found[between[a, b]][between[b, c]] |= 1 << between[a, c]
    return tuple(tuple(row) for row in found)


@lru_cache(maxsize=4096)
def compose(one: Relation, other: Relation) -> Relation:
    """What holds between A and C when `one` holds between A and B, and `other` between B and C.

    >>> compose(BEFORE, BEFORE) == relation(["b"])
    True
    """
    table, found = _table(), 0
    for n, m in product(range(len(BASIC)), repeat=2):
        if one >> n & 1 and other >> m & 1:
            found |= table[n][m]
    return found


class Network(Generic[Node]):
    """Relations between intervals, closed under composition and free of contradiction.

    A relation that is added costs the square of the number of intervals at worst for every
    relation that it changes: networks are meant to be small.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._known: dict[tuple[Node, Node], Relation] = {}

    def between(self, one: Node, other: Node) -> Relation:
        """What may hold between two intervals."""
        return self._known.get((one, other), ANY)

    def add(self, one: Node, other: Node, wanted: Relation) -> bool:
        """Take in a relation with all that follows; False, and nothing taken in, where it can't
        hold beside the others."""
        if one == other:
            return bool(wanted & relation(["eq"]))
        new = [node for node in dict.fromkeys((one, other)) if node not in self.nodes]
        undo: dict[tuple[Node, Node], Relation] = {}
        self.nodes += new
        if self._narrow(one, other, wanted, undo) and self._close(one, other, undo):
            return True
        for pair, before in undo.items():
            self._known[pair] = before
        self.nodes = self.nodes[: len(self.nodes) - len(new)]
        return False

    def _narrow(
        self,
        one: Node,
        other: Node,
        wanted: Relation,
        undo: dict[tuple[Node, Node], Relation],
    ) -> bool:
        known = self.between(one, other)
        if known & wanted != known:
            for pair in ((one, other), (other, one)):
                undo.setdefault(pair, self.between(*pair))
            self._known[one, other] = known & wanted
            self._known[other, one] = inverse(known & wanted)
        return bool(known & wanted)

    def _close(
        self,
        one: Node,
        other: Node,
        undo: dict[tuple[Node, Node], Relation],
    ) -> bool:
        waiting = deque([(one, other)])
        while waiting:
            i, j = waiting.popleft()
            for k in self.nodes:
                if k in (i, j):
                    continue
                for a, b, via in ((i, k, j), (k, j, i)):
                    known = self.between(a, b)
                    allowed = compose(self.between(a, via), self.between(via, b))
                    if known & allowed != known:
                        if not self._narrow(a, b, allowed, undo):
                            return False
                        waiting.append((a, b))
        return True
