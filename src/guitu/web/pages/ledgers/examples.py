"""The named states of the Ledgers pages, with invented files and people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.exchange.ledgers import refusals
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.component import Text
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.pager.component import Pager
from guitu.web.models import ImportBatch
from guitu.web.pages.ledgers import build
from guitu.web.pages.ledgers.checked import Look, check_page
from guitu.web.pages.ledgers.page import Choose, LedgersPage, Template
from guitu.web.pages.ledgers.preview import Found, Heading, Preview, PreviewRow, PreviewSheet, letter
from guitu.web.pages.ledgers.undo import InTheWay
from guitu.web.pages.ledgers.view import file_field, templates
from guitu.web.pages.ledgers.work import Beat

TODAY: Final = date(2026, 11, 23)
NOW: Final = datetime(2026, 11, 23, 10, 5, tzinfo=CHINA)


def batch(state: str = "checked", n: int = 1, **more: Any) -> ImportBatch:
    """A batch of one roster: 1,187 good rows, 41 with faults, 12 that are there already."""
    sheet = {
        "sheet": "花名册", "ledger": "facility_roster", "rows": 1240, "new": 1187, "there": 12, "held": 41,
        "warned": 3, "entries": 4748, "unplaced": [],
    }  # fmt: skip
    changed = more.pop("sheet", {})
    made: dict[str, Any] = {
        "id": UUID(int=n),
        "file_name": "2026年入所人员花名册.xlsx",
        "digest": "0" * 64,
        "size": 123_456,
        "username": "intake",
        "name": "孙收治",
        "unit": "46J01",
        "role": "intake_officer",
        "state": state,
        "uploaded_at": NOW,
        "finished_at": NOW if state in ("done", "undone") else None,
        "sheets": [sheet | changed],
    }
    return ImportBatch(**made | more)


_HEADINGS: Final = (
    ("序号", None, ""),
    ("姓名", Label("基本信息·姓名", "Person: name"), "person.name"),
    ("性别", Label("基本信息·性别", "Person: sex"), "person.sex"),
    ("身份证号码", Label("基本信息·证件号", "Person: identity number"), "person.id_number"),
    ("决定日期", Label("决定·决定日期", "Order: day of the order"), "order.day"),
    ("入所日期", Label("入所·入所日期", "Admission: day of admission"), "admission.day"),
    ("床位", None, ""),
)


def _sheet(**more: Any) -> PreviewSheet:
    made: dict[str, Any] = {
        "name": "花名册",
        "ledger": "facility_roster",
        "header_row": 4,
        "hidden": False,
        "headings": tuple(Heading(at, letter(at), *one) for at, one in enumerate(_HEADINGS)),
        "rows": 1240,
        "held": tuple(range(13, 54)),
        "held_numbers": tuple(range(18, 59)),
        "warned": (3, 4, 5),
        "day_forms": (("=", 900), ("2026.3.2", 230), ("20260401", 110)),
        "missing": (),
    }
    return PreviewSheet(**made | more)


def _row(number: int, cells: tuple[str, ...], *found: tuple[int, Label]) -> PreviewRow:
    return PreviewRow(number, cells, tuple(Found(at, text, False) for at, text in found))


_MONTH: Final = Label(
    "入所日期“2026.13.5”没有 13 月，请改正。", "入所日期 2026.13.5: there is no month 13; mend it."
)
_SEX: Final = Label("性别没有填写，请补上。", "性别 is empty; fill it in.")
_DIGIT: Final = Label(
    "身份证号码“981*******1234”的校验码不对，请核对证件后改正。",
    "身份证号码 981*******1234 has a wrong check digit; compare it with the document.",
)

ROWS: Final = (
    _row(18, ("14", "王某某", "男", "981101198501011234", "2026-03-01", "2026.13.5", "3-2"), (5, _MONTH)),
    _row(21, ("17", "符某某", "", "981101199001012345", "2026.3.2", "2026.5.6", "3-4"), (2, _SEX)),
    _row(40, ("36", "买买提·图尔荪", "男", "981101198001011234", "20260401", "20260503", ""), (3, _DIGIT)),
)


def _check(sheet: PreviewSheet | None = None, look: Look | None = None, **more: Any) -> Any:
    rows = more.pop("rows", ROWS)
    shown = sheet or _sheet()
    return check_page(
        more.pop("batch", batch()),
        Preview((shown,), more.pop("passed_over", ("填表说明",))),
        look or Look(),
        rows,
        mine=more.pop("mine", True),
        **more,
    )


def _clean() -> Any:
    sheet = _sheet(held=(), held_numbers=(), warned=(), rows=2)
    rows = tuple(PreviewRow(r.number, ROWS[0].cells, ()) for r in ROWS[:2])
    found = batch(sheet={"new": 2, "held": 0, "there": 0, "warned": 0, "rows": 2})
    return _check(sheet, Look(show="all"), batch=found, rows=rows, passed_over=())


def _nothing_new() -> Any:
    sheet = _sheet(held=(), held_numbers=(), warned=())
    earlier = batch("done", 2)
    found = batch(sheet={"new": 0, "held": 0, "there": 1240, "warned": 0})
    return _check(sheet, Look(show="all"), batch=found, rows=(), earlier=earlier)


def _missing() -> Any:
    text = Label(
        "表头里没有“性别”这一列，本表无法导入；请补上这一列。",
        "The header has no column “性别”, so this sheet cannot go in; add the column.",
    )
    found = batch(sheet={"new": 0, "held": 1240, "there": 0, "warned": 0})
    return _check(_sheet(missing=(text,), held=(), held_numbers=()), batch=found, rows=())


def _first(batches: tuple[Any, ...] = (), fault: Text = "") -> LedgersPage:
    return LedgersPage(
        "示范强制隔离戒毒所",
        file_field(fault),
        _templates(),
        (
            Choose(
                "ledger",
                Label("台账", "Ledger"),
                (Option("facility_roster", Label("入所人员花名册", "Facility roster")),),
            ),
            Choose("unit", Label("单位", "Unit"), (Option("46J01", "示范强制隔离戒毒所"),), "46J01"),
        ),
        Field("on", Label("截至日期", "As on"), "day", value=TODAY.isoformat()),
        build.batch_table(batches, Pager(1, 20, len(batches)), len(batches)),
        ErrorSummary((Fault(fault, "f-file"),)) if fault else None,
    )


def _templates() -> tuple[Template, ...]:
    return templates()


def _batches() -> LedgersPage:
    listed = []
    for n, state in enumerate(("importing", "importing", "checked", "done", "undone", "refused"), start=1):
        one = batch(state, n)
        listed.append((one, "示范强制隔离戒毒所", build.word_of(one, running=n == 1, expired=False)))
    return _first(tuple(listed))


def _refused() -> LedgersPage:
    return _first((), refusals.ENCRYPTED)


def _expired() -> Any:
    return check_page(batch(), None, Look(), (), mine=True)


def _running(state: str, beat: Beat | None, refusal: Label | None = None) -> Any:
    found = batch(state)
    if refusal:
        found.refusal = {"zh": refusal.zh, "en": refusal.en, "where": ""}
    page = build.progress_page(found, beat, mine=True)
    if page.progress is None:
        return page
    return replace(page, progress=replace(page.progress, poll=""))  # nobody works on it: it must stand still


def _stopped() -> Any:
    found = batch("stopped")
    full = Label(
        "磁盘已满，没有写入任何内容；请清理磁盘后重试。",
        "The disk is full and nothing was written; free some space.",
    )
    found.refusal = {"zh": full.zh, "en": full.en, "where": "花名册"}
    return _check(batch=found)


def _result(state: str = "done", held: int = 41, **more: Any) -> Any:
    found = batch(state, sheet={"held": held})
    if state == "undone":
        found.undone_at, found.undone_by = NOW, "孙收治"
    kept = more.pop("held_kept", bool(held))
    return build.result_page(found, "示范强制隔离戒毒所", NOW, mine=True, held_kept=kept, **more)


_BUILT_ON: Final = (InTheWay("46J01-2026-00012", "王某某"), InTheWay("46J01-2026-00031", "符某某"))

_MAKERS: Final[dict[str, Callable[[], Any]]] = {
    "empty": _first,
    "batches": _batches,
    "refused": _refused,
    "faults": _check,
    "all_columns": lambda: _check(look=Look(every_column=True, at=21)),
    "clean": _clean,
    "nothing_new": _nothing_new,
    "nothing_good": lambda: _check(batch=batch(sheet={"new": 0, "there": 0, "held": 41, "rows": 41})),
    "missing_column": _missing,
    "read_only": lambda: _check(mine=False),
    "expired": _expired,
    "checking": lambda: _running("checking", Beat(0, 0, 1.0, 0.0)),
    "importing": lambda: _running("importing", Beat(640, 1187, 24.0, 0.0)),
    "interrupted": lambda: _running("importing", None),
    "stopped": _stopped,
    "done": lambda: _result(held=0),
    "done_held": lambda: _result(),
    "built_on": lambda: _result(in_the_way=_BUILT_ON),
    "undone": lambda: _result("undone", held=0),
}


def page_in_state(name: str) -> Any:
    """The page as it looks in that state."""
    return _MAKERS[name]()
