"""What can go wrong with linking. Each message names the input and the remedy."""

from __future__ import annotations


class LinkingError(ValueError):
    """Settings, or a thing to link, that can't be worked with."""
