"""From a batch and what was found in its file to what the pages show. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from guitu.exchange.ledgers import ledgers
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.checklist.component import Answer, CheckList
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.components.progress.component import Progress
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.models import ImportBatch
from guitu.web.pages.ledgers import words
from guitu.web.pages.ledgers.page import ProgressPage, ResultPage, Step
from guitu.web.pages.ledgers.undo import WITHIN, InTheWay
from guitu.web.pages.ledgers.work import Beat

STEPS: Final = (
    ("①", Label("上传", "Send")),
    ("②", Label("核对", "Check")),
    ("③", Label("导入", "Import")),
    ("④", Label("退回行", "Held rows")),
)


def address(batch: ImportBatch, act: str = "") -> str:
    """Where a batch is, or one of its acts."""
    return f"/ledgers/{batch.pk}/" + (f"{act}/" if act else "")


def crumbs(batch: ImportBatch) -> Crumbs:
    """台账 › the file."""
    return Crumbs((Crumb(words.LEDGERS, "/ledgers/"), Crumb(batch.file_name)))


def steps(now: int) -> tuple[Step, ...]:
    """The four steps; `now` counts from 0, 4 is all done."""
    return tuple(
        Step(number, label, "done" if n < now else "now" if n == now else "later")
        for n, (number, label) in enumerate(STEPS)
    )


def total(batch: ImportBatch, what: str) -> int:
    """A figure over all sheets."""
    return sum(int(sheet[what]) for sheet in batch.sheets)


def moment(at: datetime | None) -> str:
    """2026-11-23 14:05."""
    return "—" if at is None else f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


_LIST: Final = (
    Column(Label("文件", "File"), phone="lead"),
    Column(Label("单位", "Unit"), phone="bare"),
    Column(Label("新导入", "Imported"), numeric=True, unit=Label("行", "rows")),
    Column(Label("退回", "Held"), numeric=True, unit=Label("行", "rows")),
    Column(Label("导入人与时间", "By whom and when"), phone="bare"),
    Column(Label("状态", "State"), phone="bare"),
)


def batch_table(batches: Iterable[tuple[ImportBatch, str, Word]], pager: Pager | None, n: int) -> Table:
    """What has been imported, newest first: each batch with its unit's name and its state."""
    found = tuple(
        Row(
            (
                Cell(batch.file_name, href=address(batch), sub=_sheet_names(batch)),
                unit,
                f"{total(batch, 'new'):,}" if batch.state in ("done", "undoing", "undone") else "—",
                f"{total(batch, 'held'):,}" if batch.sheets else "—",
                Cell(batch.name, sub=moment(batch.finished_at or batch.uploaded_at)),
                Cell(part=word),
            )
        )
        for batch, unit, word in batches
    )
    nothing = Empty(
        Label("还没有导入过。先下载模板，或直接上传现有的台账。",
              "Nothing imported yet. Get a template, or send the ledger you have."),
        (Button(Label("看模板", "See the templates"), href="#templates"),),
    )  # fmt: skip
    return Table(
        Label("导入过的文件", "Files imported"),
        _LIST,
        found,
        (Label(f"共 {n:,} 个", f"{n:,}"), Label("新的在前", "newest first")),
        pager,
        nothing,
        "batches",
    )


def _sheet_names(batch: ImportBatch) -> Text:
    known = ledgers()
    labels = [known[s["ledger"]].label for s in batch.sheets if s["ledger"] in known]
    return Label("、".join(x.zh for x in labels), ", ".join(x.en for x in labels)) if labels else ""


def word_of(batch: ImportBatch, *, running: bool, expired: bool) -> Word:
    """The state of a batch in a word."""
    if batch.state in ("checking", "importing", "undoing") and not running:
        return Word("gap", Label("已中断", "Interrupted"))
    if batch.state in ("checked", "stopped") and expired:
        return Word("barred", Label("文件已删除", "File deleted"))
    kind, label = _STATE_WORDS[batch.state]
    return Word(kind, label)


_STATE_WORDS: Final = {
    "checking": ("open", words.CHECKING),
    "refused": ("fault", Label("没有接收", "Not accepted")),
    "checked": ("gap", Label("待导入", "Not imported yet")),
    "importing": ("open", words.IMPORTING),
    "stopped": ("gap", Label("没有做完", "Not finished")),
    "done": ("done", Label("已导入", "Imported")),
    "undoing": ("open", words.UNDOING),
    "undone": ("barred", Label("已撤销", "Taken back")),
}


def progress(batch: ImportBatch, beat: Beat, said: int = 0) -> Progress:
    """How far it is, in words and as a bar; `said` is the quarter that was read aloud last."""
    label = _STATE_WORDS[batch.state][1]
    left = (words.about(beat.left),) if beat.left is not None else ()
    note = words.both(*left, words.LEAVE)
    return Progress(label, beat.done, beat.total, note, poll=address(batch, "progress"), said=said)


def progress_page(batch: ImportBatch, beat: Beat | None, *, mine: bool, said: int = 0) -> ProgressPage:
    """A file being worked on, or one that was interrupted."""
    step = 1 if batch.state == "checking" else 2
    notices = [] if beat is not None else [Notice("gap", words.INTERRUPTED)]
    again = None
    if batch.refusal:
        notices = [refusal_notice(batch)]
    if beat is None and mine:
        again = Button(words.CONTINUE, look="primary")
    return ProgressPage(
        crumbs(batch),
        steps(step),
        progress(batch, beat, said) if beat is not None else None,
        address(batch),
        tuple(notices),
        again,
    )


def refusal_notice(batch: ImportBatch) -> Notice:
    """Why it did not go on."""
    said = batch.refusal or {"zh": "", "en": ""}
    zh, en = said["zh"], said["en"]
    if where := said.get("where"):
        zh, en = f"{where}：{zh}", f"{where}: {en}"
    return Notice("fault", Label(zh, en))


_SHEETS: Final = (
    Column(Label("工作表", "Sheet"), phone="lead"),
    Column(Label("台账", "Ledger"), phone="bare"),
    Column(Label("新导入", "Imported"), numeric=True, unit=Label("行", "rows")),
    Column(Label("与已有记录相同", "There already"), numeric=True, unit=Label("行", "rows")),
    Column(Label("退回", "Held"), numeric=True, unit=Label("行", "rows")),
    Column(Label("写入", "Written"), numeric=True, unit=Label("条记录", "entries")),
)


def result_page(
    batch: ImportBatch,
    unit_name: str,
    now: datetime,
    *,
    mine: bool,
    held_kept: bool,
    in_the_way: Sequence[InTheWay] = (),
) -> ResultPage:
    """What became of a file."""
    new, held, entries = total(batch, "new"), total(batch, "held"), total(batch, "entries")
    notices: list[Notice] = []
    if in_the_way:
        notices.append(_cannot_undo(in_the_way))
    elif batch.refusal:
        notices.append(refusal_notice(batch))
    if batch.state == "undone":
        text = Label(
            f"本批已由{batch.undone_by}于 {moment(batch.undone_at)} 撤销。",
            f"{batch.undone_by} took this batch back at {moment(batch.undone_at)}.",
        )
        notices.append(Notice("barred", text))
    else:
        goes_on = (
            Button(Label("打开今日", "Open Today"), href="/"),
            Button(Label("查人员", "Find people"), href="/people/"),
        )
        notices.append(Notice("fresh", words.imported(new, entries), actions=goes_on))
    if held:
        again = (Button(words.HELD_ROWS, href=address(batch, "held")),)
        notices.append(Notice("fault", words.held_back(held), actions=again if held_kept else ()))
    if places := [place for sheet in batch.sheets for place in sheet["unplaced"]]:
        notices.append(Notice("gap", words.unplaced(places)))
    until = (batch.finished_at or now) + WITHIN
    can = batch.state == "done" and mine and now < until and entries > 0
    return ResultPage(
        crumbs(batch),
        steps(4 if not held else 3),
        tuple(notices),
        _sheets_table(batch),
        CheckList(
            (
                Answer(Label("文件", "File"), batch.file_name),
                Answer(Label("导入单位", "Unit"), unit_name),
                Answer(Label("导入人", "Imported by"), batch.name),
                Answer(Label("完成时间", "Finished"), moment(batch.finished_at)),
            )
        ),
        address(batch),
        Button(words.UNDO, look="grave") if can else None,
        words.undo_says(entries, moment(until)),
    )


def _sheets_table(batch: ImportBatch) -> Table:
    known = ledgers()
    rows = tuple(
        Row(
            (
                sheet["sheet"],
                known[sheet["ledger"]].label if sheet["ledger"] in known else sheet["ledger"],
                *(f"{sheet[what]:,}" for what in ("new", "there", "held", "entries")),
            )
        )
        for sheet in batch.sheets
    )
    return Table(Label("每张表", "Each sheet"), _SHEETS, rows, id="sheets")


def _cannot_undo(files: Sequence[InTheWay]) -> Notice:
    shown = "、".join(f"{one.name}（{one.case_no}）" for one in files[:10])
    in_english = ", ".join(f"{one.name} ({one.case_no})" for one in files[:10])
    n = len(files)
    return Notice(
        "barred",
        Label(
            f"不能撤销：有 {n:,} 份档案在导入之后又登记了别的内容，撤销会使其失去依据。",
            f"It cannot be taken back: {n:,} files have had more recorded since.",
        ),
        Label(
            "是后来的一批导入写入的，先撤销那一批；不是的，请在这些档案里逐条更正："
            f"{shown}{'等' if n > 10 else ''}。",
            "Where a later import wrote it, take that one back first; else correct these files one by one: "
            f"{in_english}{' and others' if n > 10 else ''}.",
        ),
    )
