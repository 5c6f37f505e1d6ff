"""The education centre in a browser without script: classes, registers, results, certificates, the record."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.test import Client

from guitu.centre import classes
from guitu.store import casefiles, unitfiles
from guitu.store.units import tree
from tests.store.writing import CENTRE, Pen
from tests.web.desk import TODAY, html, links, main, signed_in, text
from tests.web.inside import NAMES, held

ROOT = "/education/"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())


@pytest.fixture
def people(now: datetime) -> list[Pen]:
    return held(now)


@pytest.fixture
def teacher(people: list[Pen]) -> Client:
    return signed_in("teacher", "teacher", CENTRE, name="周老师")


def boxes(page: str) -> dict[str, str]:
    """The hidden boxes of the page's last form."""
    form = main(page).rpartition("<form")[2]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def send(client: Client, address: str, status: int = 302, **typed: str) -> str:
    """Open a form, fill it in, send it; where it leads, or the page that comes back."""
    form = html(client, address)
    answer = client.post(address.partition("?")[0], {**boxes(form), **typed})
    assert answer.status_code == status, text(answer.content.decode())
    return answer["Location"] if status == 302 else answer.content.decode()


COURSE = {
    "title": "电工（初级）",
    "sort": "vocational",
    "first": "2026-11-02",
    "until": "2027-03-01",
    "hours": "120",
    "school": "示例县中等职业学校",
    "capacity": "3",
    "room": "一教室",
    "teacher": "周老师",
    "happened_on": "2026-11-23",
}


def opened(client: Client, **more: str) -> str:
    """A class, by its address."""
    return send(client, f"{ROOT}courses/new/", **{**COURSE, **more}).partition("?")[0]


def with_people(client: Client, at: str, names: tuple[str, ...] = NAMES[:3], on: str = "2026-11-02") -> None:
    page = html(client, f"{at}people/")
    rows = dict(re.findall(r'name="(p\d+)" value="yes"[^>]*aria-label="编入：([^"]+)"', page))
    send(
        client, f"{at}people/", happened_on=on, **{box: "yes" for box, name in rows.items() if name in names}
    )


def with_slot(client: Client, at: str, **more: str) -> str:
    """A weekly hour on Mondays; the address of today's register."""
    send(
        client,
        f"{at}slots/new/",
        **{
            "happened_on": "2026-11-23",
            "weekday": "mon",
            "starts": "8:30",
            "ends": "1010",
            "since": "2026-11-02",
            **more,
        },
    )
    return next(href for href, _ in links(html(client, ROOT), f"{ROOT}register/") if "on=2026-11-23" in href)


def entries(pen: Pen, kind: str) -> list[dict[str, object]]:
    held = casefiles.by_ids([pen.file])
    casefiles.fill(held.values(), unseal=None)
    return [dict(e.fields) for e in held[pen.file].case_file.counted() if e.kind == kind]


def test_a_class_is_opened_and_people_come_onto_its_list_as_trained(
    teacher: Client, people: list[Pen]
) -> None:
    at = opened(teacher)
    with_people(teacher, at)
    page = text(html(teacher, at))
    assert "现有 3 人" in page
    assert "3/3 人" in page
    assert entries(people[0], "training_enrolled")[0]["course"] == "vocational"
    assert entries(people[0], "course_enrolled") == []


def test_nobody_counts_as_trained_for_a_law_class(teacher: Client, people: list[Pen]) -> None:
    at = opened(teacher, title="法律常识", sort="law", school="")
    with_people(teacher, at)
    assert entries(people[0], "training_enrolled") == []
    assert entries(people[0], "course_enrolled")[0]["sort"] == "law"


def test_more_people_than_places_are_refused(teacher: Client) -> None:
    at = opened(teacher, capacity="2")
    page = html(teacher, f"{at}people/")
    ticked = dict.fromkeys(re.findall(r'name="(p\d+)" value="yes"', page), "yes")
    wrong = send(teacher, f"{at}people/", 422, happened_on="2026-11-23", **ticked)
    assert "名额 2 人，已有 0 人，又选了 4 人" in text(wrong)
    assert wrong.count(" checked") >= 4


def test_a_class_with_a_school_says_which_and_never_names_the_centre(teacher: Client) -> None:
    wrong = send(teacher, f"{ROOT}courses/new/", 422, **{**COURSE, "school": ""})
    assert "要写合作学校" in text(wrong)
    wrong = send(teacher, f"{ROOT}courses/new/", 422, **{**COURSE, "title": "第一戒毒所电工班"})
    assert "班名和学校会写在证书上" in text(wrong)
    assert 'value="第一戒毒所电工班"' in wrong


def test_a_clash_of_room_teacher_or_class_is_refused_with_what_clashes(teacher: Client) -> None:
    first = opened(teacher)
    with_people(teacher, first)
    with_slot(teacher, first)
    second = opened(teacher, title="焊工", teacher="吴老师")
    typed = {
        "happened_on": "2026-11-23",
        "weekday": "mon",
        "starts": "09:30",
        "ends": "11:00",
        "since": "2026-11-23",
    }
    wrong = text(send(teacher, f"{second}slots/new/", 422, **typed))
    assert "一教室 08:30–10:10 已安排“电工（初级）”" in wrong
    assert "周老师" not in wrong
    elsewhere = {**typed, "room": "二教室", "teacher": "周老师"}
    wrong = text(send(teacher, f"{second}slots/new/", 422, **elsewhere))
    assert "周老师 08:30–10:10 要上“电工（初级）”" in wrong
    with_people(teacher, second, NAMES[:1], "2026-11-23")
    wrong = text(send(teacher, f"{second}slots/new/", 422, **{**elsewhere, "teacher": "吴老师"}))
    assert "本班 1 人 08:30–10:10 在“电工（初级）”上课" in wrong
    wrong = text(send(teacher, f"{first}slots/new/", 422, **{**elsewhere, "teacher": "吴老师"}))
    assert "这个班 08:30–10:10 已有课" in wrong
    send(teacher, f"{second}slots/new/", **{**elsewhere, "teacher": "吴老师", "starts": "10:10"})


def test_a_weekly_class_is_withdrawn_from_the_class_and_is_taught_no_more(teacher: Client) -> None:
    at = opened(teacher)
    with_slot(teacher, at)
    gone = next(href for href, _ in links(html(teacher, at), "/withdraw/"))
    send(teacher, gone, happened_on="2026-11-23", reason="调课")
    assert "这一天没有课" in text(html(teacher, ROOT))


def test_the_day_shows_what_is_taught_and_which_registers_are_missing(teacher: Client) -> None:
    at = opened(teacher)
    with_people(teacher, at)
    with_slot(teacher, at)
    page = html(teacher, ROOT)
    assert "1 节课，已点名 0；过去 7 天还有 1 节没有点名" in text(page)
    assert "08:30–10:10" in text(page)
    week = text(html(teacher, f"{ROOT}timetable/"))
    assert "电工（初级）" in week
    assert "一教室 周老师" in week


def test_everybody_is_present_but_those_marked_and_only_they_get_an_entry(
    teacher: Client, people: list[Pen]
) -> None:
    at = opened(teacher)
    with_people(teacher, at)
    register = with_slot(teacher, at)
    page = html(teacher, register)
    assert "应到 3 人，不标的都算到课" in text(page)
    order = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)
    number = order.index(NAMES[1]) + 1
    assert send(teacher, register, absent=f"{number}=1", topic="安全用电").endswith("saved=register")
    absent = {pen.place - 700 for pen in people if entries(pen, "class_absence")}
    assert absent == {1}
    (told,) = entries(people[1], "class_absence")
    assert (told["why"], told["starts"], told["sort"]) == ("ill", "08:30", "vocational")
    (kept,) = [e for e in unitfiles.unit_file(tree().find(CENTRE)).counted() if e.kind == "class_held"]
    assert [kept.get(n) for n in ("enrolled", "present", "excused", "unexcused", "minutes")] == [
        3,
        2,
        1,
        0,
        100,
    ]
    assert not {"name", "person"} & set(kept.fields)
    assert "实到 2/3" in text(html(teacher, ROOT))


def test_a_number_without_a_reason_is_never_taken_as_absent_without_one(teacher: Client) -> None:
    at = opened(teacher)
    with_people(teacher, at)
    register = with_slot(teacher, at)
    wrong = send(teacher, register, 422, absent="2 9=1 三")
    assert "第 2 号缺课的原因没有写" in text(wrong)
    assert "没有第 9 号，名单到 3 号" in text(wrong)
    assert "“三”看不懂" in text(wrong)
    assert 'value="2 9=1 三"' in wrong


def test_a_register_filled_in_again_is_corrected_with_a_reason_and_puts_the_files_right(
    teacher: Client, people: list[Pen]
) -> None:
    at = opened(teacher)
    with_people(teacher, at)
    register = with_slot(teacher, at)
    page = html(teacher, register)
    by_name = {name: box for box, name in re.findall(r'name="(p\d+)" aria-label="([^"]+)"', page)}
    first, second = by_name[NAMES[0]], by_name[NAMES[1]]
    send(teacher, register, **{first: "ill", second: "unexcused"})
    wrong = send(teacher, register, 422, **{first: "", second: "visit"})
    assert "请写明更正的原因" in text(wrong)
    send(teacher, register, why="会见没有告知", **{first: "", second: "visit"})
    assert entries(people[0], "class_absence") == []
    assert [e["why"] for e in entries(people[1], "class_absence")] == ["visit"]
    counted = [e for e in unitfiles.unit_file(tree().find(CENTRE)).counted() if e.kind == "class_held"]
    assert [(e.get("present"), e.get("excused"), e.get("unexcused")) for e in counted] == [(2, 1, 0)]


def test_a_register_sent_twice_is_kept_once(teacher: Client, people: list[Pen]) -> None:
    at = opened(teacher)
    with_people(teacher, at)
    register = with_slot(teacher, at)
    form = boxes(html(teacher, register))
    for _ in range(2):
        assert teacher.post(register.partition("?")[0], {**form, "absent": "1=2"}).status_code == 302
    assert sum(len(entries(pen, "class_absence")) for pen in people) == 1


def test_results_of_a_class_are_typed_and_who_failed_sits_again(teacher: Client, people: list[Pen]) -> None:
    at = opened(teacher)
    with_people(teacher, at)
    page = html(teacher, f"{at}exam/")
    by_name = {name: box for box, name in re.findall(r'name="(p\d+)"[^>]*aria-label="分数：([^"]+)"', page)}
    marks = dict(zip((by_name[n] for n in NAMES[:3]), ("81.5", "59", "x"), strict=True))
    wrong = send(
        teacher,
        f"{at}exam/",
        422,
        **{**marks, by_name[NAMES[0]]: "八十"},
        happened_on="2026-11-20",
        **{"pass": "60"},
    )
    assert "“八十”不是分数" in text(wrong)
    assert 'value="59"' in wrong
    send(teacher, f"{at}exam/", **marks, happened_on="2026-11-20", **{"pass": "60"})
    assert [entries(p, "training_exam")[0]["result"] for p in people[:3]] == ["passed", "failed", "absent"]
    again = html(teacher, f"{at}exam/")
    assert NAMES[0] not in text(again)
    send(teacher, f"{at}exam/", happened_on="2026-11-22", **{by_name[NAMES[1]]: "75", "pass": "60"})
    assert [e["sitting"] for e in entries(people[1], "training_exam")] == ["first", "resit"]


def certified(teacher: Client, people: list[Pen]) -> str:
    """A class in which the first person holds a certificate; the address of the person's own copy."""
    at = opened(teacher)
    with_people(teacher, at)
    page = html(teacher, f"{at}exam/")
    box = next(
        b for b, n in re.findall(r'name="(p\d+)"[^>]*aria-label="分数：([^"]+)"', page) if n == NAMES[0]
    )
    send(teacher, f"{at}exam/", happened_on="2026-11-20", **{box: "90", "pass": "60"})
    send(
        teacher,
        f"{at}certificates/",
        happened_on="2026-11-21",
        school="示例县中等职业学校",
        level="五级",
        **{box: "ZS-001"},
    )
    record = next(href for href, n in links(html(teacher, at), f"{ROOT}people/") if n == NAMES[0])
    assert "1 张证书" in text(html(teacher, record))
    return next(href for href, _ in links(html(teacher, record), "/certificates/"))


def test_the_learners_own_certificate_shows_the_school_and_nothing_of_the_centre(
    teacher: Client, people: list[Pen]
) -> None:
    for language in ("zh-hans", "en"):
        if language == "zh-hans":
            address = certified(teacher, people)
        teacher.cookies["guitu_view"] = f"{language}.normal.normal.normal"
        paper = teacher.get(address).content.decode()
        assert "示例县中等职业学校" in paper
        assert NAMES[0] in paper
        assert "ZS-001" in paper
        for betrays in ("戒毒", "强制隔离", "示范", "大队", "归途", "Guitu", "rehabilit", "centre", "周老师"):
            shown = re.sub(r'(?s)<head>.*?</head>|href="[^"]*"|data-printed="[^"]*"|class="[^"]*"', "", paper)
            assert betrays.lower() not in shown.lower(), betrays
        assert re.search(r"<title>(证书|Certificate)</title>", paper)


def test_a_certificate_that_would_name_the_centre_is_refused(teacher: Client, people: list[Pen]) -> None:
    at = opened(teacher)
    with_people(teacher, at)
    page = html(teacher, f"{at}exam/")
    box = re.findall(r'name="(p\d+)"', page)[0]
    send(teacher, f"{at}exam/", happened_on="2026-11-20", **{box: "90", "pass": "60"})
    wrong = send(
        teacher,
        f"{at}certificates/",
        422,
        happened_on="2026-11-21",
        school="示范强制隔离戒毒所",
        **{box: "1"},
    )
    assert "证书不写戒毒所的名字" in text(wrong)


def test_who_leaves_is_off_the_list_the_day_after(teacher: Client, people: list[Pen]) -> None:
    at = opened(teacher)
    with_people(teacher, at)
    page = html(teacher, f"{at}leave/")
    box = re.findall(r'name="(p\d+)"', page)[0]
    send(teacher, f"{at}leave/", happened_on="2026-11-22", **{box: "released"})
    page = text(html(teacher, at))
    assert "现有 2 人" in page
    assert "解除出所" in page


def test_entry_education_says_from_when_it_is_a_month(teacher: Client, people: list[Pen]) -> None:
    from guitu.access import house
    from guitu.store import gate

    gate.record_many(
        [
            people[0].entry("entry_education_begun", "2026-10-23"),
            people[1].entry("entry_education_begun", "2026-11-01"),
            people[2].entry("entry_education_begun", "2026-10-01"),
            people[2].entry("entry_education_done", "2026-10-20", result="passed"),
        ],
        actor=house(),
        now=datetime.fromisoformat("2026-11-23T09:00:00+08:00"),
    )
    page = text(html(teacher, f"{ROOT}entry/"))
    assert "3 人正在入所教育" in page
    assert "已满一个月，可以结束" in page
    assert "还有 8 天" in page
    assert "2026-10-20 结束，不满一个月" in page


def test_the_funnel_asks_for_figures_that_are_not_there_yet(teacher: Client) -> None:
    page = text(html(teacher, f"{ROOT}funnel/"))
    assert "guitu indicators refresh" in page


@pytest.mark.parametrize(
    ("role", "unit", "status"),
    [
        ("centre_head", CENTRE, 200),
        ("doctor", CENTRE, 403),
        ("coach", CENTRE, 403),
        ("town_office", "469023100", 403),
        ("teacher", "469023100", 200),
    ],
)
def test_for_whom_the_pages_are_there(role: str, unit: str, status: int, people: list[Pen]) -> None:
    client = signed_in("somebody", role, unit, name="某某")
    page = html(client, ROOT, status)
    assert ("您的岗位不在戒毒所" in text(page)) == (unit == "469023100" and status == 200)


def test_another_centres_class_is_not_there(teacher: Client) -> None:
    at = opened(teacher)
    stranger = signed_in("stranger", "teacher", "469023100", name="某某")
    assert stranger.get(at).status_code == 404
    assert stranger.post(f"{at}people/", {}).status_code == 404


def test_marks_are_read_as_they_are_typed() -> None:
    found, faults = classes.marks("3=1，7-6 １２=2", 12)
    assert found == {3: "ill", 7: "unexcused", 12: "care"}
    assert faults == ()
    assert date(2026, 11, 23).weekday() == 0
