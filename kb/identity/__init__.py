"""Which claims speak of one event. docs/identity.md tells how it is decided.

Whether two claims may be one event is decided by the two alone: by rules (`rules`) and a trained
scorer of pairs (`scoring`). Claims that are connected by such pairs are then clustered
(`clustering`); so the result depends on the set of claims, not on the order of their arrival.
"""

from kb.identity.clustering import clusters
from kb.identity.kinds import group_of
from kb.identity.rules import held_apart, possible, same_event
from kb.identity.scoring import Scorer
from kb.identity.settings import Purpose, Settings, fingerprint, settings
from kb.identity.signatures import (
    Context,
    Profile,
    Signature,
    Window,
    days_apart,
    window_of,
)
from kb.identity.words import content_words

__all__ = [
    "Context",
    "Profile",
    "Purpose",
    "Scorer",
    "Settings",
    "Signature",
    "Window",
    "clusters",
    "content_words",
    "days_apart",
    "fingerprint",
    "group_of",
    "held_apart",
    "possible",
    "same_event",
    "settings",
    "window_of",
]
