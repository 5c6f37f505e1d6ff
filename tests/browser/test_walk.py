"""The newcomer's walk: `guitu demo`, two ledgers as offices keep them, a person understood, a test recorded.

One long test in the order in which somebody new goes through the house, axe on every page along the way.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIXTURES = ROOT / "tests" / "exchange" / "fixtures"
ROSTER = FIXTURES / "facility_roster.xlsx"
COMMUNITY = FIXTURES / "community_and_tests.xlsx"
TODAY = "2020-06-28"
PEOPLE = "150"
STARTS_WITHIN = 120

Axe = Callable[..., None]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration, as `make demo` starts it, on the day of the fixtures."""
    home = tmp_path_factory.mktemp("walk")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUITU_")}
    environment = {
        **kept,
        "GUITU_TODAY": TODAY,
        "DJANGO_SETTINGS_MODULE": "tests.live_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    command = [sys.executable, "-m", "guitu.cli.main", "demo", "--home", str(home / "demo"), "--no-open"]
    command += ["--people", PEOPLE, "--port", port]
    with (home / "log").open("w+b") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, server, home / "log")
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(address + "/sign-in/", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(log.read_text())


def sign_in(page: Page, demo: str, username: str) -> None:
    """Press a demo account on the sign-in page."""
    page.goto(demo + "/")
    page.click(f".demo-accounts form:has(input[value='{username}']) button")
    expect(page.locator("h1")).to_have_text("今日")


def send(page: Page, path: Path) -> None:
    """Ledgers, choose the file, send."""
    page.click(".places a[data-page=ledgers]")
    expect(page.locator("h1")).to_have_text("台账")
    page.set_input_files("#f-file", path)
    page.click("button:has-text('上传并核对')")
    expect(page.locator("h1")).to_have_text("核对台账")


def import_(page: Page, rows: int) -> None:
    """Press the button and wait for the result."""
    page.click(f"button:has-text('导入可用的 {rows} 行')")
    expect(page.locator("h1")).to_have_text("导入结果", timeout=60_000)
    expect(page.locator(".notice.fresh")).to_contain_text(f"已导入 {rows} 行")


def see_faults(page: Page, path: Path, axe: Axe) -> None:
    """Every fault and every remark that is expected stands in its row, under its column."""
    said = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    for no, sheet in enumerate(said["sheets"]):
        if len(said["sheets"]) > 1:
            page.locator(".tabs a").nth(no).click()
        for severity, chip, mark in (("error", "只看退回行", "✕"), ("warning", "只看提示", "◇")):
            wanted = [
                p for p in said["problems"] if p["sheet"] == sheet["sheet"] and p["severity"] == severity
            ]
            if not wanted:
                continue
            page.click(f".chip:has-text('{chip}')")
            expect(page.locator(f".chip[aria-current]:has-text('{chip}')")).to_be_visible()
            axe(page)
            for problem in wanted:
                cell = in_place(page, problem["row"], problem["column"])
                expect(cell.locator(".cell-said")).to_be_visible()
                expect(cell.locator(".cell-said")).to_contain_text(mark)
            expect(page.locator("#rows tbody tr")).to_have_count(len({p["row"] for p in wanted}))


def in_place(page: Page, row: int, column: str) -> Locator:
    """The cell of a row under a heading."""
    line = page.locator(f"#r{row}")
    expect(line.locator("th")).to_have_text(f"第 {row} 行")
    heads = page.locator("#rows thead th").all_inner_texts()
    at = next(n for n, head in enumerate(heads) if re.fullmatch(rf"[A-Z]+ {re.escape(column)}", head.strip()))
    return line.locator("td").nth(at - 1)


def names(path: Path, sheet: str) -> set[str]:
    """Everybody in a sheet of a fixture."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    head = next(row for row in rows if "姓名" in [str(c).strip() for c in row])
    at = [str(c).strip() for c in head].index("姓名")
    return {re.sub(r"\s", "", str(row[at])) for row in rows if row[at]}


def test_the_newcomers_walk(demo: str, page: Page, axe: Axe) -> None:
    page.goto(demo + "/")
    axe(page)

    # A centre's intake officer sends the roster of admissions, sees what is wrong with it, imports the rest.
    sign_in(page, demo, "intake")
    axe(page)
    send(page, ROSTER)
    expect(page.locator("main")).to_contain_text("115 行可以导入，15 行有误退回。还没有写入任何内容。")
    see_faults(page, ROSTER, axe)
    import_(page, 115)
    axe(page)
    with page.expect_download() as held:
        page.click("a:has-text('下载退回行')")
    assert held.value.suggested_filename == "facility_roster_退回行.xlsx"
    page.click(".leave button")

    # The county's office sends the community ledger with its tests.
    sign_in(page, demo, "county")
    send(page, COMMUNITY)
    expect(page.locator("main")).to_contain_text("247 行可以导入，9 行有误退回。")
    see_faults(page, COMMUNITY, axe)
    import_(page, 247)
    axe(page)

    # On Today a test is due for one of the people just imported.
    page.click("a:has-text('打开今日')")
    expect(page.locator("h1")).to_have_text("今日")
    page.goto(demo + "/?duty=routine_test&size=100")
    axe(page)
    imported = names(COMMUNITY, "社戒社康")
    lines = page.locator("li.due:has(.due-do)")
    shown = lines.locator(".due-who a").all_inner_texts()
    at = next(n for n, name in enumerate(shown) if name in imported)
    name, identifier = shown[at], lines.nth(at).get_attribute("id")
    line = page.locator(f"#{identifier}")
    line.locator(".due-why > summary").click()
    expect(line.locator(".why-body")).to_contain_text("第")
    expect(line.locator(".why-steps")).to_be_visible()
    axe(page)

    # The person's file: where they stand, the term, and how each of its days was worked out.
    line.locator(".due-who a").click()
    expect(page.locator("main")).to_contain_text(name)
    expect(page.locator("main")).to_contain_text("社区")
    expect(page.locator(".term .term-end").first).to_be_visible()
    expect(page.locator(".term .term-sum").first).to_contain_text("年")
    page.locator(".term summary").first.click()
    expect(page.locator(".term .why-body").first).to_contain_text("第")
    axe(page)
    people = page.locator(".places a[data-page=people]")
    people.click()
    expect(page.locator("h1")).to_have_text("人员")
    page.fill("#people-q", name)
    page.click(".people-find button.primary")
    expect(page.locator(".list tbody tr").filter(has_text=name).first).to_be_visible()
    axe(page)

    # Back on Today the test is recorded where it stands.
    page.goto(demo + "/?duty=routine_test&size=100")
    page.locator(f"#{identifier} .due-do").click()
    form = page.locator(f"#{identifier} form")
    expect(form).to_be_visible()
    axe(page)
    fill(form)
    form.locator("button.primary").click()
    expect(page.locator(f"#{identifier}.done")).to_contain_text("已办")
    expect(page.locator("#status")).to_contain_text("已登记")
    axe(page)


def fill(form: Locator) -> None:
    """A test that was taken today, with a negative result and two testers."""
    form.locator("input[name=outcome][value=taken]").check()
    form.locator("input[name=result][value=negative]").check()
    for name, tester in (("tester_1", "韩兰"), ("tester_2", "梁文宇")):
        box = form.locator(f"input[name={name}]")
        if box.count():
            box.fill(tester)
