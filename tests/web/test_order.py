"""The community order on its pages: steps, the chain of a positive, counts that officer and person read
alike."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from guitu.access import house
from guitu.casefile import Entry, Value
from guitu.store import excerpts, gate, personal
from guitu.store.read import file_view
from tests.store.writing import CLERK, NEXT_COUNTY, TOWN, VILLAGE, Pen
from tests.web.desk import TODAY, html, links, signed_in, text
from tests.web.own import enter
from tests.web.recording import form_of

More = tuple[str, str, dict[str, Value]]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    excerpts.forget()


@pytest.fixture
def town() -> Client:
    return signed_in("town-1", "town_office", TOWN)


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def treated(now: datetime, *more: More, n: int = 1, sex: str = "male") -> tuple[str, list[Entry]]:
    """Somebody in community treatment: the case number, and the entries that were added."""
    pen = Pen(n)
    entries = [
        pen.person("符某某", sex=sex),
        pen.held_by(VILLAGE),
        pen.entry("order", days_ago(300), measure="community_treatment", document_no="示例〔2026〕1号"),
        pen.entry("served", days_ago(300)),
        pen.entry("reporting_in", days_ago(298)),
    ]
    added = [pen.entry(kind, day, **fields) for kind, day, fields in more]
    gate.record_many([*entries, *added], actor=house(), now=now)
    view = file_view(pen.file)
    assert view is not None
    return view.case_no, added


POSITIVE: More = (
    "urine_test",
    days_ago(20),
    {"outcome": "taken", "result": "positive", "confirmed": "no", "tester_1": "李晓梅", "tester_2": "王建国"},
)
EVADED: More = ("urine_test", days_ago(40), {"outcome": "evaded"})


def recorded(town: Client, case: str, kind: str, **answers: str) -> None:
    where = f"/files/{case}/record/{kind}/"
    answer = town.post(where, {**form_of(town, where), **answers})
    assert answer.status_code == 302, text(answer.content.decode())[:600]


def test_what_is_missing_is_listed_and_recorded_from_the_page(town: Client, now: datetime) -> None:
    case, _ = treated(now)
    assert "约定权利、帮助和义务" in text(html(town, "/order/"))
    page = html(town, f"/order/{case}/")
    assert "已办 2 / 7" in text(page)
    assert links(page, f"/files/{case}/record/working_group/")
    recorded(town, case, "working_group", worker="李晓梅", police="王建国")
    said = text(html(town, f"/order/{case}/"))
    assert "2 / 5 类人员" in said
    assert "不全" in said


def test_the_chain_of_a_positive_is_followed_and_only_the_laboratory_confirms(
    town: Client, now: datetime
) -> None:
    case, (test,) = treated(now, POSITIVE)
    where = f"/order/{case}/tests/{test.id}/"
    page = html(town, where)
    assert "未经确认，不作任何处理" in text(page)
    assert "没有登记留样封存" in text(page)
    (href, _), *_ = links(page, f"/files/{case}/record/sample_sealed/")
    assert str(test.id) in href
    known = {"test": str(test.id)}
    recorded(
        town,
        case,
        "sample_sealed",
        **known,
        happened_on=days_ago(20),
        specimen="urine",
        a_no="A1",
        b_no="B1",
        taker_1="李晓梅",
        taker_2="王建国",
        taker_sex="male",
        told="yes",
        signed="yes",
        kept_at="镇冷柜",
    )
    recorded(
        town,
        case,
        "sample_moved",
        **known,
        happened_on=days_ago(18),
        which="a",
        why="laboratory",
        from_whom="李晓梅",
        to_whom="陈技师",
        to_place="示例县检测中心",
        seal="whole",
    )
    assert "已送实验室" in text(html(town, where))
    recorded(
        town,
        case,
        "lab_report",
        **known,
        happened_on=days_ago(16),
        stage="laboratory",
        which="a",
        body="示例县检测中心",
        result="positive",
    )
    page = html(town, where)
    assert "经实验室确认为阳性" in text(page)
    assert "与实验室报告不符" in text(page)  # the test's own entry still says no
    assert links(page, f"/files/{case}/entries/{test.id}/correct/")
    assert "保存到" in text(page)


def test_a_woman_s_urine_taken_by_a_man_is_named(town: Client, now: datetime) -> None:
    case, (test,) = treated(now, POSITIVE, sex="female")
    known = {"test": str(test.id)}
    recorded(
        town,
        case,
        "sample_sealed",
        **known,
        happened_on=days_ago(20),
        specimen="urine",
        a_no="A1",
        b_no="B1",
        taker_1="李",
        taker_2="王",
        taker_sex="male",
        told="yes",
        signed="yes",
        kept_at="镇冷柜",
    )
    assert "应由女工作人员采集" in text(html(town, f"/order/{case}/tests/{test.id}/"))


def test_officer_and_person_read_the_same_counts_and_evidence(town: Client, now: datetime) -> None:
    case, (evaded, *_) = treated(now, EVADED, POSITIVE)
    recorded(
        town,
        case,
        "evidence",
        entry=str(evaded.id),
        sort="medical",
        says="for",
        text="县医院住院证明",
        happened_on=days_ago(10),
    )
    officer = text(html(town, f"/order/{case}/"))
    view = file_view(evaded.file)
    assert view is not None
    me = enter("me", personal.give_access(view, "me").password)
    mine = text(html(me, "/mine/counts/"))
    for said in ("就医凭证", "县医院住院证明", "检测：逃避"):
        assert said in officer
        assert said in mine
    assert "李晓梅" not in mine  # offices, never names
    assert "您" in mine


def test_a_report_is_read_back_before_it_is_saved(town: Client, now: datetime) -> None:
    case, _ = treated(now, EVADED)
    where = f"/files/{case}/record/breach_report/"
    form = form_of(town, where)
    answer = town.post(
        where,
        {
            **form,
            "what": "serious_breach",
            "to_whom": "示例派出所",
            "reasons": "三次逃避",
            "heard": "yes",
        },
    )
    assert answer.status_code == 200
    assert "提交向公安机关报告" in text(answer.content.decode())


def test_the_agreement_says_rights_and_help_beside_duties(town: Client, now: datetime) -> None:
    case, _ = treated(
        now,
        (
            "agreement_terms",
            days_ago(290),
            {"rights": "yes", "help": "四月参加电工培训", "measures": "每周见面一次"},
        ),
    )
    answer = town.get(f"/order/{case}/agreement.docx")
    paper = "\n".join(p.text for p in Document(io.BytesIO(answer.content)).paragraphs)
    assert "社区戒毒协议书" in paper
    for said in (
        "乙方的权利",
        "四月参加电工培训",
        "每周见面一次",
        "期满之日起依法解除",
        "未经实验室确认，不作任何处理",
    ):
        assert said in paper
    assert paper.index("权利") < paper.index("义务")


def test_the_next_county_opens_nothing_of_it(town: Client, now: datetime) -> None:
    case, (test,) = treated(now, POSITIVE)
    other = signed_in("chief-2", "county_supervisor", NEXT_COUNTY)
    for where in (f"/order/{case}/", f"/order/{case}/tests/{test.id}/", f"/order/{case}/agreement.docx"):
        html(other, where, 404)
    assert "符某某" not in html(other, "/order/")


def test_the_town_puts_its_own_wording_into_use(town: Client, now: datetime) -> None:
    case, _ = treated(now)
    taken = town.get("/order/templates/agreement/")
    document = Document(io.BytesIO(taken.content))
    document.add_paragraph("本镇热线见公告栏。{{ name }}")
    out = io.BytesIO()
    document.save(out)
    file = SimpleUploadedFile("模板.docx", out.getvalue())
    assert town.post("/order/templates/agreement/", {"file": file}).status_code == 302
    assert "第 1 版" in text(html(town, "/order/templates/"))
    paper = Document(io.BytesIO(town.get(f"/order/{case}/agreement.docx").content))
    assert "本镇热线见公告栏。符某某" in [p.text for p in paper.paragraphs]
    wrong = Document()
    wrong.add_paragraph("{{ nobody }}")
    out = io.BytesIO()
    wrong.save(out)
    file = SimpleUploadedFile("模板.docx", out.getvalue())
    assert town.post("/order/templates/agreement/", {"file": file}).status_code == 422


# ── nobody types what a laboratory has not said ───────────────────────────────────────────────────

SAYS_YES = {"outcome": "taken", "result": "positive", "confirmed": "yes"}
NO_REPORT = "“经实验室确认”要有实验室报告"


def report(test: Entry, result: str = "positive", stage: str = "laboratory") -> More:
    fields: dict[str, Value] = {
        "test": str(test.id), "stage": stage, "which": "a", "body": "省检测中心", "result": result,
    }  # fmt: skip
    return "lab_report", days_ago(5), fields


def corrected(town: Client, case: str, test: Entry, **answers: str) -> str:
    """Correct a test as the page does; what came back, "" where it was saved."""
    where = f"/files/{case}/entries/{test.id}/correct/"
    form = {**form_of(town, where), "happened_on": days_ago(20), **answers}
    answer = town.post(where, {**form, "correction_reason": "实验室报告", "checked": "1"})
    return "" if answer.status_code == 302 else text(answer.content.decode())


def test_a_positive_is_not_typed_as_confirmed_without_a_report(town: Client, now: datetime) -> None:
    case, _ = treated(now)
    where = f"/files/{case}/record/urine_test/"
    answer = town.post(where, {**form_of(town, where), **SAYS_YES})
    assert answer.status_code == 422
    assert NO_REPORT in text(answer.content.decode())
    recorded(town, case, "urine_test", **{**SAYS_YES, "confirmed": "no"})


def test_a_report_that_says_positive_confirms_it_and_its_chain_stays_with_the_corrected_test(
    town: Client, now: datetime
) -> None:
    case, (test,) = treated(now, POSITIVE)
    assert NO_REPORT in corrected(town, case, test, **SAYS_YES)
    pen = Pen(1)
    pen.next += 500
    kind, day, fields = report(test)
    gate.record(pen.entry(kind, day, **fields), actor=house(), now=now)
    assert corrected(town, case, test, **SAYS_YES) == ""
    for address in (f"/order/{case}/", f"/order/{case}/tests/{test.id}/"):
        assert "经实验室确认为阳性" in text(html(town, address))
    view = file_view(pen.file)
    assert view is not None
    now_is = next(e for e in view.case_file.counted() if e.kind == "urine_test")
    assert now_is.id != test.id
    assert "经实验室确认为阳性" in text(html(town, f"/order/{case}/tests/{now_is.id}/"))
    assert corrected(town, case, now_is, **SAYS_YES, note="补一句") == "", "it said so before"


@pytest.mark.parametrize(("result", "stage"), [("negative", "laboratory"), ("unusable", "laboratory")])
def test_a_report_that_says_otherwise_confirms_nothing(
    town: Client, now: datetime, result: str, stage: str
) -> None:
    case, (test,) = treated(now, POSITIVE)
    pen = Pen(1)
    pen.next += 500
    kind, day, fields = report(test, result, stage)
    gate.record(pen.entry(kind, day, **fields), actor=house(), now=now)
    assert NO_REPORT in corrected(town, case, test, **SAYS_YES)


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("excuse", {"of": "absence", "until": days_ago(3), "grounds": "住院"}),
        ("test_told", {"for_day": days_ago(3), "how": "phone"}),
        (
            "recovery_plan",
            {"goals": "找工作", "steps": "培训", "with_person": "yes", "review_on": days_ago(3)},
        ),
        (
            "plan_review",
            {"outcome": "goes_on", "text": "继续", "person_there": "yes", "next_on": days_ago(3)},
        ),
    ],
)
def test_what_is_to_come_is_not_dated_before_the_day_it_is_said_on(
    town: Client, now: datetime, kind: str, answers: dict[str, str]
) -> None:
    case, _ = treated(now)
    where = f"/files/{case}/record/{kind}/"
    answer = town.post(where, {**form_of(town, where), **answers})
    assert answer.status_code == 422
    assert days_ago(3) in answer.content.decode()


def test_a_withdrawn_test_says_what_still_hangs_on_it(town: Client, now: datetime) -> None:
    case, (test,) = treated(now, POSITIVE)
    moved: dict[str, str] = {
        "which": "a",
        "why": "laboratory",
        "from_whom": "李",
        "to_whom": "陈",
        "seal": "whole",
    }
    recorded(town, case, "sample_moved", test=str(test.id), happened_on=days_ago(18), **moved)
    view = file_view(test.file)
    assert view is not None
    sent = view.entries[-1]
    where = f"/files/{case}/entries/{test.id}/withdraw/"
    typed = {**form_of(town, where), "reason": "登错了人"}
    asked = town.post(where, typed)
    assert "不会一起作废" in text(asked.content.decode())
    saved = town.post(where, {**typed, "checked": "1"})
    assert saved.status_code == 302
    assert "已作废：检测" in text(html(town, saved["Location"]))
    page = html(town, f"/order/{case}/tests/{test.id}/")
    assert "检测已作废，下面的步骤仍在计算" in text(page)
    assert links(page, f"/files/{case}/entries/{sent.id}/withdraw/")
    where = f"/files/{case}/entries/{sent.id}/withdraw/"
    typed = {**form_of(town, where), "reason": "登错了人"}
    assert town.post(where, typed).status_code == 302
    assert "仍在计算" not in text(html(town, f"/order/{case}/tests/{test.id}/"))


def test_the_person_reads_what_came_of_a_positive_test_and_objects_in_their_own_name(
    town: Client, now: datetime
) -> None:
    case, (test, _) = treated(now, POSITIVE, EVADED)
    view = file_view(test.file)
    assert view is not None
    given = personal.give_access(view)
    own = enter(given.username, given.password)
    page = html(own, "/mine/counts/")
    assert "现场阳性，未经确认，不作任何处理" in text(page)
    assert "要核对的：现场阳性，没有登记留样封存" in text(page)
    assert "检测：逃避 " in text(page)
    assert "结果：—" not in text(page)
    where = f"/mine/ask/object/?entry={test.id}"
    (identifier,) = re.findall(r'name="id" value="([^"]+)"', html(own, where))
    asked = own.post("/mine/ask/object/", {"id": identifier, "entry": str(test.id), "text": "药物"})
    assert asked.status_code == 302
    assert "本人有异议，待答复" in text(html(own, "/mine/counts/"))
    chain = text(html(town, f"/order/{case}/tests/{test.id}/"))
    assert given.username not in chain
    assert "异议 本人" in " ".join(chain.split())
    own.cookies["guitu_view"] = town.cookies["guitu_view"] = "en.normal.normal.normal"
    said = text(html(own, "/mine/counts/"))
    assert "Positive tests and what came of them" in said
    assert "： " not in said
    assert "1 test" in text(html(town, f"/order/{case}/"))
    assert "1 tests" not in text(html(town, f"/order/{case}/"))


def test_a_ledger_says_what_the_paper_says(now: datetime, places: object) -> None:
    pen = Pen(7)
    gate.record_many(pen.on_community_treatment(served="2026-02-01"), actor=house(), now=now)
    typed = pen.entry("urine_test", days_ago(20), **SAYS_YES)
    with pytest.raises(gate.NotAccepted, match="takes its report"):
        gate.record(typed, actor=CLERK, now=now)
    gate.record(replace(typed, source="尿检台账.xlsx · 十一月 · 7"), actor=CLERK, now=now)
