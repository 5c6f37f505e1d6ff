"""Who is in entry education, since when, and from which day it is a month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.centre import classes
from guitu.kernel.days import add_months, days_between
from guitu.kernel.labels import Label
from guitu.store.centre import learning
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.asked import inside, nowhere
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.education.saved import saved_notice
from guitu.web.pages.education.words import (
    ROOT,
    TITLE,
    crumbs,
)
from guitu.web.unchanged import while_unchanged

NEW: Final = timedelta(days=150)
"""So far back entry education that is not over is looked for."""


@shows("education")
@while_unchanged()
def entry_education(request: HttpRequest) -> HttpResponse:
    """Who is in entry education, since when, and from which day it is a month; ending it for one person."""
    asked = inside(request)
    if asked is None:
        return nowhere(request, TITLE)
    people = asked.persons(learning.new_arrivals(asked.centre, asked.today - NEW), classes.PERSON_KINDS)
    asked.list_noted(people, "entry education")
    rows = []
    for one in people:
        counted = [e for _, e in classes.counted(one.entries)]
        begun = max((e.happened_on for e in counted if e.kind == "entry_education_begun"), default=None)
        if begun is None:
            continue
        ends = [e.happened_on for e in counted if e.kind == "entry_education_done" and e.happened_on >= begun]
        full = add_months(begun, 1)
        done = next((e for e in ends if e >= full), None)
        rows.append((begun, one, full, done, ends))
    rows.sort(key=lambda r: (r[3] is not None, r[0]))
    running = sum(r[3] is None for r in rows)
    table = Table(
        Label("入所教育", "Entry education"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("开始", "Began")),
            Column(Label("已有", "Days so far"), numeric=True, unit=Label("天", "days")),
            Column(Label("满一个月", "A month on")),
            Column(Label("状态", "State"), phone="bare"),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        tuple(
            Row(
                (
                    Cell(one.name, f"{ROOT}people/{one.case_no}/"),
                    Cell(begun.isoformat()),
                    Cell(str(days_between(begun, done or asked.today))),
                    Cell(full.isoformat()),
                    Cell(part=_entry_word(asked.today, full, done, ends)),
                    Cell()
                    if done
                    else Cell(
                        part=Button(
                            Label("登记结束", "Record the end"),
                            look="small",
                            describes=one.name,
                            href=f"/files/{one.case_no}/record/entry_education_done/",
                        )
                    ),
                )
            )
            for begun, one, full, done, ends in rows
        ),
        (Label(f"{len(rows)} 人", f"{len(rows)} persons"),),
        empty=None
        if rows
        else Empty(Label("近五个月没有新入所的人。", "Nobody arrived in the last five months.")),
    )
    return show(
        request,
        Board(
            Label("入所教育", "Entry education"),
            Label(f"{running} 人正在入所教育", f"{running} are in entry education"),
            (
                Section(
                    "entry",
                    Label("新入所的人", "New arrivals"),
                    table,
                    says=(
                        Label(
                            "不少于一个月（司法部令第127号第45条，见于转载）。不满一个月结束的，不算办结。",
                            "A month at least (Decree 127, art. 45, seen in a reprint). What"
                            " ended sooner does not do it.",
                        ),
                    ),
                ),
            ),
            crumbs(Crumb(Label("入所教育", "Entry education"))),
            notices=saved_notice(asked),
        ),
    )


def _entry_word(today: date, full: date, done: date | None, ends: list[date]) -> Word:
    if done is not None:
        return Word("done", Label(f"{done} 结束", f"ended {done}"))
    if ends:
        return Word("gap", Label(f"{ends[-1]} 结束，不满一个月", f"ended {ends[-1]}, under a month"))
    if today >= full:
        return Word("today", Label("已满一个月，可以结束", "A month has passed: it may end"))
    return Word(
        "open", Label(f"还有 {days_between(today, full)} 天", f"{days_between(today, full)} days to go")
    )
