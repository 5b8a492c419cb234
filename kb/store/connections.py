"""Connections to SPARQL servers: time limits, redirects, digests; what urllib leaves open.

Redirects keep method and body and never carry credentials to another server; connecting has a
time limit of its own.
"""

from __future__ import annotations

import http.client
import ssl
import urllib.request
from email.message import Message
from functools import partial
from http.client import HTTPMessage, HTTPResponse
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from kb.store.credentials import Credentials


class NotConnectedError(OSError):
    """No connection was made, so nothing was sent."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


def opener(connect: float, credentials: Credentials) -> urllib.request.OpenerDirector:
    """What opens requests. `connect` is how many seconds a connection may take to be made."""
    handlers: list[urllib.request.BaseHandler] = [_Plain(connect), _Secure(connect), _Redirects()]
    if credentials.digest:
        handlers.append(_Digest(credentials))
    return urllib.request.build_opener(*handlers)


class _Limited(http.client.HTTPConnection):
    """Connects within a time limit of its own, then goes back to that of reading."""

    limit = 10.0

    def connect(self) -> None:
        reading, self.timeout = self.timeout, self.limit
        try:
            super().connect()
        except OSError as error:
            raise NotConnectedError(error) from error
        finally:
            self.timeout = reading
        self.sock.settimeout(reading)


class _Secured(_Limited, http.client.HTTPSConnection):
    """The same over TLS: its handshake is part of connecting."""


def _made(kind: type[_Limited], limit: float, *values: Any, **settings: Any) -> _Limited:
    connection = kind(*values, **settings)
    connection.limit = limit
    return connection


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, limit: float) -> None:
        super().__init__()
        self._limit = limit

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(partial(_made, _Limited, self._limit), req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, limit: float) -> None:
        self._trusted = ssl.create_default_context()
        super().__init__(context=self._trusted)
        self._limit = limit

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        make = partial(_made, _Secured, self._limit)
        return self.do_open(make, req, context=self._trusted)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows with the same method and body, and only to the same host, or from http to https."""

    max_redirections = 4

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        target = urljoin(req.full_url, newurl)
        old, new = urlsplit(req.full_url), urlsplit(target)
        same = old.scheme == new.scheme and old.port == new.port
        if code == 303 or old.hostname != new.hostname:
            return None
        if not same and (old.scheme, new.scheme) != ("http", "https"):
            return None
        kept = {k: v for k, v in req.header_items() if k.lower() not in ("host", "content-length")}
        return urllib.request.Request(  # noqa: S310 - urllib itself refuses other schemes here
            target, data=req.data, headers=kept, method=req.get_method()
        )

    http_error_308 = urllib.request.HTTPRedirectHandler.http_error_302


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Digest authentication (RFC 7616), for whichever address asks for it, once a request."""

    def __init__(self, credentials: Credentials) -> None:
        self._known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        super().__init__(self._known)
        self._credentials = credentials

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> HTTPResponse | None:
        if req.has_header("Authorization"):
            return None
        user, password = self._credentials.user, self._credentials.password
        self._known.add_password(None, req.full_url, user, password)
        return super().http_error_401(req, fp, code, msg, headers)
