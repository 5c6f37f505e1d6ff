"""A sheet of published figures taken in: looked at whole, refused whole if anybody stands in it, shown as it
would be recorded, and recorded all or none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Final, cast

from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from guitu.casefile import Entry, Value
from guitu.compose import kinds
from guitu.exchange.ledgers import Refused, refusals
from guitu.exchange.ledgers.limits import MOST_BYTES
from guitu.exchange.published import MOST, Fault, Line, Place, Read, read_sheet, template
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels import prints
from guitu.levels.persons_out import nobody
from guitu.store import unitfiles
from guitu.store.gate import NotAllowed
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.error_summary.component import Fault as Wrong
from guitu.web.components.field.component import Field
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.recording import places, refused
from guitu.web.inside.shown import Ask, Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.ledgers.upload import NO_FILE, InMemory
from guitu.web.pages.police_figures import words
from guitu.web.pages.police_figures.page import UploadPage
from guitu.web.pages.police_figures.view import looked_at, of_area, series_label

PATH: Final = f"{words.ROOT}import/"
ROWS: Final = "rows"
MOST_POSTED: Final = 1_000_000
_NOT_YOURS: Final = Label("您的岗位不录入公安数据。", "Your post enters no police figures.")


def mine(area: Area) -> tuple[Unit, ...]:
    """The units in whose files the reader may enter published figures."""
    return places(area, kinds()[prints.KIND], words.OFFICES)


@csrf_exempt  # the handlers must be set before anything reads the form; `_receive` checks the token
@shows("police_figures_import")
def first(request: HttpRequest) -> HttpResponse:
    """Choose a file; and what it came to."""
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
        return cast(HttpResponse, _receive(request))
    area = looked_at(request)
    if not mine(area):
        return refused(area, words.PART, words.TITLE, _NOT_YOURS)
    return show(request, upload_page(area))


@csrf_protect
def _receive(request: HttpRequest) -> HttpResponse:
    area = looked_at(request)
    some = mine(area)
    if not some:
        return refused(area, words.PART, words.TITLE, _NOT_YOURS)
    try:
        file, handler = request.FILES.get("file"), request.upload_handlers[0]
        if isinstance(handler, InMemory) and handler.too_large:
            raise Refused(refusals.TOO_LARGE.fill(size=(MOST_BYTES >> 20) + 1, most=MOST_BYTES >> 20))
        if not isinstance(file, UploadedFile) or not file.size:
            raise Refused(NO_FILE)
        read = read_sheet(file.read(), file.name or "", kinds()[prints.KIND], _place(area, some), area.today)
    except GuituError as wrong:
        return show(request, upload_page(area, wrong.label), status=422)
    if read.faults:
        return show(request, _faults(area, read), status=422)
    return show(request, _preview(area, read.lines))


def _place(area: Area, some: Sequence[Unit]) -> Place:
    """The unit meant by what stands in a cell: its code or its name; nothing is the unit looked at."""

    def find(typed: str) -> str | Label:
        if not typed:
            found = [u for u in some if u.no == area.unit.no]
        else:
            found = [u for u in some if typed in (u.code, u.name)]
        if len(found) == 1:
            return found[0].code
        if found:
            return Label(
                f"有 {len(found)} 个单位叫这个名称，请写代码",
                f"{len(found)} units have that name; give the code",
            )
        return Label("没有这个单位，或者不在您的地区", "No such unit, or it is not in your area")

    return find


def upload_page(area: Area, fault: Label | None = None) -> UploadPage:
    """The page that takes a file."""
    return UploadPage(
        area.title(Label("导入公安数据", "Import police figures")),
        words.tabs("import", area.code, imports=True),
        PATH,
        area.code,
        Field(
            "file",
            Label("选择文件", "Choose a file"),
            "file",
            hint=Label(f".xlsx、.xls、.csv，最多 {MOST} 行", f".xlsx, .xls or .csv, {MOST} rows at most"),
            error=fault or "",
            accept=".xlsx,.xls,.csv",
        ),
        Button(Label("核对", "Check"), look="primary", extra={"data-busy": Label("正在核对…", "Checking…")}),
        Button(Label("下载模板", "Get the template"), f"{PATH}template.csv", "link"),
        ErrorSummary((Wrong(fault, "f-file"),)) if fault else None,
    )


def _crumbs(last: Label) -> Crumbs:
    return Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(Label("导入", "Import"), PATH), Crumb(last)))


def _faults(area: Area, read: Read) -> Board:
    """Every fault by row and column. Nothing is recorded."""
    rows = tuple(Row((str(f.row), f.column, f.says)) for f in read.faults)
    title = Label("有误，没有写入", "Faults; nothing was written")
    table = Table(
        Label("有误的格子", "Cells that are wrong"),
        (
            Column(Label("行", "Row"), numeric=True, phone="lead"),
            Column(Label("栏", "Column")),
            Column(Label("怎么改", "What is wrong"), phone="bare"),
        ),
        rows,
        (Label(f"{len(rows)} 处", f"{len(rows)} faults"),),
        id="fault-list",
    )
    bad = len({f.row for f in read.faults})
    return Board(
        area.title(title),
        Label(
            f"{bad} 行有误，{len(read.lines)} 行可用；改好后整个文件重新上传",
            f"{bad} rows are wrong, {len(read.lines)} are right; mend them and send the whole file again",
        ),
        (Section("faults", Label("在哪里", "Where"), table),),
        crumbs=_crumbs(title),
        buttons=(Button(Label("重新上传", "Send again"), words.at("import", area.code), "primary"),),
        summary=ErrorSummary(
            (Wrong(Label(f"{bad} 行有误，没有写入任何一行。", f"{bad} rows are wrong; no row was written.")),)
        ),
    )


def _is_there(entry: Entry, line: Line) -> bool:
    return (
        prints.of(entry) == tuple(str(line.fields.get(n)) for n in ("series", "first", "last"))
        and prints.same(str(entry.get("value")), str(line.fields.get("value")))
        and entry.get("source") == line.fields.get("source")
        and entry.happened_on == line.day
    )


def _new(area: Area, lines: Sequence[Line]) -> list[Line]:
    """The lines that are not recorded yet; a sheet sent twice records nothing twice."""
    found = of_area(area)
    there: dict[str, list[Entry]] = {}
    for entry in found.counted:
        there.setdefault(found.unit(entry).code, []).append(entry)
    return [line for line in lines if not any(_is_there(e, line) for e in there.get(line.unit, ()))]


def _preview(area: Area, lines: Sequence[Line]) -> Board:
    """What would be recorded, before it is."""
    new = _new(area, lines)
    fresh = {line.row for line in new}
    rows = []
    for line in lines:
        unit = tree().get(line.unit)
        word = (
            Word("open", Label("将录入", "To be entered"))
            if line.row in fresh
            else Word("done", Label("已有相同", "There already"))
        )
        rows.append(
            Row(
                (
                    str(line.row),
                    series_label(line.fields.get("series")),
                    unit.name if unit else line.unit,
                    f"{line.fields.get('first')} — {line.fields.get('last')}",
                    str(line.fields.get("value")),
                    Cell(str(line.fields.get("source")), sub=str(line.day)),
                    Cell(part=word),
                )
            )
        )
    title = Label("核对", "Check")
    table = Table(
        Label("将要录入的", "What will be entered"),
        (
            Column(Label("行", "Row"), numeric=True),
            Column(Label("指标", "Series"), phone="lead"),
            Column(Label("单位", "Unit")),
            Column(Label("期间", "Period")),
            Column(Label("数值", "Value"), numeric=True),
            Column(Label("出处", "Source")),
            Column(Label("状态", "State"), phone="bare"),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 行，新的 {len(new)} 行", f"{len(rows)} rows, {len(new)} new"),),
        id="preview-list",
    )
    ask = None
    if new:
        button = Button(
            Label(f"录入 {len(new)} 个数", f"Enter {len(new)} figures"), look="primary",
            extra={"data-busy": Label("正在录入…", "Entering…")},
        )  # fmt: skip
        ask = Ask(f"{PATH}enter/", (), button, (("unit", area.code), (ROWS, _written(new))))
    return Board(
        area.title(title),
        Label(
            f"没有发现个人的资料；{len(new)} 个数可以录入",
            f"Nobody stands in it; {len(new)} figures may be entered",
        ),
        (Section("preview", Label("逐行", "Row by row"), table, ask=ask),),
        crumbs=_crumbs(title),
        buttons=(Button(Label("换一个文件", "Another file"), words.at("import", area.code)),),
    )


def _written(lines: Sequence[Line]) -> str:
    """The lines in words of JSON, for the confirmation to bring back."""
    return json.dumps(
        [
            {"row": line.row, "unit": line.unit, "day": line.day.isoformat(),
             "fields": {k: v.isoformat() if isinstance(v, date) else v for k, v in line.fields.items()}}
            for line in lines
        ],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def _read_back(text: str) -> list[Line]:
    """The lines of a confirmation. What it says is believed no more than a form: it is checked anew."""
    kind = kinds()[prints.KIND]
    days = {ask.name for ask in kind.fields if ask.type == "day"}
    try:
        if len(text) > MOST_POSTED:
            raise ValueError("too long")
        found = json.loads(text)
        lines = []
        for one in found:
            fields: dict[str, Value] = {
                str(k): date.fromisoformat(v) if k in days else str(v) for k, v in one["fields"].items()
            }
            lines.append(Line(int(one["row"]), str(one["unit"]), date.fromisoformat(one["day"]), fields))
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise BadRequest("rows") from wrong
    if len(lines) > MOST:
        raise BadRequest("rows")
    return lines


@shows("police_figures_import")
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Record what was shown: all of it, or nothing."""
    area = looked_at(request)
    codes = {u.code for u in mine(area)}
    if not codes:
        return refused(area, words.PART, words.TITLE, _NOT_YOURS)
    lines = _read_back(request.POST.get(ROWS, ""))
    kind = kinds()[prints.KIND]
    faults = [
        Fault(line.row, kind.label.zh, says)
        for line in lines
        for says in (
            *(f.label for f in kind.faults(line.fields)),
            *filter(None, (nobody(v) for v in line.fields.values() if isinstance(v, str))),
            *((_NOT_YOURS,) if line.unit not in codes else ()),
            *((Label("公布日期晚于今天", "It was published after today"),) if line.day > area.today else ()),
        )
    ]
    if faults:
        return show(request, _faults(area, Read((), tuple(faults))), status=422)
    entries = [
        unitfiles.new_entry(
            line.unit, prints.KIND, line.day, line.fields, now=area.now, author=area.actor.name,
            office=area.home.code, source=f"公安数据导入 第{line.row}行",
        )
        for line in _new(area, lines)
    ]  # fmt: skip
    entries.sort(key=lambda e: str(e.file))
    try:
        if entries:
            unitfiles.record_many(entries, actor=area.actor, now=area.now)
    except NotAllowed as wrong:
        return refused(area, words.PART, words.TITLE, wrong.decision.reason)
    except GuituError as wrong:
        return show(request, upload_page(area, wrong.label), status=422)
    return HttpResponseRedirect(words.at("", area.code, saved=prints.KIND))


@shows("police_figures_import")
def template_csv(request: HttpRequest) -> HttpResponse:
    """An empty sheet to fill in."""
    response = HttpResponse(template(kinds()[prints.KIND]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="police-figures.csv"'
    return response
