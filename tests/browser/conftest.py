"""A real browser on a real server. Skipped, loudly, only where there is no browser."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Route, sync_playwright

from extractors.pipeline import Extractor
from tests.web.site import TOKEN, fresh_kb, kb_of
from web.application import create_app
from web.screenshot import FLAGS, find_browser, serving
from web.settings import Settings


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, started once."""
    path = find_browser()
    if path is None:
        message = "no Chromium or Chrome was found: install one, or name it in DATELINE_BROWSER"
        if os.environ.get("DATELINE_REQUIRE_BROWSER"):
            pytest.fail(message)
        warnings.warn(f"PAGE TESTS ARE SKIPPED: {message}", stacklevel=1)
        pytest.skip(message)
    with sync_playwright() as playwright:
        # Playwright gives every launch a profile of its own.
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def samples_site(tmp_path_factory: pytest.TempPathFactory, samples_path: Path) -> Iterator[str]:
    """The address of a server of the sample articles."""
    folder = tmp_path_factory.mktemp("browser")
    with kb_of(samples_path, folder, Extractor()) as kb, serving(create_app(kb)) as address:
        yield address


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[str]:
    """The address of a server without articles that takes some."""
    with (
        fresh_kb(tmp_path) as kb,
        serving(create_app(kb, Settings(token=TOKEN), extractor=Extractor)) as address,
    ):
        yield address


@pytest.fixture(params=["desktop", "phone"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A new page; the test fails for any script error, dialog or request to another host."""
    wide = request.param == "desktop"
    context = browser.new_context(
        viewport={"width": 1280, "height": 900} if wide else {"width": 390, "height": 844}
    )
    page = context.new_page()
    problems: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            problems.append(message.text)

    def refuse(dialog: Dialog) -> None:
        problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def inside(route: Route) -> None:
        if route.request.url.startswith(("http://127.0.0.1:", "data:")):
            route.continue_()
        else:
            problems.append(f"request to {route.request.url}")
            route.abort()

    page.on("console", hear)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", refuse)
    page.route("**/*", inside)
    yield page
    context.close()
    assert problems == []
