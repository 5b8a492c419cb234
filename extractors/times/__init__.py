"""Time expressions of English news: found, given TIMEX3 values and calendar bounds.

The words are in lexicon.toml, the patterns in grammar.toml; both can be extended without
touching the code.
"""

from extractors.times.anchoring import anchor
from extractors.times.intervals import interval
from extractors.times.ordering import ordered
from extractors.times.tagging import find_timexes

__all__ = ["anchor", "find_timexes", "interval", "ordered"]
