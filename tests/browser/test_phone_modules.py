"""What the phone's modules decide, asked in the browser that runs them: how far an entry is, who is found,
what is due, which PIN will do, and what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live

pytestmark = pytest.mark.browser

Ask = Callable[[str, str], Any]


@pytest.fixture
def ask(live: Live, page: Page) -> Ask:
    """`ask("outbox", "m.counts([])")`: what an expression says of a module `m`."""
    page.goto(live.url + "/about/")
    files = page.request.get(live.url + "/phone/shell.json").json()["files"]

    def answer(module: str, expression: str) -> Any:
        (address,) = [f for f in files if f"/phone/{module}." in f and f.endswith(".js")]
        body = expression if "return" in expression else f"return {expression}"
        # the page's policy lets no text be run as script: a module is imported by an evaluation from outside
        return page.evaluate(f"async () => {{ const m = await import('{address}'); {body}; }}")

    return answer


MADE = """
const made = (id, at) => m.ready(m.draft(id, { kind: 'remark', file: 'f' }, { at }), at);
const receipt = (id, more = {}) => (
  { id, state: 'receipt', receipt: { digest: 'd' + id, short: 'S' }, wanted: [], ...more });
"""


def test_only_a_receipt_makes_an_entry_delivered(ask: Ask) -> None:
    found = ask(
        "outbox",
        MADE
        + """
        const going = m.begun(made('a', 1));
        return [
          m.answered(going, receipt('a'), 5).state,
          m.answered(going, { state: 'refused', said: {} }, 5).state,
          m.answered(going, { state: 'other_content' }, 5).state,
          m.answered(going, { state: 'retry' }, 5).state,
          m.answered(going, receipt('a', { beside: [{ id: 'b' }] }), 5).state,
          m.interrupted(going).state,
          m.answered(m.interrupted(going), { state: 'refused' }, 5).state,
          m.answered(m.interrupted(going), receipt('a'), 5).state,
        ]""",
    )
    assert found == [
        "delivered", "returned", "conflict", "waiting", "conflict", "waiting", "waiting", "delivered"
    ]  # fmt: skip


def test_what_was_sent_once_is_never_changed_only_corrected(ask: Ask) -> None:
    found = ask(
        "outbox",
        MADE
        + """
        const refuses = (does) => {
          try { does(); return false; } catch (fault) { return fault instanceof m.NotNow; }
        };
        const waiting = made('a', 1);
        const tried = m.interrupted(m.begun(waiting));
        return [
          m.takenBack(waiting).state,
          refuses(() => m.takenBack(tried)),
          refuses(() => m.typed(waiting, {})),
          refuses(() => m.anew(tried, 'b', 2)),
          refuses(() => m.begun(m.begun(waiting))),
        ]""",
    )
    assert found == ["draft", True, True, True, True]


def test_a_returned_entry_is_kept_until_the_one_written_anew_has_its_receipt(ask: Ask) -> None:
    found = ask(
        "outbox",
        MADE
        + """
        const old = m.answered(m.begun(made('a', 1)), { state: 'refused', said: {} }, 5);
        const anew = m.ready(m.anew(old, 'b', 6), 7);
        const before = m.replaced([old, anew]);
        const arrived = m.answered(m.begun(anew), receipt('b'), 8);
        return [before, m.unsent([old, anew]), m.replaced([old, arrived]), anew.instead]""",
    )
    assert found == [[], 1, ["a"], "a"]


def test_what_came_back_twice_names_every_version_and_goes_as_one(ask: Ask) -> None:
    found = ask(
        "outbox",
        MADE
        + """
        const back = (item) => m.answered(m.begun(item), { state: 'refused', said: {} }, 5);
        const one = back(made('a', 1));
        const two = back(m.ready(m.anew(one, 'b', 6), 7));
        const three = m.ready(m.anew(two, 'c', 8), 9);
        const draft = m.anew(two, 'd', 8);
        const arrived = m.answered(m.begun(three), receipt('c'), 10);
        return [
          three.before, three.instead, m.unsent([one, two, three]), m.replaced([one, two, three]),
          m.replaced([one, two, arrived]), m.replaced([one, arrived]), m.unsent([one, arrived]),
          m.letGo(two, [one, two]), m.letGo(draft, [one, two, draft]),
        ]""",
    )
    assert found == [["a"], "b", 1, [], ["a", "b"], ["a"], 0, ["b", "a"], ["d"]]


def test_of_an_entry_that_was_corrected_the_newest_version_is_found(ask: Ask) -> None:
    found = ask(
        "outbox",
        MADE
        + """
        const after = (id, corrects, at) => m.ready(
          m.draft(id, { kind: 'remark', file: 'f', corrects }, { at }), at);
        const [a, b, c] = [made('a', 1), after('b', 'a', 2), after('c', 'b', 3)];
        const twice = after('d', 'a', 4);
        const back = m.answered(m.begun(after('e', 'c', 5)), { state: 'refused', said: {} }, 6);
        const anew = m.ready(m.anew(back, 'g', 7), 8);
        const begun = m.draft('h', { kind: 'remark', file: 'f', corrects: 'a' }, { at: 9 });
        const void_ = (id, corrects) => {
          const made = after(id, corrects, 9);
          return { ...made, content: { ...made.content, kind: 'void' } };
        };
        return [
          m.newest(a, [a]), m.newest(a, [a, b, c]), m.newest(b, [a, b, c]), m.newest(a, [a, b, c, twice]),
          m.newest(a, [a, b, c, back, anew]), m.newest(a, [a, begun]),
          m.newest(a, [a, b, void_('v', 'a')]), m.newest(a, [a, b, void_('v', 'b')]),
          m.newest(b, [a, b, void_('v', 'b')]),
        ].map((item) => item.id)""",
    )
    assert found == ["a", "c", "c", "d", "g", "a", "v", "a", "v"]


def test_a_server_that_went_back_is_sent_again_what_it_lacks(ask: Ask) -> None:
    found = ask(
        "outbox",
        MADE
        + """
        const kept = new Map();
        for (const id of ['a', 'b', 'c']) kept.set(id, m.answered(m.begun(made(id, 1)), receipt(id), 5));
        kept.set('d', made('d', 9));
        const log = [];
        const work = m.delivery(() => [...kept.values()], { known: 'one' });
        let step = work.next();
        while (!step.done) {
          const wish = step.value;
          let came;
          if (wish.do === 'keep') {
            for (const item of wish.items) kept.set(item.id, item);
            if (wish.epoch) log.push(wish.epoch);
          } else if (wish.do === 'send') {
            log.push(wish.items.map((item) => item.id).join(''));
            came = { results: wish.items.map((item) => receipt(item.id)), epoch: 'two', mark: 'm', at: 1 };
          } else {
            log.push('?' + wish.sent.map(([id]) => id).sort().join(''));
            came = { missing: ['a', 'c'], epoch: 'two' };
          }
          step = work.next(came);
        }
        return [log, m.counts([...kept.values()]).delivered]""",
    )
    assert found == [["d", "?abcd", "two", "ac", "two"], 4]


def test_search_finds_by_name_pinyin_and_tail_and_puts_first_whose_name_begins_so(ask: Ask) -> None:
    found = ask(
        "search",
        """
        const people = [
          { id: '1', no: 'A-1', name: '王小海', reading: ['wangxiaohai', 'xiaohai', 'hai', 'wxh', 'xh'],
            id_tail: '012X', unit_name: '东坡村' },
          { id: '2', no: 'A-2', name: '海小王', reading: ['haixiaowang', 'hxw'],
            id_tail: '3344', unit_name: '南园村' },
        ];
        const rows = people.map((person) => m.rowOf(person, 1));
        const texts = rows.map(m.foundBy);
        const by = (typed) => m.search(rows, texts, typed).map((row) => row.id).join('');
        return [by('海'), by('wxh'), by('012x'), by('东坡 小海'), by('\uff38\uff29\uff21\uff2f'),
          by('没有'), by(''), rows[0].reading]""",
    )
    assert found == ["21", "1", "1", "1", "12", "", "12", "wangxiaohai wxh"]


def test_all_that_are_found_can_be_shown(ask: Ask) -> None:
    found = ask(
        "search",
        """
        const one = { no: "A", name: "王", reading: ["wang"] };
        const people = [...Array(45).keys()].map((n) => ({ ...one, id: String(n) }));
        const rows = people.map((person) => m.rowOf(person, 1));
        return ['', 'wang'].map((typed) => m.search(rows, rows.map(m.foundBy), typed).length)""",
    )
    assert found == [45, 45]


def test_what_is_due_stands_by_its_day_and_what_has_not_opened_is_left_out(ask: Ask) -> None:
    found = ask(
        "search",
        """
        const row = m.rowOf({ id: '1', no: '', name: '', duties: [
          { name: 'late', due: '2026-11-20' },
          { name: 'now', due: '2026-11-23', opens_on: '2026-11-01' },
          { name: 'soon', due: null, opens_on: null },
          { name: 'week', due: '2026-11-30', opens_on: '2026-11-20' },
          { name: 'closed', due: '2026-11-29', opens_on: '2026-11-28' },
          { name: 'far', due: '2027-01-01' },
        ] }, 1);
        const found = m.dueList([row], '2026-11-23', '2026-11-30');
        const names = (list) => list.map((one) => one.duty[0]);
        return { late: names(found.late), today: names(found.today), week: names(found.week) }""",
    )
    assert found == {"late": ["late"], "today": ["soon", "now"], "week": ["week"]}


def test_a_pin_that_anybody_would_guess_is_refused_and_waiting_grows(ask: Ask) -> None:
    assert ask("vault", "['12345', '111111', '123456', '987654', '27491a', '274913'].map(m.weak)") == [
        "short", "simple", "simple", "simple", "short", ""
    ]  # fmt: skip
    waits = ask("vault", "[1, 4, 5, 6, 9, 30].map(m.waitAfter)")
    assert waits == [0, 0, 30_000, 60_000, 480_000, 3_600_000]


def test_answers_are_checked_as_the_kind_declares_them(ask: Ask) -> None:
    found = ask(
        "form",
        """
        const label = (zh) => ({ zh, en: zh });
        const form = { day: label('日期'), fields: [
          { name: 'met', label: label('见到'), type: 'choice', required: true,
            choices: [{ value: 'yes' }, { value: 'no' }] },
          { name: 'why', label: label('原因'), type: 'text', required: true, only_when: { met: ['no'] } },
          { name: 'n', label: label('次数'), type: 'whole', least: 1, most: 9 },
          { name: 'g', label: label('重量'), type: 'decimal', places: 1 },
        ] };
        const told = (typed) => m.answersOf(form, typed, '2026-11-23');
        const good = told({ happened_on: '1122', met: 'yes', why: 'left over', n: '３', g: '60.5' });
        const bad = told({ happened_on: '2026-11-24', met: 'no', n: '12', g: '60.55' });
        return [good.day, good.fields, good.faults, Object.keys(bad.faults).sort()]""",
    )
    assert found == [
        "2026-11-22", {"met": "yes", "n": 3, "g": "60.5"}, {}, ["g", "happened_on", "n", "why"]
    ]  # fmt: skip


def test_times_of_day_are_read_as_offices_type_them(ask: Ask) -> None:
    typed = "['0930', '930', '9:30', '０９：３０', '9点30分', '5', '25:10', '9:75', '上午']"
    found = ask(
        "form",
        f"""
        const label = {{ zh: '时间', en: 'Time' }};
        const field = {{ name: 't', label, type: 'whole', least: 0, most: 2359, clock: true }};
        const told = (t) => m.answersOf(
          {{ day: label, fields: [field] }}, {{ happened_on: '1122', t }}, '2026-11-23');
        return {typed}.map((t) => told(t).fields.t ?? told(t).faults.t)""",
    )
    wrong = "时间不是一天中的时间，请写成四位数字，如 1405"
    assert found == [930, 930, 930, 930, 930, 5, wrong, wrong, wrong]


def test_days_are_read_as_offices_type_them(ask: Ask) -> None:
    typed = "['20261123', '2026.11.3', '1123', '今天', '-1', '2026-13-5', '2026-02-30', 'x']"
    assert ask("dom", f"{typed}.map((t) => m.readDay(t, '2026-11-23'))") == [
        "2026-11-23", "2026-11-03", "2026-11-23", "2026-11-23", "2026-11-22", None, None, None
    ]  # fmt: skip
