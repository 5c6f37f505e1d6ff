"""The roster as a workbook, and one's own shifts as a calendar."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpResponse

from guitu.kernel.labels import spanned
from guitu.store.roster_issues import Shift
from guitu.store.rosters import Draft
from guitu.web.component import say
from guitu.web.language import spoken
from guitu.web.pages.roster.build import WEEKDAYS, once
from guitu.web.taking.writing import harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(draft: Draft, office: str) -> HttpResponse:
    """People down, days across, the shift and the post in words."""
    content = once(draft, ("workbook", office, spoken()), lambda: _workbook(draft, office))
    return attached(content, XLSX, f"roster_{draft.first.isoformat()}.xlsx")


def _workbook(draft: Draft, office: str) -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    problem = draft.problem
    head = book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, [say(draft_title(draft, office))], head)
    for day in range(problem.days):
        iso = problem.day(day)
        sheet.write_string(1, day + 2, f"{iso:%m-%d} {say(WEEKDAYS[iso.weekday()])}", head)
    for row, person in enumerate(sorted(problem.people, key=lambda p: (p.brigade, p.name)), start=2):
        sheet.write_string(row, 0, harmless(person.name))
        sheet.write_string(row, 1, harmless(person.brigade))
        for day in range(problem.days):
            slot = draft.roster.cells.get((person.id, day))
            if slot is not None:
                words = f"{say(problem.shift[slot.shift].label)} {say(problem.post[slot.post].label)}"
                sheet.write_string(row, day + 2, harmless(words))
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, problem.days + 1, 12)
    sheet.freeze_panes(2, 2)
    sheet.set_landscape()
    sheet.repeat_rows(0, 1)
    book.close()
    return stream.getvalue()


def draft_title(draft: Draft, office: str) -> str:
    """What stands on top of the sheet."""
    return f"{office} {say(spanned(draft.first, draft.final))}"


def calendar(shifts: Iterable[Shift], username: str, now: datetime) -> HttpResponse:
    """Shifts as an iCalendar (RFC 5545): the place is the post, nothing about anybody else."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Guitu//Roster//ZH"]
    for shift in shifts:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{shift.begins.astimezone(UTC):%Y%m%dT%H%MZ}-{username}@guitu",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART:{shift.begins.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTEND:{shift.ends.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"SUMMARY:{_escaped(say(shift.label))}",
            f"LOCATION:{_escaped(say(shift.post))}",
            "END:VEVENT",
        ]
    text = "\r\n".join([*lines, "END:VCALENDAR", ""])
    return attached(text.encode(), "text/calendar; charset=utf-8", "shifts.ics")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def attached(content: bytes, sort: str, name: str) -> HttpResponse:
    """A file to take along."""
    response = HttpResponse(content, content_type=sort)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
