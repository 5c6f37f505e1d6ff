"""Pages where things are not as usual: paper, the reader's own colours, more contrast, the keyboard alone, a
session that ends or a network that is cut in the middle of a form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Live, show_as
from tests.browser.seed import PASSWORD

pytestmark = pytest.mark.browser

SignIn = Callable[..., None]

PALE = """() => {
  const light = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
    return alpha > 0.1 && 0.2126 * red + 0.7152 * green + 0.0722 * blue > 110;
  };
  return [...document.querySelectorAll('body *')].filter((box) => box.checkVisibility()
    && [...box.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
    && light(getComputedStyle(box)[box instanceof SVGElement ? 'fill' : 'color']))
    .map((box) => box.outerHTML.slice(0, 120));
}"""
"""What has words on it that would be pale on white paper."""


@pytest.fixture(scope="module")
def cases(live: Live) -> dict[str, str]:
    """The invented files, in the live store."""
    found: dict[str, str] = live.call("tests.browser.casefiles:people")
    return found


@pytest.fixture(scope="module")
def own(live: Live) -> dict[str, str]:
    """Somebody in community treatment with an account."""
    found: dict[str, str] = live.call("tests.browser.people_with_accounts:person")
    return found


# paper


@pytest.mark.parametrize("contrast", ["normal", "high", "dark"])
def test_paper_is_dark_on_white_whatever_the_screen_was(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str], contrast: str
) -> None:
    sign_in("west")
    show_as(page.context, live, contrast=contrast)
    for address in (f"/files/{cases['late']}/", f"/files/{cases['late']}/history/", "/people/", "/units/"):
        page.goto(live.url + address)
        page.emulate_media(media="print")
        assert page.evaluate(PALE) == [], address
        page.emulate_media(media="screen")
    page.goto(f"{live.url}/files/{cases['late']}/")
    page.emulate_media(media="print")
    ground = page.locator(".hatch-ground").first.evaluate("e => getComputedStyle(e).fill")
    assert ground == "rgb(255, 255, 255)"


def test_paper_has_nothing_to_press_and_nothing_that_is_folded_away(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    for address in (
        f"/files/{cases['late']}/",
        f"/files/{cases['late']}/history/",
        f"/order/{cases['late']}/",
        "/people/",
        "/proposals/",
    ):
        page.goto(live.url + address)
        page.emulate_media(media="print")
        for press in (".button", ".chip", "details:not([open]) > summary", "nav", "button"):
            expect(page.locator(f"{press} >> visible=true")).to_have_count(0)
        page.emulate_media(media="screen")


def test_on_paper_no_column_is_left_that_had_only_presses(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    for address, pressed in (("/order/", "办理"), ("/contact/", "登记联系")):
        page.goto(live.url + address)
        heads = page.locator("thead th >> visible=true")
        on_screen = heads.count()
        expect(page.get_by_role("link", name=pressed).first).to_be_visible()
        page.emulate_media(media="print")
        expect(heads).to_have_count(on_screen - 1)
        filled = page.locator("tbody tr").first.locator("th, td")
        assert all(cell.inner_text().strip() for cell in filled.all() if cell.is_visible())
        page.emulate_media(media="screen")


def test_on_paper_a_roster_lies_on_its_side_and_names_no_keys(
    live: Live, page: Page, sign_in: SignIn
) -> None:
    show_as(page.context, live)
    sign_in("west")
    page.goto(live.url + "/gallery/page/roster/week/")
    keys = page.get_by_text("方向键在格间移动，回车打开。")
    chosen = page.locator(".button[aria-current]")
    assert chosen.evaluate("e => getComputedStyle(e).borderWidth") == "2px"
    expect(keys).to_be_visible()
    page.emulate_media(media="print")
    expect(keys).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).page") == "roster"


# the reader's own colours


def test_whoever_asks_the_machine_for_more_contrast_has_it_without_asking_again(
    live: Live, browser: Browser
) -> None:
    asked = browser.new_context(contrast="more")
    tab = asked.new_page()
    words = "getComputedStyle(document.querySelector('.meta')).color"
    tab.goto(live.url + "/about/")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    tab.goto(live.url + "/sign-in/")
    assert tab.evaluate(words) == "rgb(0, 0, 0)"
    show_as(asked, live, contrast="dark")
    tab.goto(live.url + "/sign-in/")
    assert tab.evaluate(words) == "rgb(255, 255, 255)"
    asked.close()


def test_what_is_chosen_has_a_thicker_line_where_grounds_are_not_drawn(live: Live, browser: Browser) -> None:
    forced = browser.new_context(forced_colors="active", viewport={"width": 1366, "height": 768})
    tab = forced.new_page()

    def line(selector: str) -> str:
        return str(tab.locator(selector).first.evaluate("e => getComputedStyle(e).borderTopWidth"))

    tab.goto(live.url + "/gallery/filters/")
    assert line(".chip[aria-current]") == "3px"
    assert line(".chip:not([aria-current])") == "1px"
    tab.goto(live.url + "/gallery/pager/")
    assert line(".pager a[aria-current]") == "3px"
    show_as(forced, live, size="large")
    tab.goto(live.url + "/about/")
    assert line(".view [name=size]") == "3px"
    assert line(".view [name=contrast]") == "1px"
    forced.close()


def test_nothing_moves_for_whoever_wants_no_motion(live: Live, browser: Browser) -> None:
    still = browser.new_context(reduced_motion="reduce")
    tab = still.new_page()
    tab.goto(live.url + "/gallery/button/")
    moving = (
        "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).transitionDuration !== '0s')"
    )
    assert tab.evaluate(moving + ".length") == 0
    still.close()


# large type


@pytest.mark.parametrize("width", [320, 390, 1024, 1366])
def test_a_long_name_of_a_unit_is_never_cut_at_the_end_that_tells_it_from_the_next(
    live: Live, page: Page, sign_in: SignIn, width: int
) -> None:
    sign_in("town")
    show_as(page.context, live, size="large")
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(live.url + "/about/")
    page.evaluate("document.querySelector('.post-unit').textContent = '示范第一强制隔离戒毒所一大队'")
    unit = page.locator(".post-unit")
    assert unit.evaluate("e => e.scrollWidth <= e.clientWidth + 1 && e.scrollHeight <= e.clientHeight + 1")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    box, top = unit.bounding_box(), page.locator(".top").bounding_box()
    assert box is not None
    assert top is not None
    assert top["y"] <= box["y"]
    assert box["y"] + box["height"] <= top["y"] + top["height"]


# the keyboard alone


def test_a_heading_that_sorts_is_seen_on_a_phone_when_the_keyboard_reaches_it(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live.url + "/people/?list=all")
    heading = page.locator("main thead a").first
    heading.focus()
    box = heading.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    assert heading.evaluate(
        "e => { const r = e.getBoundingClientRect();"
        " return e.contains(document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2)); }"
    )


def test_what_unfolds_over_the_page_closes_with_escape_and_gives_the_focus_back(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(live.url + "/people/?list=all")
    page.wait_for_selector("html[data-script=on]")
    fold = page.locator(".filter-fold").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(fold.locator("li a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(fold.locator("summary")).to_be_focused()
    expect(fold).not_to_have_attribute("open", "")
    fold.locator("summary").click()
    page.click("h1")
    expect(fold).not_to_have_attribute("open", "")
    page.set_viewport_size({"width": 390, "height": 844})
    more = page.locator(".places-more summary")
    more.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(page.locator(".places-more details")).not_to_have_attribute("open", "")


def test_the_question_before_a_session_ends_takes_the_keyboard_but_not_from_who_is_typing(
    live: Live, page: Page, sign_in: SignIn
) -> None:
    sign_in("town")
    page.clock.install()
    page.goto(live.url + "/about/")
    page.wait_for_selector("html[data-script=on]")
    page.focus(".foot a[href='/about/']")
    page.clock.fast_forward("57:00")
    expect(page.locator("#idle button")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#idle")).to_be_hidden()
    expect(page.locator(".foot a[href='/about/']")).to_be_focused()
    page.focus("#find")
    page.clock.fast_forward("57:00")
    expect(page.locator("#idle")).to_be_visible()
    expect(page.locator("#find")).to_be_focused()
    page.clock.fast_forward(100)
    expect(page.locator("#status")).to_contain_text("将自动退出")


# a session that ends, a network that is cut


def sign_in_again(page: Page, username: str) -> None:
    """The way in, on the page to which an ended session led."""
    page.wait_for_url("**/sign-in/**")
    page.fill("#f-username", username)
    page.fill("#f-password", PASSWORD)
    page.click(".signin-form button.primary")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def test_a_form_of_the_office_has_its_words_again_after_the_session_ended_in_the_middle(
    live: Live, page: Page, sign_in: SignIn
) -> None:
    sign_in("county")
    page.goto(live.url + "/dispatch/tasks/new/")
    text = page.locator("main textarea").first
    text.fill("下周前核对本镇名单")
    page.context.clear_cookies(name="guitu_session")
    page.click("main form[method=post] button.primary")
    sign_in_again(page, "county")
    expect(page).to_have_url(live.url + "/dispatch/tasks/new/")
    expect(text).to_have_value("下周前核对本镇名单")
    expect(page.locator("#status")).to_have_text("已恢复上次没有保存的内容。")
    page.goto(live.url + "/about/")
    page.goto(live.url + "/dispatch/tasks/new/")
    expect(text).to_have_value("")


def test_what_one_account_typed_is_not_shown_to_the_next_one_in_the_tab(
    live: Live, page: Page, sign_in: SignIn
) -> None:
    sign_in("county")
    page.goto(live.url + "/dispatch/tasks/new/")
    page.locator("main textarea").first.fill("下周前核对本镇名单")
    page.context.clear_cookies(name="guitu_session")
    page.click("main form[method=post] button.primary")
    sign_in_again(page, "province")
    page.goto(live.url + "/dispatch/tasks/new/")
    expect(page.locator("main textarea").first).to_have_value("")
    assert page.evaluate("sessionStorage.getItem('guitu-typed')") is None


def test_what_the_person_wrote_is_there_again_and_may_be_sent(
    live: Live, page: Page, own: dict[str, str], axe: Callable[..., None]
) -> None:
    page.goto(live.url + "/sign-in/")
    sign_in_again(page, own["username"])
    page.goto(live.url + "/mine/ask/complain/")
    page.check("input[name=against] >> nth=0")
    page.fill("#f-text", "报到那天没有人在，等了两个小时")
    page.context.clear_cookies(name="guitu_session")
    page.click("main button.primary")
    sign_in_again(page, own["username"])
    expect(page.locator("#f-text")).to_have_value("报到那天没有人在，等了两个小时")
    expect(page.locator("input[name=against] >> nth=0")).to_be_checked()
    expect(page.locator("#status")).to_contain_text("已恢复")
    axe(page)
    page.check("input[name=named] >> nth=0")
    page.click("main button.primary")
    expect(page.locator(".notice")).to_contain_text("已收到，编号")
    page.goto(live.url + "/mine/ask/complain/")
    expect(page.locator("#f-text")).to_have_value("")


def test_a_form_of_the_office_has_its_words_again_after_the_network_was_cut_and_only_then(
    live: Live, page: Page, sign_in: SignIn
) -> None:
    sign_in("county")
    page.goto(live.url + "/about/")
    page.goto(live.url + "/dispatch/tasks/new/")
    text = page.locator("main textarea").first
    text.fill("下周前核对本镇名单")
    page.context.set_offline(True)
    page.click("main form[method=post] button.primary")
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(live.url + "/about/")
    page.goto(live.url + "/dispatch/tasks/new/")
    expect(text).to_have_value("下周前核对本镇名单")
    page.click("main form[method=post] button.primary")  # the rest is missing, which is said
    expect(page.locator("#error-summary")).to_be_focused()
    expect(text).to_have_value("下周前核对本镇名单")
    page.click(".places a[data-page=today]")
    page.wait_for_url(live.url + "/")
    page.goto(live.url + "/dispatch/tasks/new/")
    expect(text).to_have_value("")


def test_a_network_that_is_cut_at_the_press_loses_nothing_and_a_second_sending_is_the_same_entry(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    """The server has saved, the answer is lost; the same form is sent again."""
    sign_in("west")
    address = f"/files/{cases['in_force']}/record/remark/"
    page.goto(live.url + address)
    page.fill("main textarea", "断网时写的话")
    lost = page.locator("input[type=hidden][name=id]").first.get_attribute("value")

    def lose(route: Route) -> None:
        if route.request.method == "POST" and "look=" not in (route.request.post_data or ""):
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.route(f"**{address}", lose)
    page.click("main form[method=post] button.primary")
    page.wait_for_url("chrome-error://**")
    page.unroute(f"**{address}")
    page.goto(live.url + address)
    expect(page.locator("main textarea")).to_have_value("断网时写的话")
    assert page.locator("input[type=hidden][name=id]").first.get_attribute("value") == lost
    page.click("main form[method=post] button.primary")
    page.wait_for_url(f"**/files/{cases['in_force']}/?saved=**")
    expect(page.locator(".moments")).to_contain_text("断网时写的话")
    assert page.locator(".moments").inner_text().count("断网时写的话") == 1


# the person's own page


def test_the_person_chooses_the_contrast_too_and_a_fault_is_read_first(
    live: Live, page: Page, own: dict[str, str], axe: Callable[..., None]
) -> None:
    page.goto(live.url + "/sign-in/")
    sign_in_again(page, own["username"])
    page.set_viewport_size({"width": 320, "height": 700})
    for chosen in ("high", "dark", "normal"):
        page.goto(live.url + "/mine/")
        page.click(".mine-top [name=contrast]")
        expect(page.locator("html")).to_have_attribute("data-contrast", chosen)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        axe(page)
    page.goto(live.url + "/mine/ask/complain/")
    page.click("main button.primary")
    expect(page.locator("#error-summary")).to_be_focused()
