"""The rule grammar as data: what a linguist may write, and how slips are named."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import extractors.times
from extractors.times.ambiguity import CONDITIONS
from extractors.times.grammar import GrammarError, compile_grammar
from extractors.times.lexing import lex
from extractors.times.tagging import READERS

HERE = Path(extractors.times.__file__).parent
RULES = tomllib.loads((HERE / "grammar.toml").read_text("utf-8"))["rule"]
LEXICON = {
    "capitalised": {"words": []},
    "names_after_weekday": {"words": []},
    "names_before_number": {"words": []},
    "MOON": {"full moon": "FULL", "half-moon": "HALF"},
    "COUNT": {"first": 1},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["pattern"]))
def test_every_rule_names_a_reader_and_conditions_that_exist(rule: dict[str, object]) -> None:
    assert rule["kind"] in READERS
    assert set(rule.get("context", ())) <= set(CONDITIONS)  # type: ignore[call-overload]
    assert rule.get("type", "DATE") in ("DATE", "TIME", "DURATION", "SET")


def test_a_new_class_of_words_needs_no_code() -> None:
    rule = {"pattern": "[the] COUNT:which [(dark|bright)] MOON", "kind": "lunar", "type": "DATE"}
    grammar = compile_grammar(LEXICON, [rule])
    tokens = lex("under the first bright half-moon they met", grammar.vocabulary)
    (match,) = grammar.matches(tokens, 1)
    assert (match.start, match.end) == (1, 7)
    assert match.values == {"which": 1, "moon": "HALF"}


def test_the_longest_reading_comes_first() -> None:
    rules = [{"pattern": "COUNT", "kind": "a"}, {"pattern": "COUNT MOON", "kind": "b"}]
    grammar = compile_grammar(LEXICON, rules)
    tokens = lex("first full moon", grammar.vocabulary)
    assert [match.rule.kind for match in grammar.matches(tokens, 0)] == ["b", "a"]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("the STAR", "STAR, which the lexicon has not"),
        ("the [MOON", "is missing"),
        ("the MOON)", "stray"),
        ("[the]", "matches nothing"),
    ],
)
def test_slips_in_a_pattern_are_named(pattern: str, message: str) -> None:
    with pytest.raises(GrammarError, match=message):
        compile_grammar(LEXICON, [{"pattern": pattern, "kind": "lunar"}])
