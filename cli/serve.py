"""`dateline serve`: the web face, on waitress."""

from __future__ import annotations

import errno
import os
import signal
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click
import waitress
from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer

from cli.failures import Exit, Failure
from cli.knowledge import opened, place
from cli.options import config_option, kb_option, model_option, reader_option
from kb.endpoint import Limits
from web.application import create_app, endpoint_of
from web.limiting import RateError
from web.settings import Settings

if TYPE_CHECKING:
    from extractors.pipeline import Extractor

# Waitress answers with a bare page what is larger; up to here the application explains itself.
BODY_ALLOWANCE = 2


@click.command("serve")
@kb_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="NAME",
    help="The address to listen on; 0.0.0.0 for all of this machine's.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 for any that is free.",
)
@click.option(
    "--token",
    envvar="DATELINE_TOKEN",
    show_envvar=True,
    metavar="SECRET",
    help="What writes must show. Without it nothing can be written. Prefer the variable: other "
    "users of this machine can see the options of a running command.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    metavar="N",
    help="How many requests are answered at a time.",
)
@click.option(
    "--admin-token",
    envvar="DATELINE_ADMIN_TOKEN",
    show_envvar=True,
    metavar="SECRET",
    help="What SPARQL updates of every graph must show, those that ingestion writes included.",
)
@click.option(
    "--query-seconds",
    type=click.FloatRange(0.1, 3600),
    default=Limits().seconds,
    show_default=True,
    metavar="SECONDS",
    help="How long one SPARQL query may work before it is stopped.",
)
@click.option(
    "--query-memory",
    type=click.IntRange(768, 1 << 20),
    default=Limits().memory >> 20,
    show_default=True,
    metavar="MB",
    help="How much memory one SPARQL query may use.",
)
@click.option(
    "--query-rows",
    type=click.IntRange(1),
    default=Limits().rows,
    show_default=True,
    metavar="N",
    help="How many rows one SPARQL answer may have.",
)
@click.option(
    "--queries",
    type=click.IntRange(1, 256),
    default=Limits().workers,
    show_default=True,
    metavar="N",
    help="How many SPARQL queries may run at a time, each in a process of its own.",
)
@click.option(
    "--rate-limit",
    envvar="DATELINE_RATE_LIMIT",
    show_envvar=True,
    metavar="RATE",
    help="How often one address may ask the SPARQL endpoint and the API, such as '600/minute'. "
    "No limit unless given.",
)
@model_option
@config_option
@reader_option
def command(
    kb_path: Path,
    host: str,
    port: int,
    token: str | None,
    admin_token: str | None,
    query_seconds: float,
    query_memory: int,
    query_rows: int,
    queries: int,
    rate_limit: str | None,
    threads: int,
    model: str | None,
    config: Path | None,
    reader: str | None,
) -> None:
    """Serve the timeline, its pages, the JSON API and the SPARQL endpoint until stopped.

    \b
    Examples:
      dateline serve
      DATELINE_TOKEN=$(openssl rand -hex 16) dateline serve --port 8080
    """
    try:
        settings = Settings.from_environment(os.environ)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    limits = replace(
        settings.limits,
        seconds=query_seconds,
        memory=query_memory << 20,
        rows=query_rows,
        workers=queries,
    )
    settings = replace(
        settings,
        token=token or None,
        admin_token=admin_token or None,
        limits=limits,
        rate_limit=rate_limit or None,
    )

    def load_extractor() -> Extractor:
        from extractors.pipeline import Extractor

        return Extractor(model, config=config, reader=reader)

    with opened(kb_path, write=True) as kb:
        try:
            app = create_app(kb, settings, extractor=load_extractor)
        except RateError as error:
            raise click.UsageError(str(error)) from error
        server = listen(app, host, port, threads, settings.max_upload)
        endpoint = endpoint_of(app)
        endpoint.prepare()
        for address in addresses(server):
            click.echo(f"Dateline serves {place(kb_path)} at {address}")
        if settings.token is None:
            click.echo("Nothing can be written: set DATELINE_TOKEN to allow it.")
        click.echo("Ctrl+C stops it.")
        signal.signal(signal.SIGTERM, _stop)
        try:
            server.run()  # returns when it is interrupted, after running requests are answered
        finally:
            endpoint.close()
    click.echo("Stopped.", err=True)


def listen(
    app: Flask, host: str, port: int, threads: int, max_upload: int
) -> BaseWSGIServer | MultiSocketServer:
    """A server bound to its address. Fails plainly where the address is taken or not allowed."""
    try:
        return waitress.create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            max_request_body_size=BODY_ALLOWANCE * max_upload,
        )
    except (OSError, ValueError) as error:
        raise Failure(_why(error, host, port), Exit.SERVER) from error


def _why(error: OSError | ValueError, host: str, port: int) -> str:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is taken: choose another, "
            f"such as --port {port + 1} (make run PORT={port + 1})."
        )
    if code == errno.EACCES:
        return f"Port {port} needs more rights: choose one from 1024 up, such as --port 8000."
    return f"Can't listen on {host}, port {port}: {error}."


def addresses(server: BaseWSGIServer | MultiSocketServer) -> list[str]:
    """Where a server can be reached."""
    if isinstance(server, MultiSocketServer):
        listening = server.effective_listen
    else:
        listening = [(server.effective_host, server.effective_port)]
    return [f"http://{f'[{host}]' if ':' in host else host}:{port}/" for host, port in listening]


def _stop(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
