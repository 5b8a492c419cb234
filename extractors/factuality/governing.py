"""Which word governs another, and what it does to the truth of it: one step up the parse.

"Failed" governs "reach" in "failed to reach the village", "calls" governs "strike" in "calls
for a strike". A step is told by the dependency, by the class of the governing word
(`embedding`), and by the preposition between the two.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from extractors.factuality.clauses import (
    CONDITION,
    first_conjunct,
    has_condition,
    is_finite,
    is_indefinite,
    is_infinitive,
    is_inverted,
    is_result,
    is_subjunctive,
    occurs,
    predicate,
    raised_infinitive,
)
from extractors.factuality.cues import classes, words
from extractors.factuality.embedding import (
    AUXILIARY_LIKE,
    Words,
    governing_phrase,
    governing_word,
)
from extractors.factuality.polarity import is_settled

CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "nsubjpass", "obj", "dative"})
NOMINAL = frozenset({"NOUN", "PROPN"})
AFTER_NOUN = classes("after_noun")
AFTER_VERB = classes("after_verb")
TEMPORAL = words("conjunctions", "temporal")
REJECTING = words("verbs", "rejecting")
CLAUSAL_CUES = words("verbs", "clausal")
WITHDRAWING = words("verbs", "withdrawing")
FAILING = words("verbs", "failing")
# What a rejected noun had asked for, offered or planned does not come about.
OPEN_PROPOSALS = frozenset({"attempted", "planned", "requested"})
DENYING = frozenset({"negative", "refusal"})


class Link(NamedTuple):
    """How the status of the word above reaches a word: a signature class, or one of
    "same" (all of it), "degree" (its factuality alone), "conjunct", "conditional"."""

    governor: Token
    kind: str


def _has_object(verb: Token) -> bool:
    return any(child.dep_ == "dobj" for child in verb.children)


class Governors:
    """Finds the governor of each word of a document."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def link(self, token: Token) -> Link | None:
        """The governor of a word, and how its status reaches the word; None where none does."""
        dep, head = token.dep_, token.head
        if head is token or head == token:
            return None
        if dep == "conj":
            return Link(first_conjunct(token), "conjunct")
        if dep in CLAUSAL or (dep in {"dobj", "oprd"} and token.tag_ == "VBG"):
            return self._complement(token, head)
        if dep in {"acl", "relcl"}:
            return self._noun_clause(token, head)
        if dep == "advcl":
            return self._adverbial(token, head)
        if dep in {"pobj", "pcomp"}:
            return self._prepositional(token, head)
        if dep in OBJECTS:
            return self._object(token, head)
        if dep == "nsubj":
            return self._subject(token, head)
        if dep in {"acomp", "attr"}:
            return Link(head, "same")
        if dep in {"compound", "nmod"} and head.pos_ in {"NOUN", "PROPN"}:
            kind = self._words.signature(head.lemma_.lower())
            return Link(head, kind) if kind and kind not in {"report", "factive"} else None
        return None

    def _complement(self, token: Token, head: Token) -> Link | None:
        """A clause under a verb, adjective or copula."""
        if head.tag_ == "MD":
            return None  # no verb: the parse lost it
        if head.lower_ == "had" and is_inverted(head):
            return Link(head, "same")
        if _is_conjunction(head):  # "provided that the weather holds"
            return Link(head.head, "conditional")
        if token.dep_ == "ccomp" and token.i < head.i and _has_object(head):
            return None  # "Fans left, a day after police had warned them": a clause of its own
        marks = {child.lower_ for child in token.children if child.dep_ in {"mark", "advmod"}}
        governor = predicate(head, token)
        if token.dep_.startswith("csubj"):
            kind = self._words.signature(governor.lemma_.lower())
            return Link(governor, kind) if governor is not head and kind else Link(head, "degree")
        kind = self._class(governor, token)
        told = is_finite(token) and not (kind == "requested" and is_subjunctive(token))
        if told and (
            kind == "planned"
            or (kind == "requested" and self._words.is_speech(governor.lemma_.lower()))
        ):
            kind = "report"
        if has_condition(head) and kind in {"report", "belief", "factive"}:
            return Link(governor, "conditional")
        if marks & {"if", "whether"}:
            return Link(governor, "open")
        if kind == "report" and any(child.tag_ in {"WP", "WRB"} for child in token.children):
            return Link(governor, "factive")
        return Link(governor, kind)

    def _class(self, governor: Token, token: Token) -> str:
        """The signature class of a governor for this complement."""
        lemma = governor.lemma_.lower()
        infinitive = is_infinitive(token)
        if (
            infinitive
            and governor.pos_ in {"ADJ", "ADV"}
            and any(c.lower_ == "too" for c in governor.children)
        ):
            return "negative"
        if infinitive and lemma in {"be", "have"}:
            if any(c.lower_ == "yet" for c in (*governor.children, *token.children)):
                return "negative"  # "have yet to sign", "is yet to sign"
            if lemma == "be":
                return "planned"
        kind = self._words.signature(governor.lower_) if governor.pos_ == "ADJ" else None
        kind = kind or self._words.signature(governing_word(governor))
        if infinitive and (kind is None or lemma in {"suppose"}) and lemma in AUXILIARY_LIKE:
            passive = any(child.dep_ == "auxpass" for child in governor.children)
            return "planned" if passive else AUXILIARY_LIKE[lemma]
        if infinitive and kind in {"report", "belief", "factive"}:
            return _reported_infinitive(kind, governor, token)
        if kind:
            return kind
        if infinitive:
            return "implicative" if is_result(token, governor) else "planned"
        finite = any(child.dep_ in {"nsubj", "nsubjpass", "mark"} for child in token.children)
        return "report" if finite and token.dep_ == "ccomp" else "implicative"

    def _noun_clause(self, token: Token, head: Token) -> Link | None:
        """An infinitive or a that-clause under a noun; other clauses stand for themselves."""
        infinitive = is_infinitive(token)
        if infinitive and (rejection := self._rejection(head)):
            return rejection
        that = token.dep_ == "acl" and any(
            c.dep_ == "mark" and c.lower_ == "that" for c in token.children
        )
        if not (infinitive or that):
            return None
        kind = self._words.signature(head.lemma_.lower())
        if is_settled(head):
            kind = "factive"
        elif kind is None or (infinitive and kind in {"report", "factive", "belief"}):
            ranked = any(
                c.tag_ == "JJ" and c.lower_ in {"first", "last", "only"} for c in head.children
            )
            ranked = ranked or head.lower_ in {"first", "last", "only"}
            kind = "factive" if that else "same" if ranked else "planned"
        return Link(head, kind)

    def _adverbial(self, token: Token, head: Token) -> Link | None:
        """A clause that tells when, why or under what condition another holds."""
        marks = [
            child
            for child in token.children
            if child.dep_ in {"mark", "advmod"} and child.i < token.i
        ]
        for mark in marks:
            if mark.lower_ in CONDITION and mark.dep_ == "mark":
                like = mark.i > 0 and mark.nbor(-1).lower_ == "as"
                if mark.lower_ == "whether":
                    return Link(head, "open")
                return Link(head, "hypothetical" if like else "conditional")
        if not marks and is_inverted(token):
            return Link(head, "conditional")
        if is_infinitive(token):
            before = token.left_edge
            surprising = before.i > 0 and "only" in {before.lower_, before.nbor(-1).lower_}
            if surprising or is_result(token, head):
                return Link(head, "degree")
            kind = self._words.signature(governing_word(head))
            # "pleaded with them to stay", "went on to say"
            return Link(head, kind if kind in {"requested", "implicative"} else "purpose")
        words = {mark.lower_ for mark in marks}
        if words & TEMPORAL:
            later = any(child.dep_ == "aux" and child.lower_ == "would" for child in head.children)
            return (
                Link(head, "degree") if later or token.tag_ in {"VBZ", "VBP", "VB", "VBG"} else None
            )
        return Link(head, "degree") if token.tag_ == "VBG" and not words else None

    def _prepositional(self, token: Token, prep: Token) -> Link | None:
        """A noun or gerund after a preposition that hangs on a noun or verb."""
        head, word = prep.head, prep.lower_
        if (
            head == prep
            or head.lower_ == "according"
            or prep.dep_ not in {"prep", "dative", "pcomp"}
        ):
            return None
        lemma = head.lemma_.lower()
        if word == "of" and token.dep_ == "pobj" and self._words.is_measure(lemma):
            return Link(head, "same" if lemma == "none" else "degree")
        if lemma in {"case", "event"} and word == "of" and head.head.lower_ == "in":
            return Link(head, "conditional")
        if (phrase := self._phrase(head, prep)) is not None:
            return phrase
        kind = self._words.signature(governing_word(head))
        if head.pos_ in NOMINAL:
            if kind in OPEN_PROPOSALS and word in AFTER_NOUN[kind] and self._rejection(head):
                return self._rejection(head)
            if kind == "negative" and self._words.is_aspectual(lemma):
                return None
            if kind and word in AFTER_NOUN.get(kind, frozenset()):
                return Link(head, kind)
            # "accused the bank of hiding losses": the gerund belongs to the verb.
            verb = head.head
            kind = self._words.signature(governing_word(verb))
            if (
                head.dep_ in OBJECTS
                and token.tag_ == "VBG"
                and word in AFTER_VERB.get(kind or "", frozenset())
            ):
                return Link(verb, "prevented" if kind == "negative" else kind or "degree")
            return None
        if lemma == "be":
            return Link(head, "same")
        hindered = any(child.dep_ in OBJECTS for child in head.children)
        if kind and word in AFTER_VERB.get(kind, frozenset()):
            return Link(head, "prevented" if kind == "negative" and hindered else kind)
        if token.dep_ == "pcomp":
            if word == "from":
                return Link(head, "prevented") if kind in {"negative", "refusal"} else None
            return Link(head, "degree") if word in {"by", "after", "before", "in", "on"} else None
        return None

    def _phrase(self, head: Token, prep: Token) -> Link | None:
        """The governor of several words that ends in this preposition: "back out of the deal"."""
        between = [prep.lower_]
        while True:
            if kind := governing_phrase(head, *between):
                return Link(head, kind)
            if head.dep_ not in {"prep", "advmod", "acomp"} or head.head == head:
                break
            between.insert(0, head.lower_)
            head = head.head
        verb = head.head
        if head.dep_ in OBJECTS and (kind := governing_phrase(verb, *between)):
            return Link(verb, kind)  # "acquitted the editor of fraud"
        return None

    def _rejection(self, noun: Token) -> Link | None:
        """The verb that rejects what a noun proposes: "rejected calls to resign"."""
        verb = noun.head
        lemma = verb.lemma_.lower()
        if noun.dep_ not in OBJECTS or lemma not in REJECTING | WITHDRAWING:
            return None
        kind = "negative" if lemma in WITHDRAWING else self._words.signature(governing_word(verb))
        proposed = self._words.signature(noun.lemma_.lower()) in OPEN_PROPOSALS
        return Link(verb, kind) if proposed and kind in DENYING else None

    def _object(self, token: Token, verb: Token) -> Link | None:
        """A noun that a verb takes as object, or as subject of the passive."""
        inner = raised_infinitive(verb)
        if token.dep_ == "nsubjpass" and inner is not None:
            return Link(inner, "same") if occurs(inner) else None
        kind = self._words.signature(governing_word(verb))
        if governing_word(verb) in CLAUSAL_CUES:
            kind = None
        if (
            kind in {"negative", "refusal"}
            and self._words.signature(token.lemma_.lower())
            and verb.lemma_.lower() in REJECTING
        ):
            return None
        aspectual = self._words.is_aspectual(verb.lemma_.lower())
        if kind in {"negative", "refusal"} and aspectual:
            # What stops has been going on.
            return Link(verb, "degree")
        if kind == "planned" and (
            self._words.signature(token.lemma_.lower()) == "planned"
            or (self._words.is_speech(verb.lemma_.lower()) and not is_indefinite(token))
        ):
            # "announced job cuts" is a plan, "announced the death of" and "unveiled plans" are not.
            return Link(verb, "degree")
        if kind in {"report", "belief", "factive"} and not is_indefinite(token):
            return None  # "will discuss the attack" takes it for known
        if kind in {None, "implicative", "report", "belief", "factive", "enabling"}:
            light = aspectual or self._words.is_support(verb.lemma_.lower())
            light = light or (
                kind in {None, "implicative"} and token.dep_ == "dobj" and is_indefinite(token)
            )
            return Link(verb, "same" if light else "degree")
        return Link(verb, kind or "degree")

    def _subject(self, token: Token, verb: Token) -> Link | None:
        """A noun whose verb says that it takes place: "the trial will begin", "is likely"."""
        inner = raised_infinitive(verb)
        if inner is not None:
            return Link(inner, "same") if occurs(inner) else None
        governor = predicate(verb, None)
        if governor is not verb:
            kind = self._words.signature(governor.lower_)
            kind = kind or AUXILIARY_LIKE.get(governor.lower_)
            return (
                Link(governor, kind) if governor.dep_ == "acomp" and kind else Link(verb, "degree")
            )
        if occurs(verb):
            return Link(verb, "same")
        if governing_word(verb) in FAILING:
            return Link(verb, "negative")
        return Link(verb, "degree") if token.tag_ == "VBG" else None


def _reported_infinitive(kind: str, governor: Token, token: Token) -> str:
    """ "Told him to go" asks, "is said to have gone" is open, "claims to have gone" asserts."""
    passive = any(child.dep_ == "auxpass" for child in governor.children)
    if kind == "factive":
        return kind
    if passive or governor.dep_ in {"acl", "amod"}:
        return "requested" if governor.lemma_ == "tell" else "possible"
    addressed = any(child.dep_ in {"dobj", "dative"} for child in governor.children) or any(
        child.dep_ == "nsubj" for child in token.children
    )
    perfect = any(child.dep_ == "aux" and child.lemma_ == "have" for child in token.children)
    return "requested" if addressed and not perfect else "report"


def _is_conjunction(word: Token) -> bool:
    """Whether a participle joins clauses: "provided that", "assuming that"."""
    return (
        word.lower_ in CONDITION
        and word.dep_ in {"prep", "mark", "advcl"}
        and word.head != word
        and not any(
            child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for child in word.children
        )
    )
