"""The Chromium of this machine, and what is held against a page."""

import os
import shutil

from playwright.sync_api import ConsoleMessage, Page

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
