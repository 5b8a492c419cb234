"""Voice: who says so, to whom, and whether in words quoted."""

from extractors.attribution.attributing import Attribution, attribute
from extractors.attribution.quotations import find_quotations

__all__ = ["Attribution", "attribute", "find_quotations"]
