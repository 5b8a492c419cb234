"""Allen's algebra: compositions hold of real intervals, and contradictions are refused."""

from __future__ import annotations

from collections.abc import Hashable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.times.allen import (
    AFTER,
    ANY,
    BASIC,
    BEFORE,
    INCLUDES,
    OVERLAP,
    Network,
    _basic,
    compose,
    inverse,
    relation,
)

INTERVALS = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda p: (p[0], p[0] + p[1]))


@given(INTERVALS, INTERVALS, INTERVALS)
def test_composition_allows_what_is(
    a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]
) -> None:
    assert compose(1 << _basic(a, b), 1 << _basic(b, c)) >> _basic(a, c) & 1


@given(INTERVALS, INTERVALS)
def test_the_inverse_is_the_other_side(a: tuple[int, int], b: tuple[int, int]) -> None:
    assert inverse(1 << _basic(a, b)) == 1 << _basic(b, a)


@given(st.lists(INTERVALS, min_size=2, max_size=6))
def test_what_holds_of_real_intervals_is_never_refused(found: list[tuple[int, int]]) -> None:
    network: Network[Hashable] = Network()
    for i, one in enumerate(found):
        for j, other in enumerate(found[:i]):
            kind = 1 << _basic(one, other)
            wide = next((r for r in (BEFORE, AFTER, INCLUDES, OVERLAP) if r & kind), kind)
            assert network.add(i, j, wide)
    for i, one in enumerate(found):
        for j, other in enumerate(found[:i]):
            assert network.between(i, j) >> _basic(one, other) & 1


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        (["b"], ["b"], ["b"]),
        (["m"], ["m"], ["b"]),
        (["d"], ["b"], ["b"]),
        (["s"], ["si"], ["s", "eq", "si"]),
        (["eq"], ["oi"], ["oi"]),
        (["o"], ["o"], ["b", "m", "o"]),
    ],
)
def test_compositions_of_the_paper(one: list[str], other: list[str], result: list[str]) -> None:
    assert compose(relation(one), relation(other)) == relation(result)


def test_order_is_carried_on() -> None:
    network: Network[Hashable] = Network()
    assert network.add("storm", "flood", BEFORE)
    assert network.add("flood", "relief", BEFORE)
    assert network.between("storm", "relief") == relation(["b"])
    assert network.between("relief", "storm") == relation(["bi"])


def test_a_contradiction_leaves_no_trace() -> None:
    network: Network[Hashable] = Network()
    network.add("storm", "flood", BEFORE)
    network.add("flood", "relief", BEFORE)
    assert not network.add("relief", "storm", BEFORE)
    assert not network.add("relief", "storm", OVERLAP)
    assert network.between("storm", "relief") == relation(["b"])
    assert network.add("relief", "talks", INCLUDES)
    assert network.between("storm", "talks") == relation(["b"])


def test_what_is_inside_shares_the_order_of_what_holds_it() -> None:
    network: Network[Hashable] = Network()
    network.add("war", "battle", INCLUDES)
    network.add("war", "peace", BEFORE)
    assert network.between("battle", "peace") & ~BEFORE == 0


def test_basic_relations_exhaust_the_algebra() -> None:
    assert relation(BASIC) == ANY == BEFORE | AFTER | OVERLAP
