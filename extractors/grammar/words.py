"""What dependencies and tags of the parse stand for: the classes that grammar asks about.

Labels are those of spaCy's English models (CLEAR style, Choi and Palmer 2012).
"""

from __future__ import annotations

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERBAL = frozenset({"VERB", "AUX"})
RELATIVE_TAGS = frozenset({"WDT", "WP"})
FINITE_TAGS = frozenset({"VBZ", "VBP", "VBD"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "acomp", "attr", "oprd", "prep", "dative"})
DEPTH = 8
NESTING = 32
"""How deep grammar follows what nests without end, as in a list of thousands: no prose does."""
