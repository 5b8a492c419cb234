"""What whoever runs the web face may choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.endpoint import Limits

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices for one running application.

    `token` guards every write: without one, writes are off. `max_upload` is the largest
    request body in bytes. `page_size` is the number of events of a timeline page, `table_rows`
    the most rows of a SPARQL answer that the HTML page shows (downloads are never cut).
    `admin_token` allows updates of every graph, those that ingestion writes included; `limits`
    bound each SPARQL query. `rate_limit` is how often one address may ask the SPARQL endpoint
    and the API, such as "600/minute".
    """

    token: str | None = None
    max_upload: int = 5 * MEGABYTE
    page_size: int = 50
    table_rows: int = 500
    admin_token: str | None = None
    limits: Limits = field(default_factory=Limits)
    rate_limit: str | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Settings out of DATELINE_TOKEN and DATELINE_MAX_UPLOAD (bytes).

        Raises ValueError when DATELINE_MAX_UPLOAD is no positive number.
        """
        size = environ.get("DATELINE_MAX_UPLOAD", "")
        if size and not (size.isascii() and size.isdigit() and int(size) > 0):
            raise ValueError(
                f"DATELINE_MAX_UPLOAD is {size!r}: set it to a number of bytes, such as 5000000"
            )
        return cls(
            token=environ.get("DATELINE_TOKEN") or None,
            max_upload=int(size) if size else cls().max_upload,
        )
