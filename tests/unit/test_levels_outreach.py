"""Outreach worked out: requests and plans with what became of them, who was never reached, reach out of a
table, photos without what a camera notes, and text that stays text."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.zone import CHINA
from guitu.levels.outreach import coverage, diary, reach
from guitu.levels.outreach.chains import Chains
from guitu.levels.outreach.photos import MOST_BYTES, NoPhoto, cleaned
from guitu.levels.site.text import first_words, html_of

TODAY = date(2026, 11, 23)


class Notes:
    """Entries that count up, of one invented file."""

    def __init__(self) -> None:
        self.all: list[Entry] = []

    def add(self, kind: str, on: str, /, corrects: Entry | None = None, **fields: Any) -> Entry:
        made = Entry(
            id=UUID(int=len(self.all) + 1), file=UUID(int=99), kind=kind, happened_on=date.fromisoformat(on),
            recorded_at=datetime(2026, 11, 1, 9, len(self.all), tzinfo=CHINA), author="x", unit="46",
            fields=fields, corrects=corrects.id if corrects else None, reason="改" if corrects else "",
        )  # fmt: skip
        assert kinds()[kind].faults(fields) == [] or kind == "void", kinds()[kind].faults(fields)
        self.all.append(made)
        return made

    def plan(self, day: str, /, **more: Any) -> Entry:
        given = {"planned_on": date.fromisoformat(day), "topic": "健康", "venue": "礼堂", "public": "no"}
        return self.add("talk_planned", "2026-11-01", **{**given, **more})

    @property
    def chains(self) -> Chains:
        return Chains(self.all)


# ── requests and plans ────────────────────────────────────────────────────────────────────────────


def test_a_request_waits_until_it_is_planned_or_declined_and_again_when_the_plan_is_called_off() -> None:
    notes = Notes()
    first = notes.add("talk_request", "2026-11-03", asked_by="甲校", sort="school")
    second = notes.add("talk_request", "2026-11-10", asked_by="乙校", sort="school")
    third = notes.add("talk_request", "2026-11-12", asked_by="丙厂", sort="firm")
    plan = notes.plan("2026-12-01", request=str(first.id))
    notes.add("talk_request_declined", "2026-11-13", to=str(third.id), reason="没有讲师")

    def states() -> dict[str, str]:
        return {str(r.entry.get("asked_by")): r.state for r in diary.requests(notes.chains, TODAY)}

    assert states() == {"甲校": "planned", "乙校": "waiting", "丙厂": "declined"}
    assert diary.requests(notes.chains, TODAY)[0].entry.id == second.id
    notes.add("talk_cancelled", "2026-11-20", to=str(plan.id), reason="台风")
    assert states()["甲校"] == "waiting"
    assert [r.days for r in diary.requests(notes.chains, TODAY)][:2] == [20, 13]


def test_a_plan_is_held_once_an_event_names_it_also_after_it_was_moved() -> None:
    notes = Notes()
    asked = notes.add("talk_request", "2026-11-03", asked_by="甲校", sort="school")
    plan = notes.plan("2026-11-20", request=str(asked.id))
    assert [p.state for p in diary.plans(notes.chains, TODAY)] == ["unreported"]
    moved = notes.add("talk_planned", "2026-11-01", plan, **{**plan.fields, "planned_on": TODAY})
    assert [p.state for p in diary.plans(notes.chains, TODAY)] == ["today"]
    notes.add("outreach_event", "2026-11-23", form="talk", given_by="lecturers", plan=str(plan.id))
    (one,) = diary.plans(notes.chains, TODAY)
    assert (one.state, one.entry.id) == ("held", moved.id)
    assert [r.state for r in diary.requests(notes.chains, TODAY)] == ["held"]


def test_a_speakers_hours_are_those_of_the_last_year_and_the_ended_stand_last() -> None:
    notes = Notes()
    gone = notes.add("lecturer", "2020-01-01", name="甲", until=date(2026, 11, 23))
    here = notes.add("lecturer", "2024-01-01", name="乙")
    for on, hours in (("2026-03-01", 6), ("2024-03-01", 40)):
        notes.add("lecturer_training", on, to=str(here.id), topic="讲法", hours=hours, result="attended")
    plan = notes.plan("2026-11-20", lecturer=str(here.id))
    notes.plan("2026-12-20", lecturer=str(here.id))
    notes.add("outreach_event", "2026-11-20", form="talk", given_by="lecturers", plan=str(plan.id))
    one, last = diary.speakers(notes.chains, TODAY)
    assert (one.hours, one.held, one.coming, len(one.trainings)) == (6, 1, 1, 2)
    assert (last.entry.id, last.ended) == (gone.id, True)


def test_what_is_left_of_a_material_is_what_came_in_less_what_went_out() -> None:
    notes = Notes()
    what = notes.add("outreach_material", "2026-01-01", title="折页", form="leaflet", copies=100)
    notes.add("material_given", "2026-02-01", to=str(what.id), copies=70)
    notes.add("material_given", "2026-03-01", to=str(what.id), copies=50)
    (one,) = diary.stocks(notes.chains)
    assert (one.given, one.left) == (120, -20)


# ── coverage ──────────────────────────────────────────────────────────────────────────────────────

PATHS = {"v1": ("46", "c", "t", "v1"), "v2": ("46", "c", "t", "v2"), "t": ("46", "c", "t")}


def test_an_event_reaches_its_place_and_those_above_and_the_net_reaches_no_place() -> None:
    notes = Notes()
    common = {"form": "talk", "given_by": "office", "counted": "signed"}
    notes.add("outreach_event", "2026-05-01", **common, audience=40, place="v1")
    notes.add("outreach_event", "2025-05-01", **common, audience=30, place="v2")
    notes.add("outreach_event", "2026-06-01", **{**common, "form": "online"}, audience=9000, place="v2")
    notes.add("outreach_event", "2026-07-01", form="show", given_by="office", place="t")
    found = coverage.of_places(
        notes.chains.of("outreach_event"), lambda e: PATHS[str(e.get("place"))], date(2026, 1, 1), TODAY
    )
    assert (found["v1"].events, found["v1"].audience) == (1, 40)
    assert (found["v2"].events, found["v2"].audience, found["v2"].last) == (0, 0, date(2025, 5, 1))
    assert (found["t"].events, found["t"].audience, found["t"].last) == (2, 40, date(2026, 7, 1))
    assert found["46"].events == 2


def test_schools_never_reached_stand_first_and_a_corrected_name_keeps_its_talks() -> None:
    notes = Notes()
    school = notes.add("outreach_target", "2026-01-01", name="甲校", sort="school")
    notes.add("outreach_target", "2026-01-01", name="乙厂", sort="firm")
    notes.add("outreach_target", "2026-01-01", name="撤并校", sort="school", until=date(2026, 9, 1))
    notes.add("outreach_event", "2026-05-01", form="talk", given_by="lecturers", target=str(school.id))
    notes.add("outreach_target", "2026-01-01", school, name="甲一校", sort="school")
    names = [(str(e.get("name")), r.last) for e, r in coverage.of_targets(notes.chains, TODAY, TODAY)]
    assert names == [("乙厂", None), ("甲一校", date(2026, 5, 1))]


# ── reach out of a table ──────────────────────────────────────────────────────────────────────────

HEAD = ["渠道", "类型", "起始日期", "截止日期", "浏览次数", "转发次数", "关注人数"]
KIND = kinds()["channel_reach"]


def table(*rows: list[str], known: tuple[Entry, ...] = (), head: list[str] | None = None) -> reach.Table:
    return reach.read([head or HEAD, *rows], KIND, known, TODAY)


def faults(read: reach.Table) -> list[tuple[int, str]]:
    return [(f.row, f.column) for f in read.faults]


def test_a_table_is_read_as_platforms_write_it() -> None:
    read = table(
        ["示例号", "微信公众号", "2026年10月1日", "2026/10/31", "１２,345", "", "90"],
        ["", "", "", "", "", "", ""],
        ["示例号", "公众号", "20261101", "2026-11-22 00:00:00", "7", "1", ""],
    )
    assert read.faults == ()
    first, second = read.rows
    assert (first.last, first.fields) == (
        date(2026, 10, 31),
        {"channel": "示例号", "sort": "wechat", "first": date(2026, 10, 1), "views": 12345, "followers": 90},
    )
    assert (second.row, second.last) == (4, date(2026, 11, 22))


def test_every_fault_is_told_by_row_and_column() -> None:
    read = table(
        ["示例号", "公众号", "2026-10-01", "2026-10-31", "1.2万", "", ""],
        ["示例号", "杂志", "2026-13-01", "2026-12-31", "5", "-1", ""],
        ["", "直播", "2026-10-31", "2026-10-01", "5", "", ""],
        ["直播间", "直播", "2026-10-31", "2026-10-01", "5", "", ""],
    )
    assert faults(read) == [
        (2, "浏览次数"), (3, "类型"), (3, "起始日期"), (3, "转发次数"), (3, "截止日期"), (4, "渠道"),
        (5, "截止日期"),
    ]  # fmt: skip


def test_days_that_overlap_would_count_twice_in_the_table_and_with_what_is_there() -> None:
    notes = Notes()
    there = notes.add("channel_reach", "2026-09-30", channel="示例号", sort="wechat",
                      first=date(2026, 9, 1), views=5)  # fmt: skip
    row = ["示例号", "公众号", "2026-10-01", "2026-10-31", "5", "", ""]
    again = ["示例号", "公众号", "2026-10-31", "2026-11-10", "5", "", ""]
    before = ["示例号", "公众号", "2026-09-30", "2026-09-30", "5", "", ""]
    other = ["别的号", "公众号", "2026-10-31", "2026-11-10", "5", "", ""]
    assert faults(table(row, again, other, known=(there,))) == [(3, "")]
    assert "第 2 行" in table(row, again).faults[0].label.zh
    assert "已登记" in table(before, known=(there,)).faults[0].label.zh


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "没有内容"),
        ([["", ""]], "没有内容"),
        ([HEAD], "没有数据"),
        ([["渠道", "类型"], ["a", "b"]], "起始日期"),
    ],
)
def test_a_table_without_rows_or_headings_says_so(rows: list[list[str]], said: str) -> None:
    assert said in reach.read(rows, KIND, (), TODAY).faults[0].label.zh


def test_the_headings_of_the_template_are_read_back() -> None:
    row = ["示例号", "公众号", "2026-10-01", "2026-10-31", "5", "1", "2"]
    assert table(row, head=list(reach.headings(KIND))).faults == ()


# ── photos ────────────────────────────────────────────────────────────────────────────────────────


def png(width: int = 3, height: int = 2, *extra: tuple[bytes, bytes]) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(min(width, 9)) for _ in range(min(height, 9))))
    middle = b"".join(chunk(*one) for one in extra)
    end = chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + middle + chunk(b"IDAT", body) + end


def jpeg(*segments: bytes, tail: bytes = b"") -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 20, 30, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\xff\xd0\x34"
    return b"\xff\xd8" + b"".join(segments) + frame + scan + b"\xff\xd9" + tail


def exif(turned: int, secret: bytes = b"19.9N 110.3E") -> bytes:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0)
    body = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + secret
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def test_a_photo_keeps_its_picture_and_loses_place_device_and_comments() -> None:
    comment = b"\xff\xfe" + struct.pack(">H", 10) + b"my phone"
    photo = cleaned(jpeg(exif(1), comment, tail=b"SECOND PICTURE"))
    assert (photo.width, photo.height, photo.suffix, photo.type) == (30, 20, "jpg", "image/jpeg")
    assert photo.content == jpeg()
    kept = cleaned(png(3, 2, (b"tEXt", b"Author\0somebody"), (b"eXIf", b"19.9N")))
    assert (kept.content, kept.width, kept.height) == (png(3, 2), 3, 2)


def test_a_photo_that_lies_on_its_side_keeps_the_note_that_says_so_and_nothing_else() -> None:
    photo = cleaned(jpeg(exif(6)))
    assert (photo.width, photo.height) == (20, 30)
    assert b"110.3E" not in photo.content
    assert cleaned(photo.content) == photo


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"\0\0\0\x18ftypheic", b"<svg/>", jpeg()[:30], jpeg()[:-2], png()[:40], png()[:-4],
     png(0, 5), png(6001, 5), bytes(MOST_BYTES + 1), b"\xff\xd8\xff\xe0\0\0", b"\xff\xd8\xff"],
)  # fmt: skip
def test_what_is_no_whole_photo_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(NoPhoto) as refused:
        cleaned(content)
    assert refused.value.label.zh


# ── text ──────────────────────────────────────────────────────────────────────────────────────────


def test_marks_become_paragraphs_headings_lists_and_links_and_everything_else_stays_text() -> None:
    said = "第一段\n接着\n\n## 小标题\n- 一\n- 二\n\n看 https://example.org/a?b=1&c=2。\n<script>x</script>"
    assert html_of(said) == (
        "<p>第一段<br>接着</p>\n<h2>小标题</h2>\n<ul><li>一</li><li>二</li></ul>\n"
        '<p>看 <a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">'
        "https://example.org/a?b=1&amp;c=2</a>。<br>&lt;script&gt;x&lt;/script&gt;</p>"
    )
    assert html_of('javascript:alert(1) "https://a.b/"x') == (
        '<p>javascript:alert(1) &quot;<a href="https://a.b/" rel="noopener noreferrer">https://a.b/</a>'
        "&quot;x</p>"
    )


def test_the_first_words_are_one_line_without_marks() -> None:
    assert first_words("## 题\n\n- 一\n二") == "题 一 二"
    assert len(first_words("字" * 500)) == 110


def test_an_identity_number_never_stands_in_a_text_for_the_public() -> None:
    kind = kinds()["site_article"]
    given = {"title_zh": "题", "section": "news", "body_zh": "见 98010119900305001X。", "shown": "yes"}
    assert [f.field for f in kind.faults(given)] == ["body_zh"]
    assert kind.faults({**given, "body_zh": "电话 000-0000000，编号 202611230000000012345。"}) == []


def test_a_withdrawn_answer_no_longer_answers() -> None:
    notes = Notes()
    asked = notes.add("talk_request", "2026-11-03", asked_by="甲校", sort="school")
    no = notes.add("talk_request_declined", "2026-11-04", to=str(asked.id), reason="x")
    gone = replace(no, id=UUID(int=500), kind="void", fields={}, corrects=no.id, reason="弄错了")
    (one,) = diary.requests(Chains([*notes.all, gone]), TODAY)
    assert one.state == "waiting"
