"""Who speaks: the subject of a reporting verb, and the words that name him.

Shared by `quotations` (direct speech) and `attributing` (all speech).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Span, Token

from extractors.extraction import Mention
from extractors.factuality.cues import KNOWING
from extractors.grammar import antecedent, by_agents, is_passive

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Verbs whose clause is brought about, met with or entailed, not told.
NO_REPORT = frozenset(
    "allow arrange be become cause decide ensure feel force get guarantee happen have help leave "
    "let make mean need prevent require risk see seem take want watch".split()
)
ACCORDING = frozenset({"according", "per"})
RELATIVE = frozenset({"WP", "WDT", "WP$"})
# How far up a controlled subject is looked for.
HOPS = 8
ADDRESSED = frozenset({"to", "with"})


class ReportingLexicon(Protocol):
    """What finding sources asks of the lexicon: `extractors.lexicon.Lexicon` answers it."""

    def is_speech(self, lemma: str) -> bool:
        """Whether the word reports what somebody says."""

    def is_cognition(self, lemma: str) -> bool:
        """Whether the word reports what somebody thinks."""


def is_reporting(token: Token, lexicon: ReportingLexicon) -> bool:
    """Whether a word can report what somebody says or thinks, without vouching for it."""
    lemma = token.lemma_.lower()
    return lexicon.is_speech(lemma) or (lexicon.is_cognition(lemma) and lemma not in KNOWING)


def takes_report(verb: Token, clause: Token, lexicon: ReportingLexicon) -> bool:
    """Whether a verb reports the clause under it: "Smith quipped that they would lose".

    Nearly every verb that takes a finite clause reports it; the lexicon need not know it.
    """
    if is_reporting(verb, lexicon):
        return True
    if clause.dep_ != "ccomp" or verb.pos_ != "VERB" or verb.lemma_.lower() in NO_REPORT | KNOWING:
        return False
    if clause.i < verb.i and any(child.dep_ == "dobj" for child in verb.children):
        return False  # "Fans left, a day after police had warned them"
    return any(child.dep_ in SUBJECTS for child in clause.children) and not any(
        child.tag_ == "TO" for child in clause.children if child.dep_ == "aux"
    )


def agent_of(verb: Token) -> Token | None:
    """Who does what a passive tells: "the BBC" of "was reported by the BBC"."""
    return next(iter(by_agents(verb)), None)


def subject_of(verb: Token) -> Token | None:
    """The word that stands for the subject of a verb, its own or a controlled one.

    "Claiming" of "Google removed the app, claiming it failed" has "Google"; a relative
    pronoun gives its antecedent. None where no subject is found.
    """
    current = verb
    for _ in range(HOPS):
        own = next((child for child in current.children if child.dep_ in SUBJECTS), None)
        if own is not None:
            return antecedent(own)
        head = current.head
        if head.i == current.i:
            return None
        if current.dep_ in {"acl", "relcl"}:
            return head if current.tag_ in {"VBG", "VBN"} or current.dep_ == "relcl" else None
        if current.dep_ == "xcomp":
            controller = next(
                (child for child in head.children if child.dep_ in {"dobj", "dative"}), None
            )
            if controller is not None and controller.dep_ == "dobj" and controller.i < current.i:
                return controller
        if current.dep_ in {
            "pcomp",
            "prep",
            "advcl",
            "conj",
            "xcomp",
            "ccomp",
            "dep",
            "acomp",
            "parataxis",
        }:
            current = head
            continue
        return None
    return None


def speaker_of(verb: Token) -> Token | None:
    """Who says what a reporting verb reports: its subject, or the agent of its passive."""
    if is_passive(verb):
        return agent_of(verb)
    if not any(child.dep_ in SUBJECTS for child in verb.children):
        behind = subject_behind(verb)
        if behind is not None:
            return behind
    subject = subject_of(verb)
    if subject is None or subject.tag_ in RELATIVE or subject.dep_ == "expl":
        return None
    # "It is sad knowing that": "it" names nobody.
    dummy = (
        subject.lower_ in {"it", "there"}
        and subject.head.i != verb.i
        and subject.head.lemma_ == "be"
    )
    return None if dummy else subject


def subject_behind(verb: Token) -> Token | None:
    """The subject of '..., said Ann Lee', which parsers sometimes take for an object."""
    for child in verb.children:
        if child.i <= verb.i or child.pos_ not in {"NOUN", "PROPN", "PRON"}:
            continue
        if child.dep_ == "nsubj":
            return child
        before = verb.nbor(-1).lower_ if verb.i else ""
        inverted = before in {",", '"', "'", "''"} and child.left_edge.i == verb.i + 1
        if (
            inverted
            and child.dep_ in {"dobj", "npadvmod", "oprd"}
            and child.ent_type_ in {"PERSON", "ORG", "GPE"}
        ):
            return child
    return None


def according_to(word: Token) -> Token | None:
    """Who is named after "according to"."""
    for child in word.children:
        if child.dep_ == "pobj":
            return child
        if child.lower_ == "to":
            return next((below for below in child.children if below.dep_ == "pobj"), None)
    return None


def issuer_of(word: Token, lexicon: ReportingLexicon) -> Token:
    """Who stands behind a document: "the ministry" of "a statement from the ministry"."""
    if word.ent_type_ or not lexicon.is_speech(word.lemma_.lower()):
        return word
    for child in word.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"from", "by"}:
            return next((below for below in child.children if below.dep_ == "pobj"), word)
    return word


def addressee_of(verb: Token) -> Token | None:
    """Whom the words are said to: "told the court", "said to reporters", "speaking to Fox"."""
    for child in verb.children:
        if child.dep_ == "dative" and child.pos_ != "ADP":
            return child
        if child.dep_ == "dobj" and verb.lemma_.lower() in TAKES_HEARER:
            return child
    if verb.lemma_.lower() in TAKES_HEARER and is_passive(verb):
        hearer = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
        if hearer is not None:
            return antecedent(hearer)
    verbs = [
        verb,
        *(child for child in verb.children if child.dep_ == "advcl" and child.lemma_ in SPEAKING),
    ]
    for speaking in verbs:
        for child in speaking.children:
            if child.dep_ in {"prep", "dative"} and child.lower_ in ADDRESSED:
                return next((below for below in child.children if below.dep_ == "pobj"), None)
    return None


# Verbs whose direct object is the hearer, not what is said.
TAKES_HEARER = frozenset(
    "advise ask assure beg command inform instruct notify order persuade promise reassure remind "
    "request tell urge warn".split()
)
SPEAKING = frozenset({"speak", "talk", "write", "respond", "reply"})


def naming(token: Token) -> Mention:
    """The words that name somebody, for finding the entity: the name where there is one.

    "Parler's chief executive John Matze" gives "John Matze", "the two officials in Kyiv" gives
    "the two officials". Of a coordination the first member alone.
    """
    named = _entity(token) or next(
        (found for child in token.children if child.dep_ == "appos" and (found := _entity(child))),
        None,
    )
    if named is not None and named[0].ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}:
        return Mention(named.start_char, named.end_char)
    first = min(
        (child.left_edge.i for child in token.children if child.dep_ in PREMODIFIERS),
        default=token.i,
    )
    words = token.doc[min(first, token.i) : token.i + 1]
    of = next(
        (child for child in token.children if child.dep_ == "prep" and child.lower_ == "of"), None
    )
    if of is not None:
        inner = next((child for child in of.children if child.dep_ == "pobj"), None)
        end = inner.idx + len(inner.text) if inner is not None else words.end_char
        return Mention(words.start_char, max(end, words.end_char))
    return Mention(words.start_char, words.end_char)


PREMODIFIERS = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "predet", "quantmod"}
)


def _entity(token: Token) -> Span | None:
    if not token.ent_type_:
        return None
    return next((span for span in _entities(token) if span.start <= token.i < span.end), None)


def _entities(token: Token) -> Iterator[Span]:
    """The named entity around a token, found from its own marks and not by a scan of all."""
    doc = token.doc
    start, end = token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    yield doc[start:end]
