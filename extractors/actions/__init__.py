"""Actions: which words speak of an event, and what kind of action of the ontology each names."""

from extractors.actions.finding import UNKNOWN, Action, find_actions
from extractors.actions.lexicon import Lexicon, load_lexicon

__all__ = ["UNKNOWN", "Action", "Lexicon", "find_actions", "load_lexicon"]
