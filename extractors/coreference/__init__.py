"""Coreference: a precise sieve of rules that joins pronouns and descriptions to what they mean."""

from extractors.coreference.reading import Reading
from extractors.coreference.resolving import read, resolve, resolved

__all__ = ["Reading", "read", "resolve", "resolved"]
