"""Every component in every state: usable by everybody, in both languages and themes, at both widths."""

import pytest
from playwright.sync_api import expect

from .looks import assert_no_overflow

PAGES = {
    "gallery": "/gallery/?language={language}",
    "gallery-form": "/gallery/form/?language={language}",
    "gallery-print": "/gallery/print/?language={language}",
    "gallery-404": "/gallery/error/404/?language={language}",
    "gallery-409": "/gallery/error/409/?language={language}",
}


VARIANTS = [(language, theme) for language in ("ka", "en") for theme in ("light", "dark")]


@pytest.mark.parametrize("variant", VARIANTS, ids="-".join)
@pytest.mark.parametrize("name", PAGES)
def test_a_gallery_page_is_accessible(visitor, look, accessible, name, variant):
    language, theme = variant
    page = visitor(language=language, theme=theme)
    page.goto(PAGES[name].format(language=language))
    accessible(page)
    look(page, name, languages=(), themes=(theme,))
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert_no_overflow(page)
    page.set_viewport_size({"width": 360, "height": 900})
    accessible(page)


def styles(page, selector, pseudo, name):
    return page.eval_on_selector_all(
        selector, f"all => all.map((each) => getComputedStyle(each, '{pseudo}').getPropertyValue('{name}'))"
    )


def test_the_label_of_a_folded_cell_wraps_and_no_line_crosses_the_name_of_a_month(visitor):
    page = visitor(language="ka", width=360)
    page.goto(PAGES["gallery"].format(language="ka"))
    assert set(styles(page, ".folds td.num[data-label]", "::before", "white-space-collapse")) == {"collapse"}
    assert set(styles(page, ".folds td.num[data-label]", "::before", "text-wrap-mode")) == {"wrap"}
    page.set_viewport_size({"width": 1000, "height": 900})  # as wide as paper: each other name has two cells
    assert set(styles(page, ".months span:nth-child(even)", "", "border-inline-start-color")) == {"rgba(0, 0, 0, 0)"}
    assert "rgba(0, 0, 0, 0)" not in styles(page, ".months span:nth-child(odd)", "", "border-inline-start-color")


@pytest.mark.parametrize("language", ["ka", "en"])
def test_a_form_with_errors_says_what_is_wrong_and_keeps_what_was_typed(visitor, look, accessible, language):
    page = visitor(language=language)
    page.goto(f"/gallery/form/?language={language}")
    page.fill("[name=amount]", "2 400,00")
    page.fill("[name=begins]", "31.02.2020")
    page.fill("[name=provider]", "x" * 10_000)
    page.locator("form[data-once] .btn.main").click()
    errors = page.locator(".errors")
    expect(errors).to_be_focused()
    expect(page.locator("[name=amount]")).to_have_value("2 400,00")
    expect(page.locator("[name=provider]")).to_have_value("x" * 10_000)
    accessible(page)
    look(page, "gallery-form-errors", languages=())
    errors.locator("a").first.click()
    expect(page.locator("[name=service]")).to_be_focused()
