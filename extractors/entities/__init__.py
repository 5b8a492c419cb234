"""Named entities: where an article names something, which names are one thing, of what kind."""

from extractors.entities.finding import find_entities

__all__ = ["find_entities"]
