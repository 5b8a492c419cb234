"""Whether an event happened, as the article tells it: polarity and factuality.

The parse is followed from the trigger upwards. Each governing word ("failed to", "a plan to",
"officials fear that") changes the status of what it governs as its class in the lexicon says
(`embedding`), then the words beside the trigger add theirs (`polarity`,
`modality`). The status of every word on the way is kept, so that a document costs
time linear in its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from extractors.actions.finding import Action
from extractors.extraction import Factuality, Polarity
from extractors.factuality.clauses import (
    CONDITION,
    first_conjunct,
    has_condition,
    is_finite,
    is_indefinite,
    is_infinitive,
    is_inverted,
    is_past,
    occurs,
    predicate,
    raised_infinitive,
)
from extractors.factuality.embedding import (
    AUXILIARY_LIKE,
    FACT,
    ComplementLexicon,
    Degree,
    Status,
    Words,
    embed,
    governing_word,
    remoter,
)
from extractors.factuality.modality import modality
from extractors.factuality.polarity import is_excluded, is_negated, is_settled, shares_negation

CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "nsubjpass", "obj", "dative"})
# Prepositions that carry a governor's class to the noun or gerund after them.
NOUN_LINKS: dict[str, frozenset[str]] = {
    "planned": frozenset({"for", "of", "on"}),
    "requested": frozenset({"for", "of"}),
    "attempted": frozenset({"at", "for"}),
    "possible": frozenset({"of", "for"}),
    "hypothetical": frozenset({"of"}),
    "prevented": frozenset({"of", "on", "against"}),
    "negative": frozenset({"of", "in"}),
    "refusal": frozenset({"of"}),
}
VERB_LINKS: dict[str, frozenset[str]] = {
    "planned": frozenset({"for", "on", "to"}),
    "requested": frozenset({"for"}),
    "attempted": frozenset({"for", "at"}),
    "possible": frozenset({"of", "about", "for", "over", "against"}),
    "hypothetical": frozenset({"of"}),
    "prevented": frozenset({"from"}),
    "negative": frozenset({"from"}),
    "refusal": frozenset({"from"}),
    "implicative": frozenset({"in", "on", "into"}),
}
# No reader follows longer chains; parses of lists and of text without full stops have them.
CLIMB = 100
# Nouns that only count or measure what follows: "half of the cuts".
PARTITIVE = frozenset(
    "all any bit bulk couple dozen each few half handful hundred kind lot many more most none "
    "number one part percent piece range round series some sort "
    "spate string thousand type wave".split()
)
TEMPORAL = frozenset("after as before once until till when whenever while".split())


class Link(NamedTuple):
    """How the status of the word above reaches a word: a signature class, or one of
    "same" (all of it), "degree" (its factuality alone), "conjunct", "conditional"."""

    governor: Token
    kind: str


class Judge:
    """The status of the words of one document, each found once."""

    def __init__(self, doc: Doc, lexicon: ComplementLexicon) -> None:
        self._doc = doc
        self._words = Words(lexicon)
        self._known: dict[int, tuple[Status, Status]] = {}

    def judge(self, action: Action) -> tuple[Polarity, Factuality]:
        """Polarity and factuality of one action of the document."""
        positive, degree = self.status(self._doc[action.token])
        return (
            "positive" if positive else "negative",
            "possible" if degree == "enabled" else degree,
        )

    def status(self, token: Token) -> Status:
        """The status of a word as an event: in its own clause, under all that governs it."""
        way: list[tuple[Token, Link | None]] = []
        current: Token | None = token
        seen: set[int] = set()
        while (
            current is not None
            and current.i not in self._known
            and current.i not in seen
            and len(way) < CLIMB
        ):
            seen.add(current.i)
            link = self._link(current)
            way.append((current, link))
            current = link.governor if link else None
        for word, link in reversed(way):
            self._known[word.i] = self._settle(word, link)
        return self._known[token.i][1]

    def _settle(self, word: Token, link: Link | None) -> tuple[Status, Status]:
        """What reaches a word from above, and what it is with its own modifiers."""
        negated = is_negated(word) or is_excluded(word) or self._is_called_off(word)
        degree = modality(word, self._words, negated=negated)
        if has_condition(word) and not is_past(word):
            degree = remoter(degree, "conditional")
        above = FACT
        if link and link.kind == "conjunct":
            above, _ = self._known.get(link.governor.i, (FACT, FACT))
            negated, degree = self._share(word, link.governor, negated, degree)
        elif link:
            above = _reach(self._known.get(link.governor.i, (FACT, FACT))[1], link.kind)
        cancels = negated and not above.positive and link is not None and link.kind != "same"
        positive = cancels or (above.positive and not negated)
        return above, Status(positive, remoter(above.degree, degree))

    def _is_called_off(self, noun: Token) -> bool:
        """Whether an adjective or participle says that the event did not come about."""
        return noun.pos_ in {"NOUN", "PROPN"} and any(
            self._words.signature(form) in {"negative", "refusal", "prevented"}
            for child in noun.children
            if child.dep_ == "amod" or (child.dep_ == "acl" and child.tag_ == "VBN")
            for form in (child.lower_, child.lemma_.lower())
        )

    def _share(
        self, word: Token, first: Token, negated: bool, degree: Degree
    ) -> tuple[bool, Degree]:
        """The modifiers that a conjunct takes over from the first one: "will meet and sign"."""
        own = {"aux", "auxpass", "nsubj", "nsubjpass", "det", "mark"}
        if any(child.dep_ in own for child in word.children) or word.tag_[:2] != first.tag_[:2]:
            return negated, degree
        if word.tag_ != first.tag_ and "VBD" in (word.tag_, first.tag_):
            return negated, degree
        before = is_negated(first)
        shared = modality(first, self._words, negated=before)
        return negated or (before and shares_negation(first, word)), remoter(degree, shared)

    def _link(self, token: Token) -> Link | None:
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
            return _adverbial(token, head)
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
        marks = {child.lower_ for child in token.children if child.dep_ in {"mark", "advmod"}}
        governor = predicate(head, token)
        if token.dep_.startswith("csubj"):
            kind = self._words.signature(governor.lemma_.lower())
            return Link(governor, kind) if governor is not head and kind else Link(head, "degree")
        kind = self._class(governor, token)
        if is_finite(token) and (
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
        if infinitive and lemma == "be":
            return "planned"
        if infinitive and lemma == "have" and any(c.lower_ == "yet" for c in governor.children):
            return "negative"
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
            return "planned"
        finite = any(child.dep_ in {"nsubj", "nsubjpass", "mark"} for child in token.children)
        return "report" if finite and token.dep_ == "ccomp" else "implicative"

    def _noun_clause(self, token: Token, head: Token) -> Link | None:
        """An infinitive or a that-clause under a noun; other clauses stand for themselves."""
        infinitive = is_infinitive(token)
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
        if word == "of" and token.dep_ == "pobj" and lemma in PARTITIVE:
            return Link(head, "same" if lemma == "none" else "degree")
        if lemma in {"case", "event"} and word == "of" and head.head.lower_ == "in":
            return Link(head, "conditional")
        kind = self._words.signature(governing_word(head))
        if head.pos_ in {"NOUN", "PROPN"}:
            if kind == "negative" and self._words.is_aspectual(lemma):
                return None
            if kind and word in NOUN_LINKS.get(kind, frozenset()):
                return Link(head, kind)
            # "accused the bank of hiding losses": the gerund belongs to the verb.
            verb = head.head
            kind = self._words.signature(governing_word(verb))
            if (
                head.dep_ in OBJECTS
                and token.tag_ == "VBG"
                and word in VERB_LINKS.get(kind or "", frozenset())
            ):
                return Link(verb, "prevented" if kind == "negative" else kind or "degree")
            return None
        if lemma == "be":
            return Link(head, "same")
        hindered = any(child.dep_ in OBJECTS for child in head.children)
        if kind and word in VERB_LINKS.get(kind, frozenset()):
            return Link(head, "prevented" if kind == "negative" and hindered else kind)
        if token.dep_ == "pcomp":
            if word == "from":
                return Link(head, "prevented") if kind in {"negative", "refusal"} else None
            return Link(head, "degree") if word in {"by", "after", "before", "in", "on"} else None
        return None

    def _object(self, token: Token, verb: Token) -> Link | None:
        """A noun that a verb takes as object, or as subject of the passive."""
        inner = raised_infinitive(verb)
        if token.dep_ == "nsubjpass" and inner is not None:
            return Link(inner, "same") if occurs(inner) else None
        kind = self._words.signature(governing_word(verb))
        if (
            kind in {"negative", "refusal"}
            and self._words.signature(token.lemma_.lower())
            and verb.lemma_ in {"reject", "deny", "refuse", "dismiss", "decline", "turn"}
        ):
            return None
        aspectual = self._words.is_aspectual(verb.lemma_.lower())
        if kind in {"negative", "refusal"} and aspectual:
            # What stops has been going on.
            return Link(verb, "degree")
        if (
            kind == "planned"
            and self._words.is_speech(verb.lemma_.lower())
            and not is_indefinite(token)
        ):
            # "announced job cuts" is a plan, "announced the death of" is not.
            return Link(verb, "degree")
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
        return Link(verb, "degree") if token.tag_ == "VBG" else None


def judge(doc: Doc, action: Action, lexicon: ComplementLexicon) -> tuple[Polarity, Factuality]:
    """Polarity and factuality of one action; for many of one document, use `judge_all`.

    >>> judge(doc, action, lexicon)  # "sell" of "The firm failed to sell its stake."
    ('negative', 'asserted')
    >>> judge(doc, action, lexicon)  # "merger" of "They abandoned talks on a possible merger."
    ('positive', 'possible')
    """
    return Judge(doc, lexicon).judge(action)


def judge_all(
    doc: Doc, actions: Sequence[Action], lexicon: ComplementLexicon
) -> list[tuple[Polarity, Factuality]]:
    """Polarity and factuality of the actions of a document, in their order."""
    judge_one = Judge(doc, lexicon).judge
    return [judge_one(action) for action in actions]


def _reach(governor: Status, kind: str) -> Status:
    if kind == "same":
        return governor
    if kind == "degree":
        return Status(True, governor.degree)
    return embed(governor, kind)


def _adverbial(token: Token, head: Token) -> Link | None:
    marks = [
        child for child in token.children if child.dep_ in {"mark", "advmod"} and child.i < token.i
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
        return Link(head, "degree" if surprising else "purpose")
    words = {mark.lower_ for mark in marks}
    if words & TEMPORAL:
        later = any(child.dep_ == "aux" and child.lower_ == "would" for child in head.children)
        return Link(head, "degree") if later or token.tag_ in {"VBZ", "VBP", "VB", "VBG"} else None
    return Link(head, "degree") if token.tag_ == "VBG" and not words else None


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
