"""Online channels: their reach by period, and taking a table of it in, all of it or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.exchange.ledgers import Refused
from guitu.exchange.ledgers.cells import text_of
from guitu.exchange.ledgers.workbook import open_book, read_bytes
from guitu.kernel.labels import Label
from guitu.levels.outreach import reach
from guitu.store import unitfiles
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.asked import derived
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.ledgers.upload import NO_FILE, InMemory
from guitu.web.pages.outreach import words
from guitu.web.pages.outreach.desk import Desk
from guitu.web.pages.outreach.shown import ImportPage

KIND: Final = "channel_reach"
TAKEN: Final = "taken"
SAYS: Final = Label(
    "浏览是次数，不是人数；各平台的算法不同，合计只说明规模。",
    "Views are times, not people; platforms count differently, and a total only tells the scale.",
)


@shows("outreach")
def channels(request: HttpRequest) -> HttpResponse:
    """The reach of every channel, period by period, the latest first."""
    desk = Desk(request)
    told = desk.told({KIND})
    some = [e for e in reversed(told.chains.of(KIND)) if desk.matches(e.get("channel"), told.unit(e).name)]
    year = sum(
        n
        for e in some
        if e.happened_on >= date(desk.today.year, 1, 1) and isinstance(n := e.get("views"), int)
    )
    some = desk.ordered(some, {"views": lambda e: e.get("views"), "day": lambda e: e.happened_on})
    shown, pager = desk.page_of(some, "channels")
    new = desk.new(KIND, Label("登记一期", "Record a period"))
    bring: tuple[Button, ...] = ()
    if new:
        where = words.address("channels/import", desk.code)
        bring = (Button(Label("导入表格", "Import a table"), where),)
    rows = tuple(
        Row(
            (
                Cell(str(e.get("channel") or "—"), sub=told.unit(e).name), words.choice(e, "sort"),
                Label(f"{e.get('first')} 至 {e.happened_on}", f"{e.get('first')} to {e.happened_on}"),
                words.number(e.get("views")), words.number(e.get("shares")), words.number(e.get("followers")),
                desk.mend(told.unit(e), e, str(e.get("channel"))),
            ),
            id=f"reach-{e.id}",
        )
        for e in shown
    )  # fmt: skip
    table = Table(
        Label("网络渠道", "Online channels"),
        (
            Column(Label("渠道", "Channel"), phone="lead"),
            Column(Label("类型", "Sort")),
            desk.head(Column(Label("时间", "Period"), phone="bare"), "day", "channels"),
            desk.head(
                Column(Label("浏览", "Views"), numeric=True, unit=Label("次", "times")), "views", "channels"
            ),
            Column(Label("转发", "Shares"), numeric=True, unit=Label("次", "times")),
            Column(Label("关注", "Followers"), numeric=True, unit=Label("人", "people")),
            Column(words.ACT, phone="act", hide_label=True),
        ),
        rows,
        (Label(f"共 {len(some)} 条", f"{len(some)} rows"), pager.span),
        pager,
        Empty(Label("还没有渠道数据。可以从平台后台导出表格后导入。",
                    "Nothing yet. Export a table from the platform and import it."), (*new, *bring)),
        id="channel-list",
    )  # fmt: skip
    notices = list(desk.saved())
    if (n := desk.asked(TAKEN)).isascii() and n.isdigit() and len(n) < 6:
        notices.append(Notice("fresh", Label(f"已导入 {n} 行。", f"{n} rows imported.")))
    return show(
        request,
        Board(
            desk.title(Label("网络渠道", "Online channels")),
            Label(f"今年浏览 {year:,} 次", f"{year:,} views this year"),
            (desk.search("channels", Label("渠道、单位", "Channel, unit")),
             Section("list", Label("各期数据", "By period"), table, says=(SAYS,))),
            buttons=(*new, *bring), notices=tuple(notices), tabs=desk.tabs("channels"),
        ),
    )  # fmt: skip


@csrf_exempt  # the handlers must be set before anything reads the form; `_take` checks the token
@shows("outreach_record")
def bring(request: HttpRequest) -> HttpResponse:
    """The form for a table; and what came of it."""
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
        return cast(HttpResponse, _take(request))
    return _page(Desk(request))


@csrf_protect
def _take(request: HttpRequest) -> HttpResponse:
    desk = Desk(request)
    kind = kinds()[KIND]
    if not (allowed := unitfiles.may_record(desk.actor, kind, desk.unit)).allowed:
        return _page(desk, fault=allowed.reason, status=403)
    handler, file = request.upload_handlers[0], request.FILES.get("file")
    if not isinstance(file, UploadedFile) or (isinstance(handler, InMemory) and handler.too_large):
        return _page(desk, fault=NO_FILE, status=422)
    try:
        rows = _rows(file.read(), file.name or "")
    except Refused as wrong:
        return _page(desk, fault=wrong.label, status=422)
    own = list(unitfiles.counted(desk.unit, (KIND,)))
    identifier = desk.identifier()
    there = unitfiles.unit_file(desk.unit).entry(derived(identifier, "0")) is not None
    if there:  # sent twice: it is in already
        return HttpResponseRedirect(words.address("channels", desk.code, saved=KIND))
    read = reach.read(rows, kind, own, desk.today)
    if read.faults:
        return _page(desk, faults=read.faults, status=422)
    entries = [
        unitfiles.new_entry(
            desk.unit.code, KIND, one.last, dict(one.fields), now=desk.now, author=desk.actor.name,
            office=desk.home.code, identifier=derived(identifier, str(n)),
            source=f"{(file.name or '')[:80]} 第{one.row}行",
        )
        for n, one in enumerate(read.rows)
    ]  # fmt: skip
    try:
        unitfiles.record_many(entries, actor=desk.actor, now=desk.now)
    except NotAllowed as wrong:
        return _page(desk, fault=wrong.decision.reason, status=403)
    except (NotAccepted, DifferentContent) as wrong:
        return _page(desk, fault=wrong.label, status=422)
    except StoreUnavailable as wrong:
        return _page(desk, fault=wrong.label, status=503)
    return HttpResponseRedirect(words.address("channels", desk.code, taken=str(len(entries))))


def _rows(data: bytes, name: str) -> list[list[str]]:
    """The rows of the first sheet as text."""
    for sheet in open_book(read_bytes(data), name).sheets():
        return [[text_of(cell) for cell in row] for row in sheet.rows()]
    return []


def _page(
    desk: Desk, *, faults: Sequence[reach.Fault] = (), fault: Label | None = None, status: int = 200
) -> HttpResponse:
    sections = []
    summary = None
    if faults:
        n = len(faults)
        said = Label(f"{n} 处有误，一行也没有导入。改好后重新上传整个表格。",
                     f"{n} faults; not one row was taken in. Mend the table and send it again.")  # fmt: skip
        summary = ErrorSummary((Fault(said, "faults"),))
        rows = tuple(Row((str(f.row), f.column or "—", f.label)) for f in faults)
        table = Table(
            Label("错在哪里", "What is wrong"),
            (Column(Label("行", "Row"), numeric=True, phone="lead"), Column(Label("列", "Column")),
             Column(Label("问题", "Fault"), phone="bare")),
            rows, (Label(f"{n} 处", f"{n} faults"),), id="fault-list",
        )  # fmt: skip
        sections.append(Section("faults", Label("错在哪里", "What is wrong"), table))
    elif fault is not None:
        summary = ErrorSummary((Fault(fault, "f-file"),))
    columns = Label("列名：" + "、".join(reach.headings(kinds()[KIND])) + "。转发次数、关注人数可以没有。",
                    "Headings: channel, sort, from, until, views, shares, followers; the last two may be"
                    " missing.")  # fmt: skip
    template = Button(Label("下载模板", "Get the template"), words.address("channels/template.csv"))
    page = ImportPage(
        desk.title(Label("导入渠道数据", "Import reach of channels")),
        Label("一处有误就一行也不写入。", "One fault, and nothing is taken in."),
        tuple(sections),
        Field("file", Label("表格", "Table"), "file", accept=".csv,.xlsx,.xls", hint=columns,
              error=fault or ""),
        words.address("channels/import", desk.code),
        str(desk.new_id()),
        Button(Label("导入", "Import"), look="primary"),
        crumbs=Crumbs((Crumb(words.TITLE, words.ROOT),
                       Crumb(Label("网络渠道", "Channels"), words.address("channels", desk.code)),
                       Crumb(Label("导入", "Import")))),
        buttons=(template,),
        summary=summary,
    )  # fmt: skip
    return show(desk.request, page, status=status)


@shows("outreach_record")
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with its headings and one row as an example."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(reach.headings(kinds()[KIND]))
    writer.writerow(("示例公众号", "公众号", "2026-10-01", "2026-10-31", "12345", "67", "8900"))
    response = HttpResponse(("\ufeff" + out.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, "渠道数据模板.csv") or "attachment"
    return response
