"""Who asks a remote store: user and password or a token, from the environment, a file or netrc.

Secrets are never taken from the command line, which other users of a machine can read, and
never shown: what a server sends back passes through `Credentials.hide` before it is told.
"""

from __future__ import annotations

import base64
import netrc
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from kb.store.statements import StoreError

Method = Literal["basic", "digest", "bearer"]
VARIABLES = {
    "user": "DATELINE_STORE_USER",
    "password": "DATELINE_STORE_PASSWORD",
    "token": "DATELINE_STORE_TOKEN",
    "method": "DATELINE_STORE_AUTH",
}
FILE = "DATELINE_STORE_CREDENTIALS"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is shown to a server. Without `method`, a token is sent as bearer, the rest as basic."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    method: Method | None = None
    origin: str = ""
    """Where they come from, for messages."""

    @property
    def given(self) -> bool:
        """Whether there are any."""
        return bool(self.user or self.token)

    @property
    def digest(self) -> bool:
        """Whether the password is shown only as a digest, once the server has asked for it."""
        return self.method == "digest" and bool(self.user)

    def headers(self) -> dict[str, str]:
        """The headers that show them with every request."""
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if not self.user or self.digest:
            return {}
        pair = f"{self.user}:{self.password}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}

    def hide(self, text: str) -> str:
        """A text without the secrets."""
        secrets = [self.password, self.token, *self.headers().values()]
        secrets += [value.partition(" ")[2] for value in self.headers().values()]
        for secret in filter(None, secrets):
            text = text.replace(secret, "***")
        return text


NOBODY = Credentials()


def credentials(address: str, environ: Mapping[str, str] | None = None) -> Credentials:
    """The credentials for a server: of the environment, else of a file, else of netrc.

    DATELINE_STORE_CREDENTIALS names a TOML file with `user` and `password`, or `token`, and
    `method`. Raises StoreError when they can't be read or do not fit together.
    """
    environ = os.environ if environ is None else environ
    values = {name: environ.get(variable, "") for name, variable in VARIABLES.items()}
    if values["user"] or values["token"]:
        return _made(values, "the environment")
    if path := environ.get(FILE):
        return _made(_read(Path(path)) | ({"method": values["method"]} if values["method"] else {}),
                     path)  # fmt: skip
    if found := _netrc(urlsplit(address).hostname or "", environ):
        return _made({"user": found[0], "password": found[1], "method": values["method"]}, "netrc")
    return NOBODY


def _read(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            found = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not TOML"
        raise StoreError(
            f"The credentials in {path} can't be read ({reason}): {FILE} names a TOML file with "
            f"'user' and 'password', or 'token'"
        ) from None
    wrong = sorted(name for name, value in found.items() if not isinstance(value, str))
    unknown = wrong or sorted(set(found) - set(VARIABLES))
    if unknown:
        raise StoreError(
            f"{path} sets {unknown[0]!r}: it may set {', '.join(VARIABLES)}, each to a string"
        )
    return found


def _netrc(host: str, environ: Mapping[str, str]) -> tuple[str, str] | None:
    path = Path(environ.get("NETRC") or Path(environ.get("HOME") or "~").expanduser() / ".netrc")
    if not path.is_file():
        return None
    try:
        found = netrc.netrc(path).authenticators(host)
    except (OSError, netrc.NetrcParseError) as error:
        reason = error.msg if isinstance(error, netrc.NetrcParseError) else error.strerror
        raise StoreError(f"{path} can't be read ({reason}): correct it, or set NETRC") from None
    return (found[0], found[2] or "") if found else None


def _made(values: Mapping[str, str], origin: str) -> Credentials:
    method = values.get("method", "").lower()
    if method and method not in get_args(Method):
        raise StoreError(
            f"{VARIABLES['method']} is {method!r}: choose one of {', '.join(get_args(Method))}"
        )
    token = values.get("token", "")
    user = values.get("user", "")
    if method == "bearer" and not token:
        raise StoreError(f"There is no token for the store: set {VARIABLES['token']}")
    if method in ("basic", "digest"):
        if not user:
            raise StoreError(f"There is no user for the store: set {VARIABLES['user']}")
        token = ""
    if any(mark in value for mark in "\r\n" for value in (user, token)):
        raise StoreError(f"The credentials of {origin} have a line break in them: take it out")
    password = values.get("password", "")
    return Credentials(user, password, token, method or None, origin)  # type: ignore[arg-type]
