"""A list of readings to take along, as CSV, for a stated reason; that it was taken is noted too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from guitu.kernel.labels import Label
from guitu.store.access_log import LABELS, readings_of_user
from guitu.store.readings.seen import Line, case_numbers, every_line_of_file
from guitu.store.staff import staff_names
from guitu.web import clock
from guitu.web.component import say
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.readings import view, words
from guitu.web.pages.readings.build import at
from guitu.web.taking.writing import harmless

MOST: Final = 20_000

COLUMNS: Final = (
    Label("时间", "Time"),
    Label("账号", "Account"),
    Label("姓名", "Name"),
    Label("岗位", "Post"),
    Label("种类", "Sort"),
    Label("档案号", "Case number"),
    Label("人数", "People shown"),
    Label("分区", "Compartments"),
    Label("准许的理由", "Why allowed"),
    Label("目的", "Purpose"),
    Label("来自", "From"),
    Label("无分管关系", "No responsibility"),
)


@shows("file_readings")
@require_POST
def of_file(request: HttpRequest, case: str) -> HttpResponse:
    """Who has seen one file."""
    found, decision = view.found_file(request, case)
    asked, reason = view.asked_of(request.POST), request.POST.get("reason", "")
    if reason not in words.REASONS:
        page = view.file_page(request, found, asked, error="reason")
        return show(request, page, status=422)
    noted(request, "export", (found.no,), (), decision, detail=f"readings reason={reason}", area=found.area)
    now = clock.now()
    since, until = words.since(asked.period, now), now + timedelta(days=1)
    lines = every_line_of_file(found.no, since, until, what=asked.what, most=MOST)
    return _attached(lines, {found.no: found.case_no}, f"readings-{found.case_no}")


@shows("access_log")
@require_POST
def of_account(request: HttpRequest) -> HttpResponse:
    """What one account has seen."""
    name, units = view.found_account(request)
    asked, reason = view.asked_of(request.POST, account=name), request.POST.get("reason", "")
    if reason not in words.REASONS:
        return show(request, view.account_page(name, units, asked, error="reason"), status=422)
    noted(request, "export", (), (), None, detail=f"readings reason={reason}")
    now = clock.now()
    since, until = words.since(asked.period, now), now + timedelta(days=1)
    found = readings_of_user(name, since, until, size=MOST, what=asked.what, units=units)
    cases = case_numbers(f for line in found.lines for f in line.files)
    return _attached(found.lines, cases, f"readings-{clock.today().isoformat()}")


def _attached(lines: Iterable[Line], cases: dict[int, str], name: str) -> HttpResponse:
    stream = io.StringIO(newline="")
    out = csv.writer(stream)
    out.writerow([say(label) for label in COLUMNS])
    listed = list(lines)
    names = staff_names({line.who for line in listed})
    for values in _rows(listed, cases, names):
        out.writerow([harmless(v) if isinstance(v, str) else v for v in values])
    response = HttpResponse(stream.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _rows(
    lines: Iterable[Line], cases: dict[int, str], names: dict[str, str]
) -> Iterator[tuple[str | int, ...]]:
    for line in lines:
        yield (
            at(line.at),
            line.who,
            names.get(line.who, ""),
            say(words.post_label(line.role, line.unit)),
            say(LABELS[line.what]),
            " ".join(cases[f] for f in line.files if f in cases),
            line.shown,
            say(words.compartments(line.compartments)),
            say(line.why),
            say(words.purpose(line.purpose)),
            line.source,
            "◇" if line.outside else "",
        )
