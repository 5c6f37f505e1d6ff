"""The list as a workbook or as CSV: named columns, identity numbers masked, at most MOST rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from guitu import access
from guitu.kernel.labels import Label
from guitu.policy import names
from guitu.store.acts.export import alone
from guitu.store.read import PersonLine
from guitu.store.units import Tree
from guitu.web import clock
from guitu.web.accounts.recent import confirmed_download
from guitu.web.component import say
from guitu.web.noted import noted_list
from guitu.web.page import shows
from guitu.web.pages.people import lines
from guitu.web.pages.people.choices import ALL, RECENT, Choices, choices_of
from guitu.web.taking.writing import harmless
from guitu.web.who import who

MOST: Final = 5000

COLUMNS: Final = (
    (Label("档案号", "Case number"), 20),
    (Label("姓名", "Name"), 14),
    (Label("性别", "Sex"), 8),
    (Label("出生年", "Born"), 9),
    (Label("证件号尾号", "ID ending"), 12),
    (Label("现措施", "Measure now"), 24),
    (Label("状态", "State"), 14),
    (Label("期满", "Last day"), 12),
    (Label("责任单位", "Responsible unit"), 34),
    (Label("责任人", "Worker"), 12),
    (Label("待办事项数", "Open duties"), 12),
    (Label("逾期事项数", "Overdue duties"), 14),
    (Label("提示", "Findings"), 36),
)
"""Each column's head and its width in characters."""


@shows("people_list")
@confirmed_download
def workbook(request: HttpRequest) -> HttpResponse:
    """The list as .xlsx."""
    return _direct(request, "xlsx")


@shows("people_list")
@confirmed_download
def plain(request: HttpRequest) -> HttpResponse:
    """The list as CSV, in UTF-8 with the mark by which spreadsheets know it."""
    return _direct(request, "csv")


def _direct(request: HttpRequest, ending: str) -> HttpResponse:
    """The list at once, if one officer may take so many along alone; else the way to propose it."""
    chosen = _chosen(request, request.GET)
    found, total = chosen.people()
    if total > alone():
        query = urlencode((*chosen.query, ("what", "people"), ("ending", ending)))
        return HttpResponseRedirect(f"{reverse('export_ask')}?{query}")
    return _file(request, chosen, found, ending)


def counted(request: HttpRequest, query: QueryDict) -> int:
    """How many people the list that is asked for holds."""
    return _chosen(request, query).people()[1]


def approved(request: HttpRequest, query: QueryDict, ending: str) -> HttpResponse:
    """The list that a second officer has let the reader take along, as it is now."""
    chosen = _chosen(request, query)
    return _file(request, chosen, chosen.people()[0], ending)


def _chosen(request: HttpRequest, query: QueryDict) -> Choices:
    """The list that is asked for, whole."""
    reader = who(request)
    assert reader is not None
    chosen = choices_of(query, reader)
    if not access.decide(reader.actor, "export", access.Target(chosen.unit.path)).allowed:
        raise Http404(chosen.unit.code)
    if chosen.list == RECENT:
        chosen = replace(chosen, list=ALL)
    return replace(chosen, page=1, size=MOST)


def _file(request: HttpRequest, chosen: Choices, found: Sequence[PersonLine], ending: str) -> HttpResponse:
    """These people as a file; that they were taken along is noted first."""
    noted_list(request, "export", found, chosen.unit, "people")
    screened = bool(request.session.get("people_screen"))
    rows = [_values(line, chosen.units, screened=screened) for line in found]
    if ending == "csv":
        return _attached(_csv(rows), "text/csv; charset=utf-8", "csv")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _attached(_workbook(rows), kind, "xlsx")


def _workbook(rows: Sequence[tuple[str | int, ...]]) -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(say(Label("人员名单", "People")))
    head = book.add_format({"bold": True, "bottom": 1})
    for column, (label, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, say(label), head)
    for place, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(place, column, value)
            else:
                sheet.write_string(place, column, value)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    book.close()
    return stream.getvalue()


def _csv(rows: Sequence[tuple[str | int, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    out = csv.writer(stream)
    out.writerow([say(label) for label, _ in COLUMNS])
    for values in rows:
        out.writerow([harmless(v) if isinstance(v, str) else v for v in values])
    return stream.getvalue().encode("utf-8-sig")


def _attached(content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="list-{clock.today().isoformat()}.{ending}"'
    return response


def _values(line: PersonLine, units: Tree, *, screened: bool) -> tuple[str | int, ...]:
    words = names()
    unit = units.get(line.unit)
    place = " ".join(u.name for u in units.ancestors(unit)[1:]) or unit.name if unit else ""
    found = [words.findings[n] for n in line.findings if n in words.findings]
    hidden = say(lines.HIDDEN.text)
    return (
        line.case_no,
        lines.masked(line.name) if screened else line.name,
        say(lines.SEX.get(line.sex, "")),
        line.birth_year or "",
        f"…{line.id_tail}" if line.id_tail else "",
        hidden if screened else say(words.measures.get(line.measure, "")),
        hidden if screened else say(words.states.get(line.state, "")),
        "" if screened or not line.ends_on else line.ends_on.isoformat(),
        place,
        line.worker,
        line.open_n,
        line.overdue_n,
        hidden if screened else "；".join(say(f) for f in found),
    )
