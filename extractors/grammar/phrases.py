"""Noun phrases: what belongs to them, what joins them, what their pronouns stand for."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from extractors.grammar.words import DEPTH, NESTING, NOMINAL, RELATIVE_TAGS

# What hangs on a noun without being part of the phrase that names the participant.
OUTSIDE_PHRASE = frozenset(
    {
        "conj",
        "cc",
        "appos",
        "relcl",
        "acl",
        "advcl",
        "parataxis",
        "punct",
        "preconj",
        "dep",
        "ccomp",
    }
)
MODIFYING = frozenset({"compound", "amod", "nmod", "nummod"})
JOINED = frozenset({"conj", "cc"})
BELOW = OUTSIDE_PHRASE - JOINED
# What tells more of a noun: "the union, founded in 1990", "Ann Lee, a lawyer".
DESCRIBING = frozenset({"appos", "acl"})


def expand(heads: Iterable[Token]) -> list[Token]:
    """Each noun-phrase head followed by those conjoined to it: "Google and Apple" gives both."""
    found: dict[Token, None] = {}
    for head in heads:
        waiting = [head]
        while waiting:
            token = waiting.pop()
            found[token] = None
            joined = [c for c in token.children if c.dep_ == "conj" and c.pos_ in NOMINAL]
            if joined:
                waiting.extend(reversed(joined))
    return list(found)


def antecedent(token: Token) -> Token:
    """What a relative pronoun ("which", "all of which") stands for; else the token itself."""
    if token.tag_ not in RELATIVE_TAGS:
        below = [g for c in token.children if c.dep_ == "prep" for g in c.children]
        if not any(g.tag_ in RELATIVE_TAGS for g in below):
            return token
    for above in token.ancestors:
        if above.dep_ == "relcl":
            return above.head if above.head.pos_ in NOMINAL else token
        if above.dep_ == "ROOT":
            break
    return token


def relative_pronouns(verb: Token) -> dict[int, Token]:
    """The pronouns of the verb's relative clause, by the index of the noun they stand for.

    "Which" of "a firm which failed and was sold" belongs to both verbs.
    """
    found: dict[int, Token] = {}
    clause = verb
    for _ in range(DEPTH):
        for child in clause.children:
            below: Iterable[Token] = child.children if child.dep_ == "prep" else ()
            for word in (child, *below):
                if word.tag_ in RELATIVE_TAGS and (noun := antecedent(word)) is not word:
                    found.setdefault(noun.i, word)
        if clause.dep_ not in ("conj", "xcomp", "ccomp"):
            break
        clause = clause.head
    return found


def noun_phrase(head: Token, times: frozenset[int] = frozenset()) -> tuple[int, int]:
    """The token span [start, end) of the phrase that names a participant.

    Determiners, modifiers and prepositional phrases belong to it; conjuncts, appositions,
    clauses, what a comma or dash sets apart, and time expressions (`times`, tokens) that are
    no modifiers of the noun do not: "the 2008 vote", but "the vote in 2008" ends before "in".
    """
    start = head.i
    for child in head.lefts:
        told = child.dep_ not in MODIFYING and _tells_time(child, times)
        if child.dep_ not in OUTSIDE_PHRASE and not told:
            start = min(start, child.left_edge.i)
    return start, _phrase_end(head, times, OUTSIDE_PHRASE)


def _phrase_end(
    token: Token, times: frozenset[int], outside: frozenset[str], depth: int = NESTING
) -> int:
    """Where the phrase under a token ends, without what hangs on the token by `outside`."""
    end = token.i + 1
    for child in token.rights:
        if child.dep_ == "punct" and child.text in (",", ";", ":", "-", "–", "—", "--"):
            break
        if depth and child.dep_ not in outside and not _tells_time(child, times):
            end = max(end, _phrase_end(child, times, BELOW, depth - 1))
    return end


def full_extent(head: Token, end: int) -> int:
    """Where a noun phrase ends with the appositions and participles that describe its head.

    A relative clause is left out: its pronoun is a mention of its own.
    """
    last = end
    for child in head.rights:
        if child.dep_ in DESCRIBING and child.right_edge.i + 1 > last:
            last = child.right_edge.i + 1
    while last > end and (head.doc[last - 1].is_punct or head.doc[last - 1].is_space):
        last -= 1
    return last


def _tells_time(token: Token, times: frozenset[int]) -> bool:
    if not times:
        return False
    return token.i in times or any(c.i in times for c in token.children if c.dep_ == "pobj")


def text_span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Character offsets of the token span [start, end), trailing space left out."""
    last = doc[end - 1]
    while end > start + 1 and (last.is_space or last.is_punct):
        end -= 1
        last = doc[end - 1]
    return doc[start].idx, last.idx + len(last.text)
