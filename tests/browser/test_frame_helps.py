"""What the script adds to pages that work without it: keys, input methods, days in words, sending once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Live

pytestmark = pytest.mark.browser

FORM = """
document.querySelector('main').innerHTML = `<form id="entry" action="/nowhere/" data-entry data-once>
 <input id="a" name="a"><input id="b" name="b">
 <input type="radio" name="c" id="c1" value="1">
 <input type="radio" name="c" id="c2" value="2">
 <div data-only-when='{"c":["2"]}' id="q"><input id="d" name="d"></div>
 <input id="day" name="day" data-day><output id="day-echo"></output>
 <button class="primary" data-busy="正在保存…">保存</button></form>`;
window.sent = [];
document.addEventListener('submit', (e) => { window.sent.push(!e.defaultPrevented); e.preventDefault(); });
"""


@pytest.fixture
def form(live: Live, page: Page) -> Page:
    """A page with an entry form that goes nowhere and counts how often it was sent."""
    page.goto(live.url + "/gallery/word/")
    page.wait_for_selector("html[data-script=on]")
    page.evaluate(FORM)
    return page


def sent(page: Page) -> int:
    return page.evaluate("window.sent.filter(Boolean).length")


def test_enter_goes_to_the_next_box_and_does_not_send(form: Page) -> None:
    form.focus("#a")
    form.keyboard.press("Enter")
    expect(form.locator("#b")).to_be_focused()
    form.keyboard.press("Enter")
    expect(form.locator("#c1")).to_be_focused()
    assert sent(form) == 0


def test_control_and_enter_send_from_any_box(form: Page) -> None:
    form.focus("#a")
    form.keyboard.press("Control+Enter")
    assert sent(form) == 1


def test_a_form_is_sent_once_however_often_it_is_pressed(form: Page) -> None:
    for _ in range(3):
        form.dispatch_event("#entry button", "click")
    assert sent(form) == 1
    expect(form.locator("#entry button")).to_have_text("正在保存…")


@pytest.mark.parametrize("event", ["isComposing: true", "keyCode: 229"])
def test_the_enter_that_ends_pinyin_neither_moves_nor_sends(form: Page, event: str) -> None:
    form.focus("#a")
    form.evaluate(
        f"document.getElementById('a').dispatchEvent(new KeyboardEvent('keydown',"
        f" {{key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true, {event}}}))"
    )
    expect(form.locator("#a")).to_be_focused()
    assert sent(form) == 0


def test_digits_choose_among_radios(form: Page) -> None:
    form.focus("#c1")
    form.keyboard.press("2")
    expect(form.locator("#c2")).to_be_checked()
    expect(form.locator("#c2")).to_be_focused()


def test_a_question_appears_with_the_answer_that_asks_it_and_is_not_sent_without(form: Page) -> None:
    form.check("#c1")
    expect(form.locator("#q")).to_be_hidden()
    expect(form.locator("#d")).to_be_disabled()
    form.check("#c2")
    expect(form.locator("#q")).to_be_visible()
    expect(form.locator("#d")).to_be_enabled()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("20261105", "2026年11月5日 周四"),
        ("2026.11.5", "2026年11月5日 周四"),
        ("2026年11月5日", "2026年11月5日 周四"),
        ("1105", "2026年11月5日 周四"),
        ("今天", "2026年11月23日 周一"),
        ("-1", "2026年11月22日 周日"),
        ("２０２６１１０５", "2026年11月5日 周四"),
        ("2026-02-30", "认不出这一天"),
        ("2026.13.5", "认不出这一天"),
        ("", ""),
    ],
)
def test_a_day_is_said_in_words_under_its_box(form: Page, typed: str, words: str) -> None:
    form.fill("#day", "x")
    form.fill("#day", typed)
    expect(form.locator("#day-echo")).to_have_text(words)


def test_the_slash_goes_to_the_search_box_but_not_while_typing(
    live: Live, page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in("town")
    page.goto(live.url + "/about/")
    page.wait_for_selector("html[data-script=on]")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("#find")).to_have_value("a/b")


def test_g_and_t_open_today(live: Live, page: Page, sign_in: Callable[..., None]) -> None:
    sign_in("town")
    page.goto(live.url + "/about/")
    page.wait_for_selector("html[data-script=on]")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(live.url + "/")


def test_a_wrong_password_puts_the_focus_on_what_is_wrong(
    live: Live, page: Page, axe: Callable[..., None]
) -> None:
    page.goto(live.url + "/sign-in/")
    page.fill("#f-username", "somebody")
    page.fill("#f-password", "wrong")
    page.click(".signin-form button.primary")
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title().startswith("有误：")
    axe(page)
    page.click("#error-summary a")
    expect(page.locator("#f-username")).to_be_focused()
    expect(page.locator("#f-username")).to_have_value("somebody")


def test_signing_in_works_without_any_script(live: Live, browser) -> None:
    plain = browser.new_context(java_script_enabled=False)
    plain.set_default_timeout(15000)
    tab = plain.new_page()
    tab.goto(live.url + "/sign-in/")
    tab.fill("#f-username", "town")
    tab.fill("#f-password", "guitu-demo")
    tab.click(".signin-form button.primary")
    expect(tab.locator(".post-unit")).to_have_text("河东镇")
    plain.close()


def test_signing_out_leaves_nothing_typed_in_the_tab(
    live: Live, page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in("town")
    page.goto(live.url + "/about/")
    page.evaluate("sessionStorage.setItem('guitu-draft:x', JSON.stringify([['a', '写了一半']]))")
    page.click(".leave button")
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate("sessionStorage.getItem('guitu-draft:x')") is None


def test_the_first_tab_stop_leads_past_the_menu(live: Live, page: Page, sign_in: Callable[..., None]) -> None:
    sign_in("town")
    page.goto(live.url + "/about/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_language_changes_and_one_stays_where_one_was(
    live: Live, page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in("town")
    page.goto(live.url + "/about/")
    page.click(".view button[name=language]")
    expect(page.locator("h1")).to_have_text("About Guitu")
    assert page.url == live.url + "/about/"
    page.click(".view button[name=language]")
    expect(page.locator("h1")).to_have_text("关于归途")


def test_the_menu_is_at_the_thumb_on_a_phone(
    live: Live, page: Page, context: BrowserContext, sign_in: Callable[..., None], axe: Callable[..., None]
) -> None:
    sign_in("town")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live.url + "/about/")
    box = page.locator(".places").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    for link in page.locator(".places a:visible").all():
        size = link.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    axe(page)


def test_two_minutes_before_an_idle_session_ends_the_page_says_so_and_a_press_keeps_it(
    live: Live, page: Page, sign_in: Callable[..., None]
) -> None:
    sign_in("town")
    page.clock.install()
    page.goto(live.url + "/about/")
    page.wait_for_selector("html[data-script=on]")
    page.clock.fast_forward("55:00")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("02:00")
    expect(page.locator("#idle")).to_be_visible()
    page.click("#idle button")
    expect(page.locator("#idle")).to_be_hidden()


FETCH = """
const main = document.querySelector('main');
main.innerHTML = '<button id="more" hx-get="/about/" hx-target="#here" hx-select="h1">更多</button>'
  + '<div id="here"></div>';
htmx.process(main);
"""


def test_a_slow_answer_shows_a_bar_and_the_place_says_it_is_busy(live: Live, page: Page) -> None:
    page.goto(live.url + "/gallery/word/")
    page.wait_for_selector("html[data-script=on]")
    waiting = []
    page.route("**/about/", lambda route: waiting.append(route))
    page.evaluate(FETCH)
    page.click("#more")
    expect(page.locator("#slow")).to_be_visible()
    expect(page.locator("#here")).to_have_attribute("aria-busy", "true")
    waiting[0].continue_()
    expect(page.locator("#here h1")).to_have_text("关于归途")
    expect(page.locator("#slow")).to_be_hidden()
    assert page.locator("#here").get_attribute("aria-busy") is None


def test_an_answer_that_never_comes_is_said_aloud_with_what_is_safe(live: Live, page: Page) -> None:
    page.goto(live.url + "/gallery/word/")
    page.wait_for_selector("html[data-script=on]")
    page.route("**/about/", lambda route: route.fulfill(status=502, body=""))
    page.evaluate(FETCH)
    page.click("#more")
    expect(page.locator("#alarm")).to_contain_text("已填内容还在")


def test_states_keep_their_lines_where_the_reader_chooses_the_colours(live: Live, browser: Browser) -> None:
    forced = browser.new_context(
        forced_colors="active", color_scheme="dark", viewport={"width": 1366, "height": 768}
    )
    forced.set_default_timeout(15000)
    tab = forced.new_page()

    def drawn(selector: str, line: str) -> str:
        return tab.locator(selector).first.evaluate(f"e => getComputedStyle(e).{line}")

    tab.goto(live.url + "/gallery/button/")
    assert drawn(".button.primary", "borderTopStyle") == "solid"
    tab.goto(live.url + "/gallery/tabs/")
    ground = drawn("body", "backgroundColor")
    assert drawn(".tabs a:not([aria-current])", "borderBottomColor") == ground
    assert drawn(".tabs a[aria-current]", "borderBottomColor") != ground
    tab.goto(live.url + "/gallery/rail/")
    assert drawn(".rail-words", "stroke") == ground
    assert drawn(".rail-strip text", "fill") != ground
    assert drawn(".rail-dot text", "fill") != ground
    assert drawn(".rail-past", "fill") != ground
    forced.close()


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_type_and_contrast_can_be_chosen_and_the_unit_is_not_cut(
    live: Live, page: Page, sign_in: Callable[..., None], width: int
) -> None:
    sign_in("town")
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(live.url + "/about/")
    for name in ("size", "contrast", "language"):
        box = page.locator(f".view button[name={name}]").bounding_box()
        assert box is not None
        assert box["height"] >= 44
    for _ in range(2):  # as it is and the other way: the choice is kept with the account
        was = page.get_attribute(".view button[name=size]", "aria-pressed")
        page.click(".view button[name=size]")
        now = "false" if was == "true" else "true"
        expect(page.locator(".view button[name=size]")).to_have_attribute("aria-pressed", now)
        assert page.locator(".post-unit").evaluate("e => e.scrollWidth <= e.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth") == width
