"""The rule grammar: grammar.toml and lexicon.toml compiled, once, into a tree of patterns.

A pattern without repetition stands for finitely many sequences of word classes; all of them
share one tree, so that all rules are tried at a place by walking down from its root.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.times.lexing import Classes, Tokens, lex

HERE = Path(__file__).parent
_NOT_CLASSES = ("capitalised", "names_after_weekday", "names_before_number")
_ATOM = re.compile(r"[A-Z][A-Z_]*|[^\s\[\]()|:]+|[\[\]()|:]")
# (slot, class or None, static value, first token, token after the last)
Slot = tuple[str, str | None, Any, int, int]


class GrammarError(ValueError):
    """A rule that can't be read. The message names the rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: how its value is found, its TIMEX3 type, conditions, constants for slots."""

    order: int
    kind: str
    type: str
    context: tuple[str, ...]
    keep: tuple[str, ...]
    constants: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree of patterns: what may follow, and which rules end here."""

    edges: dict[str, Node] = field(default_factory=dict)
    ends: list[tuple[Rule, tuple[Slot, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `start` to `end` (exclusive) as read by a rule, with the values of its slots.

    `first` are the tokens of the earlier of two times that the rule reads at once ("April 24"
    of "April 24 and 25"); `reach` is where the context that the rule asks for ends, if that is
    later than `end`.
    """

    rule: Rule
    start: int
    end: int
    values: dict[str, Any]
    first: tuple[int, int] | None = None
    reach: int = 0


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar: what words mean, and the tree of patterns."""

    vocabulary: dict[str, Classes]
    capitalised: frozenset[str]
    papers: frozenset[str]
    numbered: frozenset[str]
    root: Node

    def matches(self, tokens: Tokens, start: int) -> list[Match]:
        """All readings that begin at a token, the longest first, then in the rules' order."""
        found: list[Match] = []
        limit = len(tokens.words)
        paths: list[tuple[Node, int]] = [(self.root, start)]
        while paths:
            node, at = paths.pop()
            for rule, slots in node.ends:
                found.append(_match(rule, slots, tokens, start, at))
            if at == limit:
                continue
            classes = tokens.classes[at]
            if classes is None:
                continue
            edges = node.edges
            paths.extend((edges[name], at + 1) for name in classes if name in edges)
        if len(found) > 1:
            found.sort(key=lambda match: (-match.reach, match.rule.order))
        return found


def _match(rule: Rule, slots: tuple[Slot, ...], tokens: Tokens, start: int, end: int) -> Match:
    values = dict(rule.constants)
    spans: dict[str, tuple[int, int]] = {}
    for slot, name, static, first, last in slots:
        spans[slot] = (start + first, start + last)
        if static is not None:
            values[slot] = static
        elif name is not None and (classes := tokens.classes[start + first]) is not None:
            values[slot] = classes[name]
    first_of_two = (start, spans["first"][1]) if "first" in spans else None
    reach = end
    if rule.keep:
        kept = [spans[slot] for slot in rule.keep if slot in spans]
        if kept:
            start, end = min(a for a, _ in kept), max(b for _, b in kept)
    return Match(rule, start, end, values, first_of_two, reach)


@lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """The grammar that lies beside this module.

    Raises GrammarError when a rule names a class that the lexicon has not.
    """
    lexicon = tomllib.loads((HERE / "lexicon.toml").read_text(encoding="utf-8"))
    rules = tomllib.loads((HERE / "grammar.toml").read_text(encoding="utf-8"))["rule"]
    return compile_grammar(lexicon, rules)


def compile_grammar(lexicon: dict[str, Any], rules: list[dict[str, Any]]) -> Grammar:
    """Lexicon and rules, as read from their TOML files, made into a `Grammar`."""
    vocabulary: dict[str, dict[str, Any]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    classes = {name: words for name, words in lexicon.items() if name not in _NOT_CLASSES}
    for name, words in classes.items():
        for word, value in words.items():
            if word.endswith(".") and word.count(".") == 1 and " " not in word:
                parts: tuple[str, ...] = (word,)
            else:
                parts = tuple(lex(word, {}).words)
            if len(parts) == 1:
                vocabulary.setdefault(word, {})[name] = value
            else:
                phrases.setdefault(name, []).append((parts, value))
                for part in parts:
                    vocabulary.setdefault(part, {})[part] = part
    root = Node()
    known = set(classes) | set(FIGURES)
    for order, table in enumerate(rules):
        rule = _rule(order, table)
        for sequence in _expand(_parse(table["pattern"]), known, phrases, table["pattern"]):
            _plant(root, sequence, rule)
    for word in _literals(root):
        vocabulary.setdefault(word, {})[word] = word
    return Grammar(
        vocabulary=dict(vocabulary),
        capitalised=frozenset(lexicon["capitalised"]["words"]),
        papers=frozenset(lexicon["names_after_weekday"]["words"]),
        numbered=frozenset(lexicon["names_before_number"]["words"]),
        root=root,
    )


FIGURES = (
    "NUM",
    "DAY",
    "DAYTH",
    "TAIL",
    "YEAR",
    "YY",
    "AYY",
    "CLOCK",
    "HOUR",
    "MILITARY",
    "AMPM",
    "ISO",
    "SLASH",
    "DECADE",
    "SIGNED",
    "QUARTERTH",
    "FY",
)


def _rule(order: int, table: dict[str, Any]) -> Rule:
    own = {"pattern", "kind", "type", "context", "keep"}
    return Rule(
        order=order,
        kind=table["kind"],
        type=table.get("type", "DATE"),
        context=tuple(table.get("context", ())),
        keep=tuple(table.get("keep", ())),
        constants={key: value for key, value in table.items() if key not in own},
    )


# A pattern as a tree: ("seq", [...]), ("alt", [...]), ("opt", tree), ("slot", tree, name), a word.
Tree = Any


def _parse(pattern: str) -> Tree:
    atoms = _ATOM.findall(pattern)
    position = 0

    def sequence(closing: str) -> Tree:
        nonlocal position
        options: list[list[Tree]] = [[]]
        while position < len(atoms) and atoms[position] != closing:
            atom = atoms[position]
            position += 1
            if atom == "|":
                options.append([])
                continue
            if atom == "[":
                item: Tree = ("opt", sequence("]"))
            elif atom == "(":
                item = sequence(")")
            elif atom in ":])":
                raise GrammarError(f"stray {atom!r} in the pattern {pattern!r}")
            else:
                item = atom
            if position < len(atoms) and atoms[position] == ":":
                item = ("slot", item, atoms[position + 1])
                position += 2
            options[-1].append(item)
        if closing:
            if position == len(atoms):
                raise GrammarError(f"{closing!r} is missing in the pattern {pattern!r}")
            position += 1
        return ("alt", [("seq", items) for items in options])

    return sequence("")


# A flat sequence: its symbols, and its slots over them.
Sequence = tuple[tuple[str, ...], tuple[Slot, ...]]


def _expand(
    tree: Tree, known: set[str], phrases: dict[str, Any], pattern: str
) -> Iterator[Sequence]:
    """Every sequence of symbols that a pattern stands for."""
    if isinstance(tree, str):
        if not tree.isupper():
            yield (tree,), ()
            return
        if tree not in known:
            raise GrammarError(
                f"the pattern {pattern!r} names the class {tree}, which the lexicon has not"
            )
        slot = tree.lower()
        yield (tree,), ((slot, tree, None, 0, 1),)
        for words, value in phrases.get(tree, ()):
            yield words, ((slot, None, value, 0, len(words)),)
    elif tree[0] == "opt":
        yield (), ()
        yield from (s for s in _expand(tree[1], known, phrases, pattern) if s[0])
    elif tree[0] == "alt":
        for option in tree[1]:
            yield from _expand(option, known, phrases, pattern)
    elif tree[0] == "slot":
        for symbols, slots in _expand(tree[1], known, phrases, pattern):
            if len(slots) == 1 and slots[0][3:] == (0, len(symbols)):
                yield symbols, ((tree[2], *slots[0][1:]),)
            elif symbols:
                yield symbols, (*slots, (tree[2], None, " ".join(symbols), 0, len(symbols)))
            else:
                yield symbols, slots
    else:
        yield from _concatenate(tree[1], known, phrases, pattern)


def _concatenate(
    items: list[Tree], known: set[str], phrases: dict[str, Any], pattern: str
) -> Iterator[Sequence]:
    if not items:
        yield (), ()
        return
    tails = list(_concatenate(items[1:], known, phrases, pattern))
    for symbols, slots in _expand(items[0], known, phrases, pattern):
        shift = len(symbols)
        for more, later in tails:
            moved = tuple((s, c, v, a + shift, b + shift) for s, c, v, a, b in later)
            yield symbols + more, slots + moved


def _plant(root: Node, sequence: Sequence, rule: Rule) -> None:
    symbols, slots = sequence
    if not symbols:
        raise GrammarError(f"rule {rule.order} ({rule.kind}) matches nothing at all")
    node = root
    for symbol in symbols:
        node = node.edges.setdefault(symbol, Node())
    if not any(present is rule for present, _ in node.ends):
        node.ends.append((rule, slots))


def _literals(node: Node) -> Iterator[str]:
    for symbol, below in node.edges.items():
        if not symbol.isupper():
            yield symbol
        yield from _literals(below)
