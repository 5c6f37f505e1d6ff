"""The campaigns that reach the reader's unit, each with how far it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guitu.kernel.labels import Label, many, spanned
from guitu.store.home import followups
from guitu.store.home.followups import Declared
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.follow_ups import words


@shows("follow_ups")
def follow_ups(request: HttpRequest) -> HttpResponse:
    """The list."""
    area = Area(request)
    found = followups.declared(area.unit)
    rows = tuple(_row(area, one) for one in found)
    running = sum(one.campaign.first <= area.today <= one.campaign.last for one in found)
    new: tuple[Button, ...] = ()
    if area.may("follow_up_campaign"):
        href = f"/units/{area.unit.code}/file/record/follow_up_campaign/"
        new = (Button(Label("新建回访行动", "New campaign"), href, "primary"),)
    empty = None
    if not rows:
        empty = Empty(
            Label(
                "还没有回访行动。由县级或者省级主管新建，定下回访谁、从哪天到哪天。",
                "There is no campaign yet. A county or the province begins one: whom, and when.",
            )
        )
    table = Table(
        Label("回访行动", "Campaigns"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("时间", "Days")),
            Column(Label("组织单位", "Run by")),
            Column(Label("应回访", "To follow up"), numeric=True),
            Column(Label("回访率", "Spoken to"), numeric=True),
            Column(Label("失联", "Lost"), numeric=True),
        ),
        rows,
        (Label(f"{len(rows)} 次", many(len(rows), "campaign")),),
        id="campaigns",
    )
    return show(
        request,
        Board(
            area.title(words.TITLE),
            Label(f"正在进行 {running} 次", f"{running} under way"),
            (
                Section(
                    "all",
                    Label("全部", "All"),
                    table if rows else None,
                    empty=empty,
                    says=(words.ALL_COUNT,) if rows else (),
                ),
            ),
            buttons=new,
            notices=area.saved(),
        ),
    )


def _row(area: Area, one: Declared) -> Row:
    campaign = one.campaign
    total = followups.cohort(one, area.unit, area.today).total
    return Row(
        (
            Cell(campaign.name, words.address(campaign.id, unit=area.code)),
            spanned(campaign.first, campaign.last),
            one.unit.name,
            f"{total.cohort:,}",
            words.share(total.outcomes["reached"], total.cohort),
            f"{total.outcomes['lost']:,}",
        )
    )
