"""A real server and a real Chromium. Every page is watched for errors of scripts and of the content policy."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from . import browsers
from .looks import Looks, assert_accessible
from .servers import Server

HERE = Path(__file__).parent
Visitor = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", action="store_true", help="make the pictures of the README anew in docs/pictures")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. Package scope: while playwright runs, Django takes every other test for asynchronous."""
    path = browsers.find()
    if path is None:
        pytest.skip("no Chromium on this machine (looked for CHROMIUM, chromium, google-chrome)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browsers.FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def server(browser: Browser) -> Iterator[Server]:
    """Gza in its own process, with its own empty folder and databases."""
    with Server() as server:
        yield server


@pytest.fixture(scope="module")
def country(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Server]:
    """A server with a synthetic country of the module's ``CASES``; ``CLOCKED`` lets its clock be moved."""
    assert browser
    with Server(cases=request.module.CASES, clocked=getattr(request.module, "CLOCKED", False)) as server:
        yield server


@pytest.fixture
def window(request: pytest.FixtureRequest, browser: Browser, country: Server) -> Iterator[Visitor]:
    """A window a person; whatever the content policy or a script complains of fails the test.

    A step may take the module's ``PATIENCE`` in milliseconds, if it names one.
    """
    patience = getattr(request.module, "PATIENCE", 20_000)
    with browsers.windows(browser, country, timeout=patience) as open_window:
        yield open_window


@pytest.fixture
def visitor(browser: Browser, server: Server) -> Iterator[Visitor]:
    """Opens a window of its own for each call: other cookies, another person.

    ``visitor(language="en", theme="dark", width=360, scripts=False)``.
    """
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_window(*, language: str = "ka", theme: str = "light", width: int = 1440, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="ka-GE" if language == "ka" else "en-GB",
            timezone_id="Asia/Tbilisi",
        )
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "gza_lang", "value": language, "url": server.url}])
        faults: list[str] = []
        opened.append((context, faults))
        page = context.new_page()
        browsers.watch(page, faults)
        return page

    yield open_window
    faults = [fault for _, found in opened for fault in found]
    for context, _ in opened:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """One window: Georgian, light, wide."""
    return visitor()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Looks:
    """Saves what a page looks like: ``look(page, "case")``."""
    pictures = (
        Path(__file__).parents[2] / "docs" / "pictures" if request.config.getoption("--pictures", False) else None
    )
    return Looks(pictures, Path(os.environ["GZA_LOOKS"]) if "GZA_LOOKS" in os.environ else None)


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Asserts that axe finds nothing on a page."""
    return assert_accessible
