"""A sitting of a battery, entered for one person."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Value
from guitu.centre import fitness
from guitu.kernel.labels import Label
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.inside.asked import ID
from guitu.web.inside.shown import Form
from guitu.web.page import show, shows
from guitu.web.pages.record import day as typed_day
from guitu.web.pages.training import batteries
from guitu.web.pages.training.one import open_one
from guitu.web.pages.training.words import (
    CANCEL,
    OCCASIONS,
    SAVE,
    crumbs,
)

SURE: Final = "sure"


@shows("training")
def test(request: HttpRequest, case: str) -> HttpResponse:
    """A sitting of a battery: one box an item, empty where it was not tested; what is unusual is asked
    once."""
    one = open_one(request, case, "fitness test")
    battery = batteries.chosen(one.asked.asked.get("battery", ""))
    identifier = one.asked.identifier()
    typed = {item.name: one.asked.asked.get(item.name, "") for item in battery.items}
    occasion = one.asked.asked.get("occasion", "")
    happened = one.asked.asked.get("happened_on", one.asked.today.isoformat())
    errors: dict[str, Label] = {}
    summary: ErrorSummary | None = None
    if request.method == "POST":
        if one.opened.entry(identifier) is not None:
            return HttpResponseRedirect(f"{one.at}?saved=test")
        found = fitness.read_typed(battery, typed)
        on = typed_day.read(happened, one.asked.today)
        errors = dict(found.faults)
        if not isinstance(on, date):
            errors["happened_on"] = on or Label("请填写测试日期", "Enter the day of the test")
        if occasion not in OCCASIONS:
            errors["occasion"] = Label("请选择时机", "Choose the occasion")
        if not found.values and not errors:
            errors[battery.items[0].name] = Label("一项也没有填", "No item was filled in")
        if not errors and found.unusual and SURE not in request.POST:
            errors = dict(found.unusual)
        if errors:
            boxes = ("happened_on", "occasion", *typed)
            summary = ErrorSummary(tuple(Fault(errors[b], f"f-{b}") for b in boxes if b in errors))
        else:
            assert isinstance(on, date)
            fields: dict[str, Value] = {
                "occasion": occasion,
                "battery": battery.key,
                "results": fitness.kept(battery, found.values),
            }
            summary = one.asked.record(
                [one.asked.entry(one.trainee.person.id, "fitness_test", on, fields, identifier)],
                [one.trainee.person],
            )
            if summary is None:
                return HttpResponseRedirect(f"{one.at}?saved=test")
    asks_again = (
        bool(errors)
        and errors.keys() <= {i.name for i in battery.items}
        and all("不常见" in text.zh for text in errors.values())
    )
    page = Form(
        Label(f"体能测试：{one.name}", f"Fitness test: {one.name}"),
        Label(
            f"{battery.label.zh}；没有测的空着。{battery.source.zh}",
            f"{battery.label.en}; leave empty what was not tested. {battery.source.en}",
        ),
        f"{one.at}test/",
        (
            Field(
                "happened_on",
                Label("测试日期", "Day of the test"),
                "day",
                value=happened,
                hint=typed_day.HINT,
                error=errors.get("happened_on", ""),
            ),
            Field(
                "occasion",
                Label("时机", "Occasion"),
                "choice",
                value=occasion,
                options=tuple(Option(k, v) for k, v in OCCASIONS.items()),
                error=errors.get("occasion", ""),
            ),
            *(
                Field(
                    item.name,
                    item.label,
                    "decimal",
                    value=typed[item.name],
                    unit=item.unit or "",
                    optional=True,
                    hint=item.help or "",
                    error=errors.get(item.name, ""),
                )
                for item in battery.items
            ),
        ),
        ((ID, str(identifier)), ("battery", battery.name)),
        Button(Label("数值属实，保存", "The values are right: save"), look="primary", name=SURE, value="yes")
        if asks_again
        else Button(SAVE, look="primary"),
        Button(CANCEL, href=one.at, look="link"),
        crumbs(Crumb(one.name, one.at), Crumb(Label("体能测试", "Fitness test"))),
        summary,
    )
    return show(request, page, status=422 if summary else 200)
