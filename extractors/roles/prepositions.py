"""Prepositions by the relation that they tell; verbs and nouns share them."""

from __future__ import annotations

AT_PLACE = frozenset(
    {"in", "at", "on", "near", "inside", "outside", "across", "throughout", "off", "over"}
)
TOWARDS = frozenset({"to", "into", "onto", "toward", "towards"})
AWAY = frozenset({"from", "off"})
ABOUT = frozenset({"about", "over", "on", "regarding", "concerning"})
