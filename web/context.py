"""What every view works with: the knowledge base, the settings and the extractor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, cast

from flask import current_app

from web.settings import Settings

if TYPE_CHECKING:
    # Type only: the extractor pulls in spaCy, which a server that never ingests does not need.
    from extractors.pipeline import Extractor
    from kb.knowledge_base import KnowledgeBase

EXTENSION = "dateline"


@dataclass(slots=True)
class Context:
    """One application's knowledge base and settings, and its extractor, loaded on first use.

    `ingesting` is held while articles are read, so that one model reads one request at a time.
    """

    kb: KnowledgeBase
    settings: Settings
    load_extractor: Callable[[], Extractor] | None
    ingesting: Lock = field(default_factory=Lock)
    _extractor: Extractor | None = None

    def extractor(self) -> Extractor:
        """The extractor, made once. Raises RuntimeError when the application has none."""
        if self._extractor is None:
            if self.load_extractor is None:
                raise RuntimeError("this server was started without an extractor")
            self._extractor = self.load_extractor()
        return self._extractor


def context() -> Context:
    """The context of the application that handles the present request."""
    return cast(Context, current_app.extensions[EXTENSION])


def knowledge_base() -> KnowledgeBase:
    """The knowledge base that the application serves."""
    return context().kb
