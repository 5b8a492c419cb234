"""The headers that every answer carries: what a page may load and do, and who may embed it."""

from __future__ import annotations


def policy(*styles: str) -> str:
    """The Content-Security-Policy of a page; `styles` are hashes of style elements it may make.

    Article text is hostile: whatever slips into a page must find nothing that runs it. Pico's
    icons are data: images.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            " ".join(("style-src 'self'", *(f"'{found}'" for found in styles))),
            "font-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
