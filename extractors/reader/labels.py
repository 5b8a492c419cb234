"""What the trained reader tells apart: its classes, in the order of its outputs."""

from typing import Final

TRUTHS: Final = ("asserted", "planned", "possible")
"""Factuality in three grades; the eight of `extractors.extraction` fall into them."""

ROLES: Final = ("none", "agent", "patient", "place", "other")
"""Parts that a token may have in an event; recipients count as patients."""

MENTIONS: Final = ("none", "PER", "ORG", "LOC", "PRO", "FIN", "MIX", "VALUE")
"""What the phrase that a token heads may speak of; "none" is no participant of events."""
