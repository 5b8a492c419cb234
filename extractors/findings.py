"""What is known of an article while it is read: the record that components pass on, on the Doc.

``doc._.dateline`` holds one `Findings` for each Doc. A component reads what earlier ones found
and adds its own; what no component has found is empty, so that any of them can be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from spacy.tokens import Doc

from extractors.actions.finding import Action
from extractors.articles import Article
from extractors.attribution.attributing import Attribution
from extractors.attribution.quotations import Quotation
from extractors.coreference.reading import Reading
from extractors.entities.index import EntityIndex
from extractors.extraction import Entity, Extraction, Factuality, Mention, Polarity, Time, Timex
from extractors.links import TokenLink
from extractors.parse import Words, snapshot
from extractors.reader.reading import View
from extractors.roles import Argument

EXTENSION = "dateline"


@dataclass
class Findings:
    """What has been found in one article so far.

    Mappings of events are keyed by the index of the trigger's token. `entities` are those of
    the names alone until coreference has added pronouns and descriptions, which it keeps in
    `reading`. `time_tokens` are the tokens of time expressions, `view` is what the trained reader
    sees, `extraction` is the end result.
    """

    doc: Doc
    article: Article
    quotations: tuple[Quotation, ...] = ()
    timexes: tuple[Timex, ...] = ()
    time_tokens: frozenset[int] = frozenset()
    entities: tuple[Entity, ...] = ()
    reading: Reading | None = None
    actions: tuple[Action, ...] = ()
    view: View | None = None
    arguments: Mapping[int, tuple[Argument, ...]] = field(default_factory=dict)
    attributions: Mapping[int, Attribution] = field(default_factory=dict)
    truths: Mapping[int, tuple[Polarity, Factuality]] = field(default_factory=dict)
    times: Mapping[int, Time | None] = field(default_factory=dict)
    links: tuple[TokenLink, ...] = ()
    extraction: Extraction | None = None

    @cached_property
    def parse(self) -> Doc:
        """The Doc for rules to read, made when the first component asks for it."""
        return snapshot(self.doc)

    @cached_property
    def story(self) -> tuple[Mention, ...]:
        """The stretches of text to read: all of it where the article tells none."""
        return self.article.story or (Mention(0, len(self.article.text)),)

    @cached_property
    def index(self) -> EntityIndex:
        """Which entity each word speaks of; made when first asked for, from `entities`."""
        return EntityIndex(self.parse, self.entities)

    @cached_property
    def types(self) -> Mapping[int, str]:
        """The type of the entity that each token speaks of."""
        kinds = {entity.id: entity.type for entity in self.entities}
        found = ((i, self.index.all_of_token(i)) for i in range(len(self.doc)))
        return {i: kinds[ids[0]] for i, ids in found if ids}

    def close(self) -> None:
        """Let go of Doc and parse at once; only the extraction can be read afterwards."""
        if "parse" in self.__dict__:
            cast(Words, self.parse).close()
        self.doc.user_data.clear()
        extraction = self.extraction
        self.__dict__.clear()
        self.extraction = extraction

    def in_story(self, offset: int) -> bool:
        """Whether a character stands in the story."""
        first = self.story[0]  # most often the only one
        if first.start <= offset < first.end:
            return True
        return any(stretch.start <= offset < stretch.end for stretch in self.story[1:])


def begin(doc: Doc, article: Article) -> Doc:
    """The Doc with a fresh record for an article; `doc` holds ``article.text``."""
    doc._.set(EXTENSION, Findings(doc, article))
    return doc


def findings(doc: Doc) -> Findings:
    """The record of a Doc; a Doc that was made from bare text gets one without metadata."""
    found = doc._.get(EXTENSION)
    if found is None:
        begin(doc, Article("", doc.text))
        found = doc._.get(EXTENSION)
    assert isinstance(found, Findings)
    return found


Doc.set_extension(EXTENSION, default=None, force=True)
