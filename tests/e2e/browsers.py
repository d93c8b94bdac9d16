"""The Chromium of this machine, and what is held against a page."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

from .servers import Server

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--font-render-hinting=none",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of Chromium: ``CHROMIUM``, else the first that is installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def watch(page: Page, faults: list[str]) -> None:
    """Write down errors of scripts and breaches of the content policy. An answer of 4xx is no fault of the page."""

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "response",
        lambda answer: (
            faults.append(f"{answer.url}: {answer.status}")
            if answer.request.resource_type in {"stylesheet", "script", "font", "image"} and answer.status >= 400
            else None
        ),
    )


@contextmanager
def windows(browser: Browser, server: Server, *, timeout: int = 20_000) -> Iterator[Callable[..., Page]]:
    """Opens a window a person, ``window("ka", scripts=False)``; what a script or the content policy complains of fails.

    A refusal and a form with errors answer 4xx on purpose and are no complaint.
    """
    contexts, faults = [], []

    def open_window(language: str, *, cookies: dict[str, str] | None = None, scripts: bool = True, **how: Any) -> Page:
        context = browser.new_context(
            base_url=server.url, viewport={"width": 1440, "height": 900}, reduced_motion="reduce",
            java_script_enabled=scripts, **how,
        )  # fmt: skip
        context.set_default_timeout(timeout)
        brought = {**(cookies or {}), "gza_lang": language}
        context.add_cookies([{"name": key, "value": value, "url": server.url} for key, value in brought.items()])
        page = context.new_page()
        watch(page, faults)
        contexts.append(context)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not [fault for fault in faults if not re.search(r"status of (409|422)", fault)], "\n".join(faults)
