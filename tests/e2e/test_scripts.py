"""The small scripts: autosave, idle lock, quick exit, masked names, signature, sending once, two versions, uploads."""

import re

import pytest
from playwright.sync_api import Page, expect

FORM = "/gallery/form/?language=en"
FILLED = {"amount": "480", "begins": "02.11.2020", "decided": "01.10.2020", "provider": "X", "reason": "Pain"}


def fill(page: Page) -> None:
    page.goto(FORM)
    page.select_option("[name=service]", "dental")
    for name, value in FILLED.items():
        page.fill(f"[name={name}]", value)
    page.check("[name=weight][value=necessary]")
    page.check("[name=explained]")


@pytest.fixture
def page(visitor):
    return visitor(language="en")


def test_what_is_typed_is_kept_and_no_password_or_file_goes_along(page):
    posted = []
    page.on("request", lambda sent: posted.append(sent.post_data or "") if sent.url.endswith("/draft/") else None)
    page.goto(FORM)
    page.fill("[name=reason]", "a line that must not be lost")
    with page.expect_response("**/gallery/draft/"):
        page.locator("[name=provider]").focus()
    expect(page.locator("[data-kept]")).to_have_text(re.compile(r"Kept, \d\d:\d\d"))
    assert "a line that must not be lost" in posted[0]
    assert 'name="scan"' not in posted[0]


def test_a_cut_line_is_said_and_the_text_stays(page):
    page.goto(FORM)
    page.route("**/gallery/draft/", lambda route: route.abort())
    page.fill("[name=reason]", "still here")
    page.locator("[name=provider]").focus()
    expect(page.locator("[data-kept]")).to_contain_text("no connection")
    expect(page.locator("[name=reason]")).to_have_value("still here")


def test_a_locked_session_is_said_and_is_no_cut_line(page):
    page.goto(FORM)
    page.route("**/gallery/draft/", lambda route: route.fulfill(status=423))
    page.fill("[name=reason]", "still here")
    page.locator("[name=provider]").focus()
    expect(page.locator("[data-kept]")).to_contain_text("the session is locked")
    expect(page.locator("[data-kept]")).not_to_contain_text("no connection")


def test_the_lock_covers_the_page_and_gives_it_back_as_it_was(page, look, accessible):
    page.goto(FORM)
    page.fill("[name=reason]", "half a sentence")
    page.locator("[data-lock-now]").click()
    lock = page.locator("#lock")
    expect(lock).to_be_visible()
    expect(page.locator("[name=reason]")).not_to_be_visible()
    accessible(page)
    look(page, "lock", languages=(), full=False)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(lock).to_be_visible()
    page.fill("#lock-password", "wrong")
    page.keyboard.press("Enter")
    expect(page.locator("#lock-error")).to_contain_text("does not match")
    page.fill("#lock-password", "gza")
    page.keyboard.press("Enter")
    expect(lock).not_to_be_visible()
    expect(page.locator("[name=reason]")).to_have_value("half a sentence")


def test_the_page_locks_by_itself_after_a_warning(page):
    page.clock.install()
    page.goto(FORM)
    page.clock.run_for(9 * 60_000 + 2_000)
    expect(page.locator("#lock-soon")).to_be_visible()
    page.keyboard.press("Shift")
    expect(page.locator("#lock-soon")).not_to_be_visible()
    page.clock.run_for(10 * 60_000 + 2_000)
    expect(page.locator("#lock")).to_be_visible()


def test_coming_back_too_late_finds_the_page_locked(page):
    page.clock.install()
    page.goto(FORM)
    page.clock.fast_forward(11 * 60_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#lock")).to_be_visible()


def test_all_windows_of_a_person_lock_and_open_together(page):
    other = page.context.new_page()
    for each in (page, other):
        each.goto(FORM)
    page.locator("[data-lock-now]").click()
    expect(other.locator("#lock")).to_be_visible()
    other.fill("#lock-password", "gza")
    other.keyboard.press("Enter")
    expect(page.locator("#lock")).not_to_be_visible()


@pytest.mark.parametrize("way", ["button", "key"])
def test_quick_exit_signs_out_and_leaves(page, way):
    page.route("https://ka.wikipedia.org/**", lambda route: route.fulfill(body="an everyday site"))
    page.goto(FORM)
    with page.expect_request("**/gallery/leave/") as left:
        if way == "button":
            page.locator(".mast [data-exit]").click()
        else:
            for _ in range(3):
                page.keyboard.press("Escape")
    assert left.value.method == "POST"
    page.wait_for_url("https://ka.wikipedia.org/**")


def test_two_presses_or_slow_ones_are_no_exit(page):
    page.clock.install()
    page.goto(FORM)
    for _ in range(4):
        page.keyboard.press("Escape")
        page.clock.run_for(1_000)
    assert "/gallery/form/" in page.url


def test_a_name_is_shown_on_asking_and_hides_again(page):
    page.clock.install()
    page.goto("/gallery/?language=en")
    form = page.locator("form[data-mask]")
    form.locator("button").click()
    shown = page.locator("[data-shown]:has([data-hide]:visible)")
    expect(shown).to_contain_text("Nino Nimusheli")
    page.clock.run_for(31_000)
    expect(form).to_be_visible()
    form.locator("button").click()
    shown.locator("[data-hide]").click()
    expect(form.locator("button")).to_be_focused()


def test_a_shown_name_hides_when_the_page_is_covered(page):
    page.goto("/gallery/?language=en")
    page.locator("form[data-mask] button").click()
    expect(page.locator("[data-hide]:visible")).to_have_count(1)
    page.evaluate("document.dispatchEvent(new Event('gza:cover'))")
    expect(page.locator("form[data-mask]")).to_be_visible()


def test_a_signature_is_drawn_cleared_and_sent(page):
    fill(page)
    pad = page.locator("[data-pad-field] svg[role=img]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 20, steps=5)
    page.mouse.up()
    value = page.locator("input[type=hidden][name=signature]")
    expect(value).to_have_value(re.compile(r"^M\d+ \d+(L\d+ \d+)+$"))
    page.locator("[data-pad-clear]").click()
    expect(value).to_have_value("")
    page.fill("[name=signature-typed]", "Nino Nimusheli")
    page.locator("[name=version]").evaluate("each => { each.value = '2' }")
    page.get_by_role("button", name="Send it to the Fund").click()
    expect(page.locator(".notice.done")).to_be_visible()


def test_a_form_is_sent_once_however_often_it_is_clicked(page):
    sent = []
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" and "/form/" in each.url else None)
    fill(page)
    page.evaluate("""() => {
        const button = document.querySelector('form[data-once] .btn.main');
        button.click(); button.click(); button.click();
    }""")
    page.wait_for_load_state("networkidle")
    assert len(sent) == 1


def test_both_versions_are_shown_and_the_choice_is_saved(page, look, accessible):
    fill(page)
    page.get_by_role("button", name="Send it to the Fund").click()
    expect(page.locator(".conflict")).to_be_visible()
    accessible(page)
    look(page, "conflict", languages=())
    page.check("[name=keep-amount][value=theirs]")
    page.get_by_role("button", name="Save what is chosen").click()
    expect(page.locator(".notice.done")).to_be_visible()
    expect(page.locator("[name=amount]")).to_have_value("420")
    expect(page.locator("[name=provider]")).to_have_value("X")


def test_a_refusal_keeps_what_was_typed(page, look, accessible):
    fill(page)
    page.get_by_role("button", name="Try a refusal").click()
    expect(page.locator(".refusal")).to_be_focused()
    expect(page.locator("[name=reason]")).to_have_value("Pain")
    accessible(page)
    look(page, "refusal", languages=())


def test_an_upload_shows_its_progress_and_its_answer_takes_the_place(page):
    fill(page)
    page.fill("[name=amount]", "x")
    page.set_input_files("[name=scan]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 200_000})
    page.get_by_role("button", name="Send it to the Fund").click()
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator("[name=amount]")).to_have_value("x")


def test_without_scripts_a_form_says_what_is_wrong_and_a_name_is_shown(visitor):
    page = visitor(language="en", scripts=False)
    fill(page)
    page.fill("[name=amount]", "2400")
    page.locator("form[data-once] .btn.main").click()
    expect(page.locator(".errors")).to_contain_text("over the limit")
    expect(page.locator("[name=reason]")).to_have_value("Pain")
    page.goto("/gallery/?language=en")
    page.locator("form[data-mask] button").click()
    expect(page.locator("main")).to_contain_text("Nino Nimusheli")


def test_the_keyboard_reaches_the_content_first(page):
    page.goto("/gallery/?language=en")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
