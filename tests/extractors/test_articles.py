"""Identifiers of articles: readable, stable, told apart."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.articles import article_id, slug


def test_a_slug_is_readable() -> None:
    assert slug("Google and Apple remove Parler…") == "google-and-apple-remove-parler"
    assert slug("Émile Zola’s “J’accuse”") == "emile-zolas-jaccuse"


def test_a_long_name_is_cut_between_words() -> None:
    assert slug("the quick brown fox jumps", limit=12) == "the-quick"


def test_names_without_latin_letters_are_told_apart() -> None:
    assert slug("Москва") != slug("Київ")


@given(st.text())
def test_a_slug_can_stand_in_an_address(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))
    assert slug(name) == slug(name)


def test_the_address_decides_on_identity() -> None:
    first = article_id("Ferry runs aground", "2021-01-09", "https://a.example/ferry", "One.")
    corrected = article_id("Ferry runs aground", "2021-01-09", "https://a.example/ferry", "Two.")
    assert first == corrected
    assert first.startswith("2021-01-09-ferry-runs-aground-")


def test_without_an_address_the_text_decides() -> None:
    one = article_id("Ferry runs aground", "2021-01-09", None, "One.")
    two = article_id("Ferry runs aground", "2021-01-09", None, "Two.")
    assert one != two
