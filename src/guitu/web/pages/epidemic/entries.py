"""The day's counts of staff, visitors and others, on one sheet, without names."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry
from guitu.kernel.labels import Label
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.inside.asked import ID, derived
from guitu.web.inside.shown import NUMBER, Box, Line, Sheet
from guitu.web.page import show, shows
from guitu.web.pages.epidemic.desk import Desk, work_desk
from guitu.web.pages.epidemic.words import CANCEL, ROOT, SAVE, SORTS, crumbs
from guitu.web.pages.record import day as typed_day

KIND: Final = "entry_counted"
BOXES: Final = {
    "came": Label("进所人次", "Came in"),
    "screened": Label("其中查验", "Of these screened"),
    "turned_away": Label("未准进入", "Turned away"),
}
TITLE: Final = Label("登记进所人次", "Others coming in")
MOST: Final = 100_000


@shows("epidemic")
def entries(request: HttpRequest) -> HttpResponse:
    """The sheet; and saving it: one entry for each sort of people of whom anything was said."""
    desk = work_desk(request, KIND)
    if not desk.may(KIND):
        raise Http404(KIND)
    identifier = desk.asked.identifier()
    if request.method != "POST":
        return show(request, _sheet(desk, identifier, {"happened_on": desk.asked.today.isoformat()}))
    typed = {name: str(request.POST[name]).strip() for name in request.POST}
    made, faults = _read(desk, identifier, typed)
    if not made and not faults:
        faults[""] = Label("一个数也没有填", "No number was filled in")
    summary = (
        ErrorSummary(tuple(Fault(text, f"f-{box}" if box else "") for box, text in faults.items()))
        if faults
        else desk.asked.record(made)
    )
    if summary is None:
        return HttpResponseRedirect(f"{ROOT}?saved=entries#entries")
    return show(request, _sheet(desk, identifier, typed, faults, summary), status=422)


def _read(desk: Desk, identifier: UUID, typed: Mapping[str, str]) -> tuple[list[Entry], dict[str, Label]]:
    faults: dict[str, Label] = {}
    day = typed_day.read(typed.get("happened_on", ""), desk.asked.today)
    if not isinstance(day, date):
        faults["happened_on"] = day or Label("请填写日期", "Enter the day")
    elif day > desk.asked.today:
        faults["happened_on"] = Label("日期不能晚于今天", "The day cannot be later than today")
    made = []
    for sort, label in SORTS.items():
        numbers: dict[str, int] = {}
        for box, words in BOXES.items():
            text = unicodedata.normalize("NFKC", typed.get(f"{sort}_{box}", ""))
            if not text:
                continue
            if not text.isascii() or not text.isdigit() or int(text) > MOST:
                faults[f"{sort}_{box}"] = Label(
                    f"{label.zh}，{words.zh}：“{text[:20]}”不是人次",
                    f"{label.en}, {words.en.lower()}: “{text[:20]}” is no count",
                )
            else:
                numbers[box] = int(text)
        if not numbers:
            continue
        fields = {box: numbers.get(box, 0) for box in BOXES}
        if fields["screened"] > fields["came"] + fields["turned_away"]:
            faults.setdefault(
                f"{sort}_screened",
                Label(
                    f"{label.zh}：查验 {fields['screened']}，多于进所和未准进入的人次",
                    f"{label.en}: {fields['screened']} screened, more than came in or were turned away",
                ),
            )
        if isinstance(day, date):
            made.append(desk.asked.work_entry(KIND, day, {"sort": sort, **fields}, derived(identifier, sort)))
    return made, faults


def _sheet(
    desk: Desk,
    identifier: UUID,
    typed: Mapping[str, str],
    faults: Mapping[str, Label] | None = None,
    summary: ErrorSummary | None = None,
) -> Sheet:
    wrong = faults or {}
    return Sheet(
        TITLE,
        Label(
            f"{desk.asked.centre.name}：只登人次，不登姓名。没有的空着。",
            f"{desk.asked.centre.name}: counts only, nobody’s name. Leave empty what there was not.",
        ),
        f"{ROOT}entries/",
        (NUMBER, Label("哪类人", "Who"), *BOXES.values()),
        tuple(
            Line(
                str(n),
                label,
                "",
                tuple(
                    Box(
                        f"{sort}_{box}",
                        Label(f"{words.zh}：{label.zh}", f"{words.en}: {label.en}"),
                        "text",
                        typed.get(f"{sort}_{box}", ""),
                        error=wrong.get(f"{sort}_{box}", ""),
                    )
                    for box, words in BOXES.items()
                ),
            )
            for n, (sort, label) in enumerate(SORTS.items(), 1)
        ),
        ((ID, str(identifier)),),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=ROOT, look="link"),
        Label("三类人", "Three sorts"),
        crumbs(Crumb(TITLE)),
        (
            Field(
                "happened_on",
                Label("日期", "Day"),
                "day",
                value=typed.get("happened_on", ""),
                hint=typed_day.HINT,
                error=wrong.get("happened_on", ""),
            ),
        ),
        summary,
    )
