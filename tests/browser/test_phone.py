"""The worker's phone in a real browser: bound, locked, searched, written on without a network, sent, killed
in the middle, wiped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from guitu.trials.phone.in_hand import NARROW, PATIENCE, PIN, Phone
from guitu.trials.phone.killed import killed_again_and_again
from tests.browser.conftest import Live

pytestmark = pytest.mark.browser

Axe = Callable[..., None]


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    """A key is made of a PIN by six hundred thousand rounds, while other tests have the processors too."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def handset(browser: Browser, live: Live) -> Iterator[Callable[..., Phone]]:
    """`handset()` is a phone with a profile of its own. Nothing may be complained of on its pages."""
    held: list[Phone] = []

    def take(account: str = "village", language: str = "zh-CN") -> Phone:
        phone = Phone(browser, live, account, language)
        held.append(phone)
        return phone

    yield take
    for phone in held:
        phone.context.close()
    live.call("tests.browser.phones:put_away")
    assert [text for phone in held for text in phone.complaints] == []


@pytest.fixture(scope="module")
def people(live: Live) -> list[dict[str, str]]:
    """Five people of the village."""
    made: list[dict[str, str]] = live.call("tests.browser.phones:people")
    return made


def test_what_is_written_without_a_network_is_on_the_server_afterwards(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone], axe: Axe
) -> None:
    who = people[0]
    phone = handset()
    phone.bind()
    page = phone.page
    expect(page.get_by_role("heading", level=1)).to_have_text("今日 2026-11-23 周一")
    axe(page)
    phone.offline()
    phone.reload()
    axe(page)
    phone.unlock()
    page.get_by_role("link", name="人员").click()
    page.fill("#find", "fux")
    expect(page.locator("[data-found]")).to_have_text("找到 1 人")
    axe(page)
    page.get_by_role("link", name=who["name"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(who["name"])
    axe(page)
    phone.write(who["id"], "remark", text="家里安静，工作找到了")
    expect(page.locator("#status")).to_have_text("已保存在本机，等待发送")
    page.get_by_role("link", name="待发", exact=True).click()
    expect(page.locator("[data-open] .row")).to_have_attribute("data-state", "waiting")
    axe(page)
    assert live.call("tests.browser.phones:entries", file=who["id"], kind="remark") == []
    phone.reload()  # the page is killed; what was written is there after the PIN
    phone.unlock()
    phone.go("#/unsent")
    expect(page.locator("[data-open] .row")).to_have_count(1)
    phone.online()
    expect(page.locator("[data-delivered] .row")).to_have_attribute("data-state", "delivered")
    there = live.call("tests.browser.phones:entries", file=who["id"], kind="remark")
    assert [e["fields"]["text"] for e in there] == ["家里安静，工作找到了"]
    page.get_by_role("button", name="现在发送").click()
    expect(page.locator("#status")).to_contain_text("已全部送达")
    assert len(live.call("tests.browser.phones:entries", file=who["id"], kind="remark")) == 1


def test_a_photo_and_a_signature_arrive_after_their_entry(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone], axe: Axe
) -> None:
    phone = handset()
    phone.bind()
    page = phone.page
    phone.go(f"#/record/{people[1]['id']}/remark")
    page.fill("#f-text", "见到本人，附照片")
    page.set_input_files("#photo", files=[phone.large_photo()])
    expect(page.locator(".thumb")).to_have_count(1)
    page.get_by_role("button", name="签名").click()
    page.get_by_role("button", name="用这个签名").click()
    expect(page.locator("#alarm")).to_have_text("还没有签名")
    pad = page.locator(".pad").bounding_box()
    assert pad is not None
    page.mouse.move(pad["x"] + 30, pad["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(pad["x"] + 30 + 20 * step, pad["y"] + 40 + (step % 3) * 20)
    page.mouse.up()
    axe(page)
    page.get_by_role("button", name="用这个签名").click()
    expect(page.locator(".thumb")).to_have_count(2)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#f-text")).to_have_count(0)  # saved, and the page went back to the person
    phone.go("#/unsent")
    expect(page.locator("[data-delivered] .row")).to_have_count(1)
    kept = live.call("tests.browser.phones:pictures", file=people[1]["id"])
    assert sorted(one["what"] for one in kept) == ["photo", "signature"]
    assert all(one["bytes"] <= 300 * 1024 for one in kept)


def test_what_the_office_refuses_comes_back_with_its_reason_and_is_written_anew(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone], axe: Axe
) -> None:
    phone = handset()
    phone.bind()
    phone.offline()
    page = phone.page
    phone.write(people[2]["id"], "remark", text="写给移走的人")
    live.call("tests.browser.phones:moves", file=people[2]["id"])
    phone.go("#/unsent")
    phone.online()
    row = page.locator("[data-open] .row")
    expect(row).to_have_attribute("data-state", "returned")
    row.get_by_role("link").click()
    expect(page.locator(".notice.fault")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="不发了，删除").click()
    expect(page.locator(".empty")).to_have_text("全部已送达。")


def test_the_device_holds_nothing_that_can_be_read_without_the_pin(
    people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    phone = handset()
    phone.bind()
    phone.offline()
    phone.write(people[3]["id"], "remark", text="绝密的话")
    phone.page.get_by_role("button", name="锁上").click()
    expect(phone.page.locator("#pin")).to_be_focused()
    assert not re.search("黄晓东|绝密", phone.page.content())
    dump = phone.dump()
    assert dump["records"] > 3
    assert not re.search("黄晓东|绝密|huangxd|" + people[3]["no"], dump["text"])
    assert dump["extractable"] == []
    assert dump["local"] == 0


def test_wrong_pins_wait_longer_and_then_erase_the_lists_but_not_what_is_unsent(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone], axe: Axe
) -> None:
    phone = handset()
    phone.bind()
    phone.offline()
    page = phone.page
    phone.write(people[4]["id"], "remark", text="还没发出去的话")
    page.get_by_role("button", name="锁上").click()
    for left in range(9, 4, -1):
        phone.type_pin("135792")
        expect(page.locator(".error-summary")).to_contain_text(f"还可试 {left} 次")
    expect(page.get_by_role("button", name="打开")).to_be_disabled()
    expect(page.locator("[data-wait]")).to_contain_text("秒再试")
    axe(page)
    for _ in range(5):
        phone.wait_is_over()
        phone.type_pin("135792")
        expect(page.locator(".error-summary, .notice").first).to_be_visible()
    expect(page.locator(".notice")).to_contain_text("名单已从本机清除")
    assert phone.dump()["people"] == 0
    phone.online()
    phone.reload_to("a.button.primary")  # the session from before opens nothing
    page.get_by_role("link", name="登录").click()
    page.wait_for_selector("#f-username")
    phone.sign_in()
    phone.wait_is_over()
    phone.unlock()
    phone.go("#/unsent")
    expect(page.locator("[data-delivered] .row")).to_have_count(1)
    there = live.call("tests.browser.phones:entries", file=people[4]["id"], kind="remark")
    assert [e["fields"]["text"] for e in there] == ["还没发出去的话"]
    page.get_by_role("button", name="锁上").click()
    expect(page.locator("#pin")).to_be_focused()
    expect(page.locator(".notice")).to_have_count(0)  # the lists are back: nothing is erased any more


def test_the_office_can_order_a_phone_to_erase_itself(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    phone = handset()
    phone.bind()
    live.call("tests.browser.phones:wipes", account="village")
    phone.go("#/unsent")
    phone.page.get_by_role("button", name="现在发送").click()
    expect(phone.page.locator("body")).to_contain_text("单位下令清除")
    dump = phone.dump()
    assert dump["people"] == 0
    assert dump["lock"] is False


def test_what_is_unsent_keeps_its_name_when_the_lists_are_erased(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    phone = handset()
    phone.bind()
    phone.offline()
    phone.write(people[0]["id"], "remark", text="清除前写的")
    live.call("tests.browser.phones:wipes", account="village", what="wipe_keep")
    phone.online()
    expect(phone.page.locator("#pin")).to_be_visible()
    phone.offline()
    phone.unlock()
    phone.go("#/unsent")
    expect(phone.page.locator("[data-open] .row a")).to_contain_text("备注")


def half_written(handset: Callable[..., Phone], people: list[dict[str, str]]) -> Phone:
    """A phone with a remark that somebody has begun."""
    phone = handset()
    phone.bind()
    phone.go(f"#/record/{people[0]['id']}/remark")
    phone.page.fill("#f-text", "没有写完")
    expect(phone.page.locator("[data-kept]")).to_have_text("草稿已存在本机")
    return phone


def test_a_new_version_waits_while_a_draft_is_open(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    phone = half_written(handset, people)
    page = phone.page
    phone.newer_shell()
    phone.reload()
    phone.unlock()
    phone.go("#/phone")
    expect(page.get_by_text("先把草稿写完或删掉")).to_be_visible()
    expect(page.get_by_role("button", name="更新")).to_be_disabled()
    phone.go("#/unsent")
    page.locator("[data-open] .row a").click()
    expect(page.locator("#f-text")).to_have_value("没有写完")
    page.get_by_role("button", name="删除草稿").click()
    expect(page.locator("#f-text")).to_have_count(0)  # it is gone, and the page went back to the person
    phone.go("#/phone")
    expect(page.get_by_role("button", name="更新")).to_be_enabled()


def test_it_speaks_english_and_fits_the_smallest_screen(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone], axe: Axe
) -> None:
    phone = handset(language="en")
    phone.bind()
    page = phone.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Today 2026-11-23 Mon")
    page.set_viewport_size(NARROW)
    for where in (
        "#/",
        "#/people",
        f"#/person/{people[0]['id']}",
        f"#/record/{people[0]['id']}/urine_test",
        "#/unsent",
        "#/phone",
    ):
        phone.go(where)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], where
        assert not re.search("[\u4e00-\u9fff]", page.locator("nav").inner_text()), where
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".skip")).to_have_text("跳到正文")


def test_who_recorded_first_sees_the_other_account_too_and_a_correction_half_written_goes_on(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    who = people[4]["id"]
    first, second = handset(), handset(account="town")
    for phone, result in ((first, "reached"), (second, "no_answer")):
        phone.bind()
        phone.write(who, "follow_up", mode="visit", result=result)
        phone.go("#/unsent")
        phone.page.get_by_role("button", name="现在发送").click()
        expect(phone.page.locator("#status")).to_contain_text("已全部送达")
    page = first.page
    page.get_by_role("button", name="现在发送").click()
    page.locator("[data-open] .row[data-state=conflict] a").click()
    expect(page.locator(".notice.gap")).to_contain_text("结果：我 联系到本人 · 对方 未联系上")
    page.get_by_role("link", name="更正我的").click()
    page.fill("[name=why-corrected]", "写错了人")
    expect(page.locator("[data-kept]")).to_have_text("草稿已存在本机")
    page.get_by_role("button", name="锁上").click()  # and opened again, at the same address
    first.unlock()
    expect(page.locator("[name=why-corrected]")).to_have_value("写错了人")
    here = page.url
    page.locator(".skip").focus()
    page.keyboard.press("Enter")  # over the navigation, not away from the page
    expect(page.locator("#main")).to_be_focused()
    assert page.url == here
    expect(page.locator("[name=why-corrected]")).to_have_value("写错了人")


def test_what_was_corrected_says_so_and_leads_to_the_newest_version(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    phone = handset()
    phone.bind()
    page = phone.page
    phone.write(people[0]["id"], "remark", text="第一版")
    first = people[0]["id"]

    def corrects(text: str) -> None:
        page.get_by_role("link", name="更正", exact=True).click()
        page.fill("#f-text", text)
        page.fill("[name=why-corrected]", "写错了")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.locator("form[data-kind]")).to_have_count(0)
        phone.go("#/unsent")
        page.get_by_role("button", name="现在发送").click()
        expect(page.locator("#status")).to_contain_text("已全部送达")

    def opens_the_first() -> None:
        phone.go(where)
        expect(page.locator(".pairs")).to_contain_text("第一版")

    phone.go("#/unsent")
    page.get_by_role("button", name="现在发送").click()
    where = page.locator("[data-delivered] .row a").get_attribute("href") or ""
    opens_the_first()
    corrects("第二版")
    expect(page.locator(".row", has=page.locator(f"[href='{where}']"))).to_contain_text("已更正")
    opens_the_first()
    expect(page.locator(".notice.info")).to_contain_text("已更正")
    expect(page.get_by_role("link", name="更正", exact=True)).to_have_count(0)
    page.get_by_role("link", name="看最新的一条").click()
    expect(page.locator(".pairs")).to_contain_text("第二版")
    corrects("第三版")
    opens_the_first()
    page.get_by_role("link", name="看最新的一条").click()
    expect(page.locator(".pairs")).to_contain_text("第三版")
    there = live.call("tests.browser.phones:entries", file=first, kind="remark")
    assert {"第一版", "第二版", "第三版"} <= {e["fields"]["text"] for e in there}
    newest = page.url.split("/")[-1]
    for button in ("", "不作废了，恢复原记录"):  # withdrawn, and the withdrawal taken back
        if button:
            page.get_by_role("link", name=button).click()
        else:
            phone.go(f"#/withdraw/{newest}")
        page.fill("#f-reason", "核对过了")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.locator("form[data-kind]")).to_have_count(0)
        phone.go("#/unsent")
        page.get_by_role("button", name="现在发送").click()
        expect(page.locator("#status")).to_contain_text("已全部送达")
        page.locator("[data-delivered] .row", has_text="作废").locator("a", has_text="作废").first.click()
        expect(page.locator(".pairs")).to_contain_text("核对过了")
    phone.go(f"#/sent/{newest}")
    expect(page.get_by_role("link", name="更正", exact=True)).to_be_visible()


def test_what_the_office_corrected_meanwhile_says_so_in_the_list_and_at_a_correction_that_waits(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    who = people[4]["id"]
    phone = handset()
    phone.bind()
    page = phone.page
    phone.write(who, "remark", text="手机上写的")
    phone.go("#/unsent")
    page.get_by_role("button", name="现在发送").click()
    expect(page.locator("[data-delivered] .row")).to_have_count(1)
    live.call("tests.browser.phones:corrected", file=who, kind="remark", fields={"text": "单位改的"})
    page.get_by_role("button", name="现在发送").click()
    expect(page.locator("[data-delivered] .row", has_text="单位已更正")).to_have_count(1)
    phone.write(who, "remark", text="又写一条")
    phone.go("#/unsent")
    page.get_by_role("button", name="现在发送").click()
    expect(page.locator("[data-delivered] .row")).to_have_count(2)
    page.locator("[data-delivered] .row", has_not_text="单位已更正").locator("a").first.click()
    page.get_by_role("link", name="更正", exact=True).click()
    page.fill("[name=why-corrected]", "写错了")
    expect(page.locator("[data-kept]")).to_have_text("草稿已存在本机")
    live.call("tests.browser.phones:corrected", file=who, kind="remark", fields={"text": "单位又改的"})
    phone.go("#/unsent")
    page.get_by_role("button", name="现在发送").click()
    expect(page.locator("[data-open] .row[data-state=draft]")).to_contain_text("原记录单位已更正")


def test_who_signs_in_on_the_phone_of_another_is_told_whose_it_is(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    phone = handset()
    phone.bind()
    phone.offline()
    phone.write(people[0]["id"], "remark", text="还没发")
    live.call("tests.browser.phones:put_away")
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    phone.account = "town"
    phone.sign_in()
    phone.unlock()
    news = phone.page.locator(".phone-news")
    expect(news).to_contain_text("本机属于 village，现在登录的是 town")
    news.get_by_role("link", name="登录").click()
    phone.page.wait_for_selector("#f-username")


def test_an_open_draft_stands_on_today_after_the_page_was_closed(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    phone = half_written(handset, people)
    page = phone.page
    phone.reload()
    phone.unlock()
    phone.go("#/")
    page.get_by_role("link", name="有 1 份草稿没写完").click()
    expect(page.locator("#f-text")).to_have_value("没有写完")


def test_everybody_found_can_be_walked_through(live: Live, handset: Callable[..., Phone]) -> None:
    names = tuple(f"郑多{one}" for one in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地人和春夏秋冬东")
    live.call("tests.browser.phones:people", start=50, names=names)
    phone = handset()
    phone.bind()
    page = phone.page
    phone.go("#/people")
    page.fill("#find", "郑多")
    expect(page.locator("[data-found]")).to_have_text("找到 31 人")
    expect(page.locator("[data-list=people] .row")).to_have_count(30)
    page.get_by_role("button", name="再显示（还有 1 项）").click()
    expect(page.locator("[data-list=people] .row")).to_have_count(31)
    expect(page.locator("[data-list=people] .row a").last).to_be_focused()


def test_an_emptied_phone_gives_its_place_back_and_a_full_account_is_led_to_its_page(
    live: Live, handset: Callable[..., Phone]
) -> None:
    phone = handset()
    phone.bind()
    page = phone.page
    assert live.call("tests.browser.phones:open_phones", account="village") == 1

    def begins() -> None:
        for box in ("#pin", "#pin-again"):
            page.fill(box, PIN)
        page.click("form button.primary")

    phone.go("#/phone")
    page.get_by_text("清空本机", exact=True).click()
    page.get_by_role("button", name="确认清空本机").click()
    expect(page.locator("#device-name")).to_be_visible()
    assert live.call("tests.browser.phones:open_phones", account="village") == 0
    begins()
    page.get_by_role("button", name="锁上").click()
    page.get_by_text("忘了 PIN").click()
    page.get_by_role("button", name="清空本机，重新开始").click()
    expect(page.locator("#device-name")).to_be_visible()
    assert live.call("tests.browser.phones:open_phones", account="village") == 0
    sent = "async (token) => (await fetch('/sync/devices/', {method: 'POST', body: '{}', headers: "
    sent += "{'Content-Type': 'application/json', 'X-CSRFToken': token}})).status"
    token = page.evaluate("async () => (await (await fetch('/phone/shell.json')).json()).token")
    assert [page.evaluate(sent, token) for _ in range(5)] == [201] * 5
    begins()
    expect(page.locator(".error-summary")).to_contain_text("最多登记 5 部手机")
    page.get_by_role("link", name="打开我的账号").click()
    expect(page.locator("#phones")).to_be_visible()


def test_a_page_killed_in_the_middle_of_sending_loses_and_doubles_nothing(
    live: Live, people: list[dict[str, str]], handset: Callable[..., Phone]
) -> None:
    phone = handset()
    phone.bind()
    told = killed_again_and_again(phone, people[0]["id"], kills=6, seed=1)
    there = live.call("tests.browser.phones:entries", file=people[0]["id"], kind="service")
    assert sorted(e["id"] for e in there) == sorted(told)
