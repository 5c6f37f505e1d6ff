"""The month's pay, its slips, and paying in."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry
from guitu.centre import work as working
from guitu.centre.ceilings import PAID
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.centre import days_of_work
from guitu.store.centre.days_of_work import Month
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.components.periods.component import Step
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.noted import noted, noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import open_file
from guitu.web.pages.daily.desk import Desk
from guitu.web.pages.daily.shown import BoardPage, FormPart, Section, SlipPage
from guitu.web.unchanged import while_unchanged

READS: Final = ("work_fitness", "work_exception", "work_pay")
YUAN: Final = Label("元", "yuan")


def _month(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return otherwise.replace(day=1)


@shows("daily")
@while_unchanged(minutely=True)
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody's month, and paying it in."""
    desk = Desk(request, code)
    first = desk.month()
    last = working.month_of(first)[1]
    rate = days_of_work.rate(desk.file, min(last, desk.today))
    per_hour = Decimal(str(rate.get("rate"))) if rate else Decimal(0)
    members = desk.members(READS)
    months = days_of_work.month(desk.file, members, first, per_hour)
    summary = None
    status = 200
    if request.method == "POST" and desk.may("work_pay") and rate is not None and last < desk.today:
        try:
            made = days_of_work.pay(
                desk.unit,
                first,
                months,
                per_hour,
                actor=desk.actor,
                office=desk.office,
                day=desk.today,
                now=desk.now,
            )
        except GuituError as refused:
            summary, status = ErrorSummary((Fault(refused.label),)), 422
        else:
            for no, entry in made.items():
                noted_write(request, no, entry.id, entry.kind, desk.unit.path)
            return HttpResponseRedirect(desk.href("pay", month=f"{first:%Y-%m}", saved=str(len(made))))
    desk.note(members, f"pay {first:%Y-%m}")
    return show(request, _page(desk, first, rate, months, summary), status=status)


def _page(
    desk: Desk, first: date, rate: Entry | None, months: tuple[Month, ...], summary: ErrorSummary | None
) -> BoardPage:
    last = working.month_of(first)[1]
    some = [one for one in months if one.worked.days or one.paid]
    total = sum((one.amount for one in some), Decimal(0))
    waiting = [one for one in some if one.paid is None]
    notices = []
    if (saved := desk.request.GET.get("saved", "")).isdigit() and len(saved) < 5:
        notices.append(Notice("fresh", Label(f"已入账 {saved} 人", f"{saved} paid in")))
    if rate is None:
        acts = ()
        if desk.may("work_rate"):
            acts = (
                Button(
                    Label("登记标准", "Record the rate"),
                    href=f"/units/{desk.unit.code}/file/record/work_rate/",
                    look="small",
                ),
            )
        text = Label(
            "还没有劳动报酬标准，算不出金额。", "No rate of pay is recorded: no amount can be worked out."
        )
        notices.append(Notice("gap", text, PAID.says, acts))
    form = None
    if desk.may("work_pay") and rate is not None and waiting and last < desk.today:
        button = Button(Label(f"入账 {len(waiting)} 人", f"Pay in {len(waiting)}"), look="primary")
        form = FormPart(desk.href("pay", month=f"{first:%Y-%m}"), (), button)
    per_hour = (
        Label(f"每小时 {rate.get('rate')} 元", f"{rate.get('rate')} yuan an hour")
        if rate
        else Label("—", "—")
    )
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    return BoardPage(
        desk.title(Label("劳动报酬", "Pay for work")),
        Label(
            f"{first.year}年{first.month}月：{len(some)} 人，合计 {working.plain(total)} 元，未入账"
            f" {len(waiting)} 人"
            f" · {per_hour.zh}",
            f"{first:%B %Y}: {len(some)} people, {working.plain(total)} yuan, {len(waiting)} not paid in"
            f" · {per_hour.en}",
        ),
        (
            Section(
                "month",
                Label("本月", "The month"),
                (
                    Label(
                        f"{PAID.says.zh}（{PAID.article.zh}）。",
                        f"{PAID.says.en.capitalize()} ({PAID.article.en}).",
                    ),
                ),
                _table(desk, some),
                form,
            ),
        ),
        desk.tabs("pay"),
        (
            Step(Label("上月", "month before"), desk.href("pay", month=f"{before:%Y-%m}")),
            Step(
                Label("下月", "month after"),
                desk.href("pay", month=f"{after:%Y-%m}") if after <= desk.today else "",
            ),
        ),
        tuple(notices),
        summary,
    )


def _table(desk: Desk, some: list[Month]) -> Table:
    rows = []
    for one in some:
        line = one.member.line
        state: object = Word("gap", Label("未入账", "Not paid in"))
        days, hours, amount = str(one.worked.days), working.plain(one.worked.hours), working.plain(one.amount)
        later: Label | str = ""
        if one.paid is not None:
            days, hours = str(one.paid.get("days")), str(one.paid.get("hours"))
            if Decimal(hours) != one.worked.hours:  # something was recorded or corrected after it was paid in
                now = working.plain(one.worked.hours)
                later = Label(f"现为 {now} 小时，请核对", f"now {now}: check")
            first = str(one.paid.get("month"))[:7]
            state = Button(
                Label("凭条", "Slip"),
                href=desk.href(f"pay/{first}/{line.case_no}"),
                look="small",
                describes=line.name,
            )
            amount = str(one.paid.get("amount"))
        over: Cell | str = ""
        if one.worked.over:
            over = Cell(
                part=Word(
                    "right",
                    Label(f"超六小时 {len(one.worked.over)} 天", f"Over six hours: {len(one.worked.over)}"),
                )
            )
        rows.append(
            Row(
                (
                    Cell(line.name, href=addresses.file(line.case_no)),
                    days,
                    Cell(hours, sub=later),
                    amount,
                    over,
                    Cell(part=state),
                )
            )
        )
    return Table(
        Label("各人", "Each person"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("天数", "Days"), numeric=True),
            Column(Label("小时", "Hours"), numeric=True),
            Column(Label("金额", "Amount"), numeric=True, unit=YUAN),
            Column(Label("上限", "Ceiling"), phone="bare"),
            Column(Label("凭条", "Slip"), phone="act"),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 人", f"{len(rows)} people"),),
        id="pay-list",
    )


@shows("daily")
def slip(request: HttpRequest, code: str, month: str, case: str) -> HttpResponse:
    """One person's slip of a month, to print and hand over."""
    desk = Desk(request, code)
    opened = open_file(case, desk.reader)
    first = _month(month, desk.today)
    entry = next(
        (
            e
            for e in reversed(opened.counted)
            if e.kind == "work_pay" and e.get("month") == first and opened.shows(e)
        ),
        None,
    )
    if entry is None:
        raise Http404(month)
    noted(
        request,
        "print",
        [opened.view.no],
        ("support",),
        opened.sight.decision,
        detail=f"payslip {first:%Y-%m}",
        area=opened.view.area,
    )
    return show(
        request,
        slip_of(
            entry,
            str(opened.identity.get("name") or ""),
            desk.unit.name,
            Button(
                Label("回到报酬", "Back to pay"), href=desk.href("pay", month=f"{first:%Y-%m}"), look="link"
            ),
        ),
    )


def slip_of(entry: Entry, name: str, office: str, back: Button) -> SlipPage:
    """The slip that an entry of pay makes."""
    first = entry.get("month")
    assert isinstance(first, date), "the kind asks for it"
    hours, rate, amount = (str(entry.get(n)) for n in ("hours", "rate", "amount"))
    return SlipPage(
        Label(f"{first.year}年{first.month}月劳动报酬", f"Pay for work, {first:%B %Y}"),
        office,
        name,
        (
            (Label("劳动天数", "Days worked"), Label(f"{entry.get('days')} 天", f"{entry.get('days')} days")),
            (Label("劳动时间", "Hours worked"), Label(f"{hours} 小时", f"{hours} hours")),
            (Label("标准", "Rate"), Label(f"每小时 {rate} 元", f"{rate} yuan an hour")),
            (Label("金额", "Amount"), Label(f"{amount} 元", f"{amount} yuan")),
            (Label("入账日期", "Paid in on"), entry.happened_on.isoformat()),
        ),
        (
            Label(f"{hours} × {rate} ＝ {amount}", f"{hours} × {rate} = {amount}"),
            Label(
                f"{PAID.says.zh}（{PAID.article.zh}）。有不对的，可以向大队或者投诉提出。",
                f"{PAID.says.en.capitalize()} ({PAID.article.en}). If it is wrong, say so to the brigade,"
                f" or complain.",
            ),
        ),
        back,
    )
