"""Which claims are one event: what joins them, and what keeps them apart."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.identity import (
    Scorer,
    Signature,
    Window,
    group_of,
    same_event,
    window_of,
)
from kb.identity import clusters as clusters_by
from kb.identity import (
    settings as configured,
)

GOOGLE, APPLE, AMAZON, PARLER, GAB = range(1, 6)
DAY = 737_798  # 8 January 2021


def claim(id: int, **changed: object) -> Signature:
    """Google removes Parler on 8 January, in an article of its own, but for what is changed."""
    base = Signature(
        id=id,
        article=f"a{id}",
        order=("2021-01-09", f"a{id}", 10, "v1"),
        group="Remove",
        agents=frozenset({GOOGLE}),
        objects=frozenset({PARLER}),
        agent_words=frozenset(),
        object_words=frozenset(),
        label_words=frozenset({"store"}),
        vague=False,
        window=Window(DAY, DAY, closed=True),
        polarity="positive",
        factuality="asserted",
        source=None,
    )
    return replace(base, **changed)  # type: ignore[arg-type]


def clusters(claims: Iterable[Signature]) -> list[list[Signature]]:
    return clusters_by(claims, Scorer(configured()))


def on(first: int, last: int | None = None) -> Window:
    return Window(DAY + first, DAY + (first if last is None else last), closed=True)


NOBODY: frozenset[int] = frozenset()
NOBODY_SAYS: frozenset[str] = frozenset()
UNDATED = window_of(None, "2021-01-12", "2021-01-12", planned=False)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"agents": frozenset({GOOGLE, APPLE})},
        {"window": on(-4, 2)},
        {"window": on(3)},
        {"window": UNDATED},
        {"agents": NOBODY},
        {"polarity": "negative"},
        {"factuality": "planned"},
        {"group": "Ban", "same": frozenset({1})},
    ],
    ids=str,
)
def test_one_event(changed: dict[str, object]) -> None:
    other = claim(2, **changed)
    assert same_event(claim(1), other)
    assert same_event(other, claim(1))


@pytest.mark.parametrize(
    "changed",
    [
        {"agents": frozenset({AMAZON})},
        {"objects": frozenset({GAB})},
        {"group": "Ban"},
        {"window": on(4)},
        {"window": on(-200, 200)},
        {"window": on(2), "agents": NOBODY},
        {"window": on(1), "article": "a1"},
        {"window": None},
        {"polarity": "negative", "agents": NOBODY},
        {"polarity": "negative", "article": "a1"},
        {"factuality": "hypothetical"},
        {"agents": NOBODY, "objects": NOBODY},
        {"different": frozenset({1})},
        {"same": frozenset({1}), "different": frozenset({1})},
        {"objects": NOBODY, "object_words": frozenset({"three", "posts"})},
    ],
    ids=str,
)
def test_different_events(changed: dict[str, object]) -> None:
    other = claim(2, **changed)
    assert not same_event(claim(1), other)
    assert not same_event(other, claim(1))


def test_a_denial_by_another_voice_in_the_same_article_is_about_the_same_event() -> None:
    assert same_event(claim(1), claim(2, article="a1", polarity="negative", source=GOOGLE))


def test_unnamed_participants_match_by_their_words_within_one_article_only() -> None:
    mob = {
        "agents": NOBODY,
        "objects": NOBODY,
        "agent_words": frozenset({"pro", "trump", "mob"}),
        "object_words": frozenset({"capitol"}),
    }
    rioters = {**mob, "agent_words": frozenset({"mob"})}
    assert same_event(claim(1, **mob), claim(2, article="a1", **rioters))
    assert not same_event(claim(1, **mob), claim(2, **rioters))


def test_words_without_a_type_match_by_lemma() -> None:
    assert group_of("Action", "flex") != group_of("Action", "bend")
    assert group_of("Remove", "drop") == group_of("Remove", "kick")


SIGNATURES = st.lists(
    st.builds(
        lambda agents, objects, first, length, negative: {
            "agents": frozenset(agents),
            "objects": frozenset(objects),
            "window": on(first, first + length),
            "polarity": "negative" if negative else "positive",
        },
        st.sets(st.sampled_from([GOOGLE, APPLE, AMAZON]), max_size=2),
        st.sets(st.sampled_from([PARLER, GAB]), max_size=2),
        st.integers(0, 8),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(SIGNATURES, st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_order_and_lose_nothing(
    made: list[dict[str, object]], chance: random.Random
) -> None:
    claims = [claim(n, **changed) for n, changed in enumerate(made, 1)]
    found = clusters(claims)
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert clusters(shuffled) == found
    assert sorted(c.id for cluster in found for c in cluster) == [c.id for c in claims]
    for cluster in found:
        for one in cluster:
            others = [other for other in cluster if other is not one]
            assert not others or any(same_event(one, other) for other in others)


def test_a_chain_of_days_does_not_become_one_event() -> None:
    days = [claim(n, window=on(2 * n)) for n in range(1, 9)]
    assert len(clusters(days)) > 2


def test_what_is_said_or_begun_is_one_event_only_where_its_words_agree() -> None:
    silent = {"objects": NOBODY, "vague": True}
    one = claim(1, label_words=frozenset({"lawyers", "left"}), **silent)
    assert same_event(one, claim(2, label_words=frozenset({"lawyers", "gone"}), **silent))
    assert not same_event(one, claim(2, label_words=frozenset({"users"}), **silent))
    empty = {**silent, "label_words": NOBODY_SAYS}
    assert not same_event(claim(1, **empty), claim(2, **empty))
    assert same_event(claim(1, **{**empty, "vague": False}), claim(2, **{**empty, "vague": False}))


def test_a_nominal_without_agent_is_the_event_that_says_who_did_it() -> None:
    attack = {"agents": NOBODY, "label_words": NOBODY_SAYS}
    assert same_event(claim(1, agents=NOBODY, agent_words=frozenset({"mob"})), claim(2, **attack))
    told = {"agents": NOBODY, "vague": True}
    slow = claim(1, label_words=frozenset({"slow"}), **told)
    assert not same_event(slow, claim(2, label_words=frozenset({"able"}), **told))


def test_a_denial_may_name_what_it_denies_in_other_words() -> None:
    contract = {"objects": NOBODY, "source": PARLER}
    broken = claim(1, object_words=frozenset({"contract", "competition", "law"}), **contract)
    denied = {"objects": NOBODY, "polarity": "negative", "source": GOOGLE}
    assert same_event(broken, claim(2, object_words=frozenset({"contract", "parler"}), **denied))
    assert not same_event(broken, claim(2, object_words=frozenset({"servers"}), **denied))


def test_a_claim_held_apart_from_another_joins_no_event_with_it() -> None:
    apart = claim(3, different=frozenset({2}))
    assert [[c.id for c in found] for found in clusters([claim(1), claim(2), apart])] == [
        [1, 2],
        [3],
    ]
