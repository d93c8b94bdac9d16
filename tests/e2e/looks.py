"""What a page looks like, saved; and whether everybody can use it."""

import io
from collections.abc import Sequence
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

WIDTHS = (360, 1440)
THEMES = ("light", "dark")
LANGUAGES = ("ka", "en")
COLOURS = 128
"""Of a picture for the README: the pages have few, and letters need their shades."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Looks:
    """Takes pictures at both widths, in both themes and languages, where somebody will look at them.

    They go to the folder that ``GZA_LOOKS`` names; with ``--pictures`` those that the README shows (``shown``) are made
    anew in ``docs/pictures``. With neither, none is taken.
    """

    def __init__(self, pictures: Path | None, folder: Path | None) -> None:
        self.pictures, self.folder = pictures, folder
        for place in (pictures, folder):
            if place:
                place.mkdir(parents=True, exist_ok=True)

    def __call__(
        self,
        page: Page,
        name: str,
        *,
        languages: Sequence[str] = LANGUAGES,
        themes: Sequence[str] = THEMES,
        widths: Sequence[int] = WIDTHS,
        shown: Sequence[str] = (),
        full: bool = True,
    ) -> None:
        """Save the page as ``name-<width>-<language>-<theme>.png``.

        A language other than the present one means a reload: for the answer to a form give ``languages=()``, which
        stays with the page as it is. ``shown`` names those that the README shows, such as ``("1440-ka-light",)``.
        """
        if not self.folder and not (self.pictures and shown):
            return
        size = page.viewport_size
        present = page.evaluate("document.documentElement.lang")
        for language in languages or (present,):
            if language != page.evaluate("document.documentElement.lang"):
                page.context.add_cookies([{"name": "gza_lang", "value": language, "url": page.url}])
                page.reload()
            for theme in themes:
                page.emulate_media(color_scheme=theme)
                for width in widths:
                    page.set_viewport_size({"width": width, "height": 900})
                    self._save(page, f"{name}-{width}-{language}-{theme}", f"{width}-{language}-{theme}" in shown, full)
        page.emulate_media(color_scheme="light")
        if size:
            page.set_viewport_size(size)
        if page.evaluate("document.documentElement.lang") != present:
            page.context.add_cookies([{"name": "gza_lang", "value": present, "url": page.url}])
            page.reload()

    def _save(self, page: Page, name: str, shown: bool, full: bool) -> None:
        page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
        if self.folder:
            page.screenshot(path=self.folder / f"{name}.png", full_page=full)
        if shown and self.pictures:
            picture = Image.open(io.BytesIO(page.screenshot(full_page=full))).convert("RGB")
            picture.quantize(colors=COLOURS).save(self.pictures / f"{name}.png", optimize=True)  # a fourth of the size


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA or of axe's good practice on the page as it stands."""
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    report = [
        f"{each['id']}: {each['help']}\n"
        + "\n".join(f"    {node['html'][:300]}\n    {node['failureSummary']}" for node in each["nodes"][:5])
        for each in found
    ]
    assert not report, f"{page.url}\n" + "\n".join(report)


def assert_no_overflow(page: Page) -> None:
    """Nothing sticks out to the side: the page scrolls one way only."""
    wide = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((each) => {
            const box = each.getBoundingClientRect();
            return box.width && box.right > innerWidth + 1 && !each.closest(".scroll, .tabs, .vh, .skip, .sprite")
              && getComputedStyle(each).position !== "fixed";
        }).slice(0, 5).map((each) => each.outerHTML.slice(0, 160))"""
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url}\n" + "\n".join(wide)
