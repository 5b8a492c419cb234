"""SPARQL for the public: queries in processes of their own, stopped at their limits."""

from kb.endpoint.limits import Limits
from kb.endpoint.service import Endpoint, Reply

__all__ = ["Endpoint", "Limits", "Reply"]
