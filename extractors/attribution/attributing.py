"""Who says so, and to whom: the source of each action.

The parse is followed from the trigger upwards to the first word that reports it: a verb of
speech or thought ("claiming it failed"), a noun ("fears that he might flee"), an inserted
clause ("the shop, police said, had closed") or "according to". What stands in a quotation and
is not reported inside it belongs to the quotation's speaker. What nobody reports is the
article's own, source None. The scheme is that of Pareti, "PARC 3.0: a corpus of attribution
relations" (LREC 2016): source, cue and content, the innermost source of nested ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.actions.finding import Action
from extractors.actions.lexicon import load_lexicon
from extractors.attribution.quotations import Quotation
from extractors.attribution.reporting import (
    ACCORDING,
    RELATIVE,
    SUBJECTS,
    according_to,
    addressee_of,
    agent_of,
    is_reporting,
    issuer_of,
    naming,
    speaker_of,
    subject_of,
    takes_report,
)
from extractors.extraction import Mention
from extractors.factuality.embedding import ComplementLexicon, Words
from extractors.grammar import is_passive
from extractors.roles import Argument

CONTENT = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acl"})
DISTANCE = 60
# How many sources of sources are followed: "B says that A says that ...".
NESTING = 3
# What a noun's own verb does when its subject is the source: "voiced fears that".
OBJECT = frozenset({"dobj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so: the words that name the source and the addressee, None where there is none.

    `source` None means that the article itself says so. `quoted` tells direct speech. `outer`
    are those who report in their turn that the source says so, innermost first: the minister
    of '"Witnesses claim that it fell," the minister said.'
    """

    source: Mention | None = None
    addressee: Mention | None = None
    quoted: bool = False
    outer: tuple[Mention, ...] = ()

    @property
    def sources(self) -> tuple[Mention, ...]:
        """Everybody who says so, innermost first."""
        return (self.source, *self.outer) if self.source is not None else ()


@dataclass(frozen=True, slots=True)
class _Report:
    """A report that was found: who speaks, to whom, and the word that says so."""

    source: Token
    addressee: Token | None
    cue: Token


def attribute(
    doc: Doc,
    actions: Sequence[Action],
    arguments: Mapping[int, Sequence[Argument]],
    quotations: Sequence[Quotation],
    lexicon: ComplementLexicon | None = None,
) -> list[Attribution]:
    """The attribution of each action, in their order.

    `arguments` are those of the actions by the index of their trigger token; they help where
    a reporting verb has no subject of its own. The lexicon says which words report; without
    one, Dateline's own is read.

    >>> attribute(doc, actions, {}, ())  # "fell", "said" of "Sales fell, Ford said."
    [Attribution(source=Mention(start=12, end=16), addressee=None, quoted=False), Attribution()]
    """
    finder = _Finder(doc, arguments, quotations, lexicon or load_lexicon())
    return [finder.attribute(doc[action.token]) for action in actions]


class _Finder:
    """Finds the sources of the words of one document."""

    def __init__(
        self,
        doc: Doc,
        arguments: Mapping[int, Sequence[Argument]],
        quotations: Sequence[Quotation],
        lexicon: ComplementLexicon,
    ) -> None:
        self._doc = doc
        self._arguments = arguments
        self._quotations = sorted(quotations, key=lambda quotation: quotation.start)
        self._starts = [quotation.start for quotation in self._quotations]
        self._words = Words(lexicon)
        self._beside: dict[int, list[tuple[int, _Report]]] = {}
        self._above: dict[int, _Report | None] = {}

    def attribute(self, trigger: Token, depth: int = NESTING) -> Attribution:
        quotation = self._around(trigger.idx)
        report = self._report(trigger)
        outer: tuple[Mention, ...] = ()
        if report is not None and depth and report.cue.i != trigger.i:
            outer = self.attribute(report.cue, depth - 1).sources
        if quotation is None or quotation.speaker is None:
            spoken = quotation is not None and report is not None
            return _attribution(report, outer, quoted=spoken)
        inside = report is not None and quotation.start <= report.cue.idx < quotation.end
        if report is not None and inside:
            return _attribution(report, outer, quoted=True)
        hearer = addressee_of(self._doc[quotation.cue]) if quotation.cue is not None else None
        return Attribution(
            quotation.speaker, naming(hearer) if hearer is not None else None, quoted=True
        )

    def _around(self, position: int) -> Quotation | None:
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position >= self._quotations[index].end:
            return None
        return self._quotations[index]

    def _report(self, trigger: Token) -> _Report | None:
        """The innermost report of a word, found on the way up the parse."""
        relative = self._relative(trigger)
        if relative is not None:
            return relative
        inserted = self._inserted(trigger, None)
        if inserted is not None:
            return inserted
        head = self._reporter(trigger)
        if head is None:
            return None
        return self._governed(trigger, head, direct=True) or self._further(trigger)

    def _further(self, trigger: Token) -> _Report | None:
        """The report that holds above a word, remembered for every word on the way."""
        way: list[Token] = []
        found: _Report | None = None
        current = trigger
        while len(way) < DISTANCE:
            if current.i in self._above:
                found = self._above[current.i]
                break
            way.append(current)
            head = self._reporter(current)
            if head is None:
                break
            found = self._governed(current, head, direct=False) or self._inserted(head, current)
            if found is not None:
                break
            current = head
        for word in way:
            self._above[word.i] = found
        return found

    def _reporter(self, word: Token) -> Token | None:
        """The word above, as a reader connects them; None at the top."""
        head = word.head
        if head.i == word.i or self._outer_of_trailing(word) is not None:
            return None
        outer = self._outer_of_trailing(head) if word.dep_ == "ccomp" else None
        return head if outer is None else outer

    def _inserted(self, verb: Token, came_from: Token | None) -> _Report | None:
        """A report beside a clause: "police said" between commas, "according to", "as he says"."""
        if verb.i not in self._beside:
            self._beside[verb.i] = [
                (child.i, report)
                for child in verb.children
                if (report := self._aside(child)) is not None
            ]
        origin = came_from.i if came_from is not None else -1
        return next((report for at, report in self._beside[verb.i] if at != origin), None)

    def _aside(self, child: Token) -> _Report | None:
        if child.lower_ in ACCORDING and child.dep_ in {"prep", "advcl", "advmod"}:
            source = according_to(child)
            if source is not None:
                return _Report(issuer_of(source, self._words), None, child)
        parenthetical = (
            child.dep_ == "parataxis"
            or (child.dep_ == "advcl" and any(_is_as(below) for below in child.children))
            or self._outer_of_trailing(child) is not None
        )
        if not parenthetical or not self._speaks(child):
            return None
        speaker = self._source(child)
        return _Report(speaker, addressee_of(child), child) if speaker is not None else None

    def _outer_of_trailing(self, verb: Token) -> Token | None:
        """The verb that a report at the end of a sentence reports in its turn.

        "The minister said the talks had failed, Reuters reported": parsers hang "reported" on
        "said" and "failed" on "reported"; it is the saying that Reuters reports.
        """
        said = verb.head
        if (
            verb.dep_ != "ccomp"
            or not self._speaks(verb)
            or not self._speaks(said)
            or said.i > verb.i
        ):
            return None
        content = next((child for child in verb.children if child.dep_ == "ccomp"), None)
        own = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if content is None or own is None or not said.i < content.i < own.i:
            return None
        return (
            said
            if any(c.lower_ == "," and content.i < c.i < own.i for c in verb.children)
            else None
        )

    def _governed(self, below: Token, head: Token, *, direct: bool) -> _Report | None:
        """The report of a word by the word right above it."""
        if below.dep_ == "conj":
            return None
        if head.pos_ in {"NOUN", "PROPN"}:
            return self._noun_report(below, head)
        if (
            head.pos_ in {"VERB", "AUX"}
            and takes_report(head, below, self._words)
            and self._is_content(below, head, direct=direct)
        ):
            source = self._source(head)
            if source is not None and source.i != below.i:
                return _Report(source, addressee_of(head), head)
        if below.dep_ in {"pcomp", "pobj"} and head.lower_ in {"of", "to"}:
            verb = head.head
            if verb.dep_ == "dobj":  # "accused the bank of hiding losses"
                verb = verb.head
            accuses = verb.lemma_.lower() in ACCUSING
            if verb.pos_ == "VERB" and (accuses or (below.dep_ == "pcomp" and self._speaks(verb))):
                source = self._source(verb)
                return _Report(source, None, verb) if source is not None else None
        return None

    def _relative(self, trigger: Token) -> _Report | None:
        """A verb right after a report in a relative clause: "posts which it said incited riots".

        Parsers lose the second verb there, and take it for an adjective of the next noun.
        """
        if trigger.i == 0 or trigger.dep_ not in {"amod", "compound", "dobj", "nsubj", "dep"}:
            return None
        said = trigger.nbor(-1)
        children = list(said.children)
        gap = any(child.tag_ in RELATIVE for child in children)
        if said.dep_ != "relcl" or not gap or not self._speaks(said):
            return None
        source = next((c for c in children if c.dep_ in SUBJECTS and c.tag_ not in RELATIVE), None)
        return _Report(source, None, said) if source is not None else None

    def _is_content(self, below: Token, head: Token, *, direct: bool) -> bool:
        infinitive = any(child.dep_ == "aux" and child.tag_ == "TO" for child in below.children)
        if infinitive and not self._claims(head, below):
            return False
        if below.dep_ in CONTENT:
            return True
        if below.dep_ == "dobj":
            plain = self._words.signature(below.lemma_.lower()) is None
            return below.tag_ == "VBG" or (direct and plain and head.lemma_.lower() in ACCUSING)
        if below.dep_ == "advcl":
            # "If it rains, he said, we will stay": the condition is part of what was said.
            says = any(child.dep_ in {"ccomp"} for child in head.children)
            marks = {child.lower_ for child in below.children if child.dep_ == "mark"}
            subject = next((child for child in head.children if child.dep_ == "nsubj"), None)
            return (
                says
                and bool(marks & {"if", "unless"})
                and subject is not None
                and below.i < subject.i
            )
        return False

    def _claims(self, head: Token, below: Token) -> bool:
        """Whether an infinitive tells a claim ("claims to have won"), not a wish or a request."""
        asked = any(child.dep_ in {"dobj", "dative"} for child in head.children) or any(
            child.dep_ == "nsubj" for child in below.children
        )
        return (
            self._speaks(head)
            and not asked
            and self._words.signature(head.lemma_.lower()) == "report"
        )

    def _noun_report(self, below: Token, noun: Token) -> _Report | None:
        """ "Brown's claim that", "fears that", "a letter stating that"."""
        if below.dep_ not in {"acl", "relcl", "ccomp"}:
            return None
        uncertain = self._words.signature(noun.lemma_.lower()) in {"possible", "doubt"}
        if not uncertain and not is_reporting(noun, self._words):
            return None
        if not any(child.dep_ == "mark" and child.lower_ == "that" for child in below.children):
            return None
        owner = next((child for child in noun.children if child.dep_ == "poss"), None)
        if owner is None:
            prep = next(
                (
                    c
                    for c in noun.children
                    if c.dep_ in {"prep", "agent"} and c.lower_ in {"by", "from", "of", "among"}
                ),
                None,
            )
            owner = (
                next((c for c in prep.children if c.dep_ == "pobj"), None)
                if prep is not None
                else None
            )
        if owner is None and noun.dep_ in OBJECT:
            verb = noun.head
            owner = agent_of(verb) if noun.dep_ == "nsubjpass" else subject_of(verb)
        return _Report(owner, None, noun) if owner is not None else None

    def _speaks(self, verb: Token) -> bool:
        return self._words.is_speech(verb.lemma_.lower())

    def _source(self, verb: Token) -> Token | None:
        """Who is named as saying what a reporting verb reports."""
        speaker = speaker_of(verb)
        if speaker is not None or is_passive(verb):
            return speaker
        agent = next((a for a in self._arguments.get(verb.i, ()) if a.role == "agent"), None)
        return self._doc[agent.head] if agent is not None else None


ACCUSING = frozenset({"accuse", "admit", "allege", "deny", "suspect"})


def _is_as(word: Token) -> bool:
    return word.dep_ == "mark" and word.lower_ == "as"


def _attribution(
    report: _Report | None, outer: tuple[Mention, ...], *, quoted: bool
) -> Attribution:
    if report is None:
        return Attribution()
    addressee = naming(report.addressee) if report.addressee is not None else None
    return Attribution(naming(report.source), addressee, quoted, outer)
