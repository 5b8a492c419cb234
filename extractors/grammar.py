"""Subjects, objects and noun phrases as a reader understands them, from the dependency parse.

A parse attaches a subject to one verb only; readers carry it on through conjunction, control,
raising, relative clauses and participles. These functions do the same. Labels are those of
spaCy's English models (CLEAR style, Choi and Palmer 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from extractors.entities.types import NOUN_TYPES

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERBAL = frozenset({"VERB", "AUX"})
# Verbs whose object does not become the subject of the infinitive ("promised them to go").
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "use", "take"})
# Irregular participles that look like the past tense of verbs that need an object.
TRANSITIVE_PARTICIPLES = frozenset(
    "bought brought built caught found held made sent shot sold taught".split()
)
# Verbs that let or make their object do what the infinitive tells, be it a person or a thing.
CAUSATIVE = frozenset(
    "allow believe cause compel consider enable encourage expect find force get help keep lead "
    "leave let make need oblige order permit prompt push require see want".split()
)
AGENTIVE_TYPES = frozenset({"PERSON", "ORG", "GROUP", "NORP", "GPE"})
# Antecedents that a relative clause does not take as its object ("the day he left").
ADVERBIAL_NOUNS = frozenset(
    {"day", "time", "year", "week", "month", "moment", "hour", "way", "reason", "place", "case"}
)
MEASURES = frozenset({"DATE", "TIME", "PERCENT", "QUANTITY", "MONEY", "CARDINAL"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "acomp", "attr", "oprd", "prep", "dative"})
FINITE_TAGS = frozenset({"VBZ", "VBP", "VBD"})
RELATIVE_TAGS = frozenset({"WDT", "WP"})
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
# What tells more of a noun: "the union, founded in 1990", "Ann Lee, a lawyer".
JOINED = frozenset({"conj", "cc"})
DESCRIBING = frozenset({"appos", "acl"})
DEPTH = 8


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: with its auxiliary, in a reduced relative, or by conjunction."""
    deps = {child.dep_ for child in verb.children}
    if deps & {"nsubjpass", "auxpass", "csubjpass"}:
        return True
    if "agent" in deps and verb.tag_ in ("VBN", "VBD") and "dobj" not in deps:
        return True
    if _is_headline_passive(verb, deps) or _is_reduced(verb, deps):
        return True
    if verb.tag_ != "VBN" or deps & {"aux", "nsubj", "dobj"}:
        return False
    if verb.dep_ in ("acl", "relcl", "advcl", "ROOT"):
        return True
    return verb.dep_ == "conj" and verb.head.pos_ in VERBAL and is_passive(verb.head)


def _is_reduced(verb: Token, deps: set[str]) -> bool:
    """Whether what could be a past tense is a participle: "workers dismissed in May sued".

    Parsers call it a past tense, or a clause that is the subject of the sentence's verb.
    """
    if verb.tag_ not in ("VBD", "VBN") or deps & {"dobj", "aux", "ccomp", "xcomp", "prt", "acomp"}:
        return False
    return (verb.dep_ == "acl" and "nsubj" not in deps) or (
        verb.dep_ in ("csubj", "nsubj") and "nsubj" in deps
    )


def _is_headline_passive(verb: Token, deps: set[str]) -> bool:
    """Whether it is as in "First jet delivered": headlines leave out the auxiliary."""
    if (
        verb.tag_ not in ("VBD", "VBN")
        or verb.dep_ != "ROOT"
        or not (verb.lower_.endswith(("ed", "en")) or verb.lower_ in TRANSITIVE_PARTICIPLES)
    ):
        return False
    barred = {"dobj", "ccomp", "aux", "dative", "acomp", "prt"}
    if verb.lemma_.lower() not in CAUSATIVE:
        barred.add("xcomp")
    if deps & barred or verb.i == verb.sent.start:
        return False
    words = [token for token in verb.sent if not token.is_space]
    return len(words) <= 14 and not words[-1].is_punct


def expand(heads: Iterable[Token]) -> list[Token]:
    """Each noun-phrase head followed by those conjoined to it: "Google and Apple" gives both."""
    found: list[Token] = []
    for head in heads:
        for token in (head, *_conjoined(head)):
            if token not in found:
                found.append(token)
    return found


def _conjoined(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in NOMINAL:
            yield child
            yield from _conjoined(child)


def subjects(verb: Token, depth: int = DEPTH) -> list[Token]:
    """Heads of the verb's surface subject, found wherever English leaves it; empty if nowhere."""
    if depth == 0:
        return []
    own = [child for child in verb.children if child.dep_ in SUBJECTS and child.pos_ in NOMINAL]
    if len(own) > 1:  # "posts which it said broke the rules": the pronoun is of the lower verb
        own = [child for child in own if child.tag_ not in RELATIVE_TAGS] or own
    if own:
        return [head for token in own for head in expand([antecedent(token)])]
    mistaken = _mistaken_subjects(verb, depth)
    if mistaken:
        return mistaken
    if any(child.dep_ in ("expl", *SUBJECTS) for child in verb.children):
        return expand(c for c in verb.children if c.dep_ == "attr" and c.pos_ in NOMINAL)
    return _inherited_subjects(verb, depth)


def _mistaken_subjects(verb: Token, depth: int) -> list[Token]:
    """The subject of a headline that the parser takes for a compound or hangs on the first verb.

    "Norsea sells ferries" with a compound "Norsea"; "Norsea sells ferries, buys trams" and
    "Workers dismissed in May sue", where the first verb becomes the subject of the second.
    """
    finite = verb.tag_ in FINITE_TAGS or any(c.dep_ in ("aux", "auxpass") for c in verb.lefts)
    for child in verb.lefts if finite else ():
        if child.dep_ == "compound" and child.pos_ in ("NOUN", "PROPN"):
            return expand([child])
        if child.dep_ in SUBJECTS and child.tag_ in (*FINITE_TAGS, "VBN"):
            return subjects(child, depth - 1)
    return []


def _inherited_subjects(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ == "ROOT" or head == verb:
        return _headline_subjects(verb, depth)
    if verb.dep_ in ("ccomp", "parataxis") and not is_infinite(verb):
        return []
    if verb.dep_ in ("acl", "relcl"):
        return _subjects_of_modifier(verb, depth)
    if verb.dep_ == "xcomp" and head.dep_ == "ROOT" and head.pos_ not in VERBAL:
        return [head] if head.i == head.left_edge.i else []  # "Norsea to close terminal"
    if verb.dep_ == "pcomp" and head.pos_ in ("ADP", "SCONJ"):
        return _governor_subjects(head.head, depth)
    if verb.dep_ == "xcomp" and head.pos_ in VERBAL and head.lemma_ not in SUBJECT_CONTROL:
        controllers = expand(
            c for c in head.children if c.dep_ in ("dobj", "dative") and c.pos_ in NOMINAL
        )
        if controllers and not is_passive(head) and _controls(head, controllers):
            return controllers
    return _governor_subjects(head, depth)


def _controls(verb: Token, objects_: Sequence[Token]) -> bool:
    """Whether the object does what the infinitive tells: "asked the firm to pay".

    Not so in "used the money to pay", unless the verb lets or makes things happen.
    """
    if verb.lemma_.lower() in CAUSATIVE:
        return True
    kinds = (o.ent_type_ or NOUN_TYPES.get(o.lemma_.lower()) for o in objects_)
    return any(o.pos_ == "PRON" for o in objects_) or any(kind in AGENTIVE_TYPES for kind in kinds)


def is_infinite(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to" or a participle, which borrow their subject."""
    return verb.tag_ in ("VBG", "VBN") or any(
        child.dep_ == "aux" and child.lower_ == "to" for child in verb.children
    )


def _headline_subjects(verb: Token, depth: int) -> list[Token]:
    """The subject of "Apple releases phone, announces update", where the first verb hangs below."""
    before = (c for c in verb.lefts if c.dep_ in ("ccomp", "parataxis", "dep") and c.pos_ in VERBAL)
    return next((found for c in before if (found := subjects(c, depth - 1))), [])


def _governor_subjects(head: Token, depth: int) -> list[Token]:
    """The subjects that a dependent takes over from what governs it."""
    if head.pos_ in VERBAL or head.dep_ in ("ROOT", "acomp", "advcl", "ccomp"):
        return subjects(head, depth - 1)
    if head.dep_ in ("acomp", "oprd", "attr") and head.head.pos_ in VERBAL:
        return subjects(head.head, depth - 1)
    owners = [child for child in head.children if child.dep_ == "poss" and child.pos_ in NOMINAL]
    if owners:
        return expand(owners)
    if head.pos_ in ("NOUN", "PROPN") and (governor := governing_verb(head)) is not None:
        return subjects(governor, depth - 1)
    return []


def _subjects_of_modifier(verb: Token, depth: int) -> list[Token]:
    noun = verb.head
    infinitive = verb.tag_ == "VB" and any(
        c.dep_ == "aux" and c.lower_ == "to" for c in verb.children
    )
    if infinitive and noun.pos_ in ("NOUN", "PROPN", "ADJ"):
        if noun.dep_ == "ROOT" or _is_singled_out(noun):
            return expand([noun])
        return _governor_subjects(noun, depth)
    return expand([noun]) if noun.pos_ in NOMINAL else []


def _is_singled_out(noun: Token) -> bool:
    """Whether an infinitive tells what the noun does: "the first ship to cross"."""
    return any(
        c.tag_ == "JJS" or c.ent_type_ == "ORDINAL" or c.lower_ in ("only", "last", "next", "first")
        for c in noun.lefts
        if c.dep_ in ("amod", "nummod")
    )


def governing_verb(noun: Token) -> Token | None:
    """The verb whose subject or object the noun is, directly or through one preposition."""
    head = noun.head
    if noun.dep_ == "pobj" and head.pos_ == "ADP":
        head = head.head
    return head if head.pos_ in VERBAL and head != noun else None


def antecedent(token: Token) -> Token:
    """What a relative pronoun ("which", "all of which") stands for; else the token itself."""
    part_of = (g for c in token.children if c.dep_ == "prep" for g in c.children)
    if token.tag_ not in RELATIVE_TAGS and not any(g.tag_ in RELATIVE_TAGS for g in part_of):
        return token
    for above in token.ancestors:
        if above.dep_ == "relcl":
            return above.head if above.head.pos_ in NOMINAL else token
        if above.dep_ == "ROOT":
            break
    return token


def relative_pronoun(verb: Token, noun: Token) -> Token | None:
    """The pronoun that stands for a noun in a relative clause: "which" of "a firm which failed"."""
    clause = verb
    for _ in range(DEPTH):
        for child in clause.children:
            below: Iterable[Token] = child.children if child.dep_ == "prep" else ()
            for word in (child, *below):
                if word.tag_ in RELATIVE_TAGS and antecedent(word) == noun:
                    return word
        if clause.dep_ not in ("conj", "xcomp", "ccomp"):
            return None
        clause = clause.head
    return None


def objects(verb: Token) -> list[Token]:
    """Heads of the direct object, also where a relative clause leaves it out."""
    own = [c for c in verb.children if c.dep_ in ("dobj", "oprd") and c.pos_ in NOMINAL]
    own += _raised_objects(verb) or _mistaken_objects(verb, own) or _shared_objects(verb, own)
    if own:
        return expand(antecedent(token) for token in own)
    gap = relative_gap(verb)
    if gap is not None and not any(c.dep_ == "prep" and not any(c.children) for c in verb.children):
        return [gap]
    return []


def _mistaken_objects(verb: Token, own: Sequence[Token]) -> list[Token]:
    """A name right of a verb without object, which parsers take for an adverb in headlines."""
    if own or is_passive(verb) or any(c.dep_ in ("ccomp", "xcomp") for c in verb.children):
        return []
    return [
        c
        for c in verb.rights
        if c.dep_ == "npadvmod" and c.pos_ == "PROPN" and c.ent_type_ not in MEASURES
    ][:1]


def _shared_objects(verb: Token, own: Sequence[Token]) -> list[Token]:
    """The object that a verb shares with the one joined right after it: "caught and ate fish"."""
    if own or is_passive(verb) or any(c.dep_ in COMPLEMENTS for c in verb.children):
        return []
    for other in verb.rights:
        if other.dep_ != "conj" or other.tag_ != verb.tag_:
            continue
        between = verb.doc[verb.i + 1 : other.i]
        if any(t.dep_ == "cc" for t in between) and all(
            t.dep_ in ("cc", "advmod", "punct", "prt") for t in between
        ):
            return [c for c in other.children if c.dep_ == "dobj" and c.pos_ in NOMINAL]
    return []


def _raised_objects(verb: Token) -> list[Token]:
    """The person who is let, made or asked: in "allowed users to post" the users are the object."""
    clauses = (c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.tag_ == "VB")
    return [
        g
        for clause in clauses
        if not any(c.dep_ == "mark" or c.tag_ == "MD" for c in clause.children)
        for g in clause.children
        if g.dep_ in ("nsubj", "nsubjpass") and g.pos_ in NOMINAL and g.i > verb.i
    ]


def relative_gap(verb: Token) -> Token | None:
    """The noun that a relative clause without object modifies: "accounts [it banned]"."""
    if verb.dep_ != "relcl" or is_passive(verb) or verb.head.pos_ not in NOMINAL:
        return None
    children = list(verb.children)
    if not any(c.dep_ in SUBJECTS and c.tag_ not in RELATIVE_TAGS for c in children):
        return None
    if any(c.dep_ in ("dobj", "ccomp", "xcomp", "acomp", "attr") for c in children):
        return None
    if any(
        t.tag_ in ("WRB", "WP$") or (t.dep_ == "pobj" and t.tag_ in RELATIVE_TAGS)
        for t in verb.subtree
    ):
        return None
    return None if verb.head.lemma_.lower() in ADVERBIAL_NOUNS else verb.head


def prepositional(token: Token) -> Iterator[tuple[Token, Token]]:
    """(preposition, object head) pairs of a verb or noun, chains such as "out of" included.

    A preposition that a relative clause leaves stranded ("the service he relied on") is paired
    with the antecedent.
    """
    for child in token.children:
        if child.dep_ not in ("prep", "agent", "dative") or child.pos_ not in (
            "ADP",
            "SCONJ",
            "ADV",
        ):
            continue
        targets = [g for g in child.children if g.dep_ == "pobj"]
        inner = [g for g in child.children if g.dep_ == "prep"]
        if targets:
            yield from ((child, head) for head in expand(antecedent(g) for g in targets))
        elif inner:
            for deeper in inner:
                yield from (
                    (deeper, head)
                    for head in expand(g for g in deeper.children if g.dep_ == "pobj")
                )
        elif token.dep_ == "relcl" and token.head.pos_ in NOMINAL:
            yield child, token.head


def noun_phrase(head: Token, times: frozenset[int] = frozenset()) -> tuple[int, int]:
    """The token span [start, end) of the phrase that names a participant.

    Determiners, modifiers and prepositional phrases belong to it; conjuncts, appositions,
    clauses, what a comma or dash sets apart, and time expressions (`times`, tokens) do not.
    """
    start = head.i
    for child in head.lefts:
        if child.dep_ not in OUTSIDE_PHRASE and not _tells_time(child, times):
            start = min(start, child.left_edge.i)
    return start, _phrase_end(head, times, OUTSIDE_PHRASE)


def _phrase_end(token: Token, times: frozenset[int], outside: frozenset[str]) -> int:
    """Where the phrase under a token ends, without what hangs on the token by `outside`."""
    end = token.i + 1
    for child in token.rights:
        if child.dep_ == "punct" and child.text in (",", ";", ":", "-", "–", "—", "--"):
            break
        if child.dep_ not in outside and not _tells_time(child, times):
            end = max(end, _phrase_end(child, times, OUTSIDE_PHRASE - JOINED))
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
    return token.i in times or any(c.i in times for c in token.children if c.dep_ == "pobj")


def text_span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Character offsets of the token span [start, end), trailing space left out."""
    while end > start + 1 and (doc[end - 1].is_space or doc[end - 1].is_punct):
        end -= 1
    last = doc[end - 1]
    return doc[start].idx, last.idx + len(last.text)
