"""Collects assessments. Which stage is due, what was signed and what bars an opinion is worked out in the
core."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from guitu.access import ACTS, Target, decide
from guitu.casefile import Entry
from guitu.centre import assessing, sheets
from guitu.centre.assessing import DOMAINS, STAGES
from guitu.centre.way_out import OPINION
from guitu.compose import kinds
from guitu.exchange.documents.opinion import Opinion, opinion
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import clock as store_clock
from guitu.store import papers, proposals, read, unitfiles
from guitu.store.centre import assessment_list, plans, stays
from guitu.store.centre.assessment_list import WHATS
from guitu.store.staff import staff_names
from guitu.web import clock
from guitu.web.components.notice.component import Notice
from guitu.web.noted import noted, noted_list
from guitu.web.page import show, shows
from guitu.web.pages.assessments import build, listing
from guitu.web.pages.assessments.build import Desk
from guitu.web.pages.assessments.shown import CentresPage
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole, recordable
from guitu.web.pages.people.view import findable
from guitu.web.pages.today.choices import size_of
from guitu.web.pages.zones.view import CHOOSE, centres_table
from guitu.web.pages.zones.whose import chosen, reader_of, whole
from guitu.web.unchanged import while_unchanged
from guitu.web.who import Who, who


@shows("assessments")
@while_unchanged(beside=lambda centre, _: tuple(stays.waiting(centre).items()))
def assessments(request: HttpRequest) -> HttpResponse:
    """Who is due for which stage in the reader's unit, or one below it."""
    reader, home = reader_of(request)
    unit = chosen(request, home)
    if unit is None:
        noted(request, "list", (), detail=f"assessments {home.code}")
        return show(request, CentresPage(CHOOSE, centres_table(home, "/assessments/")))
    what, stage = request.GET.get("what", ""), request.GET.get("stage", "")
    if (what and what not in WHATS) or (stage and stage not in STAGES):
        raise Http404(f"{what} {stage}")
    work = assessment_list.worklist(unit, clock.today())
    asked = listing.Asked(
        unit.code if unit.no != home.no else "",
        what,
        stage,
        whole(request.GET.get("page")),
        size_of(request.GET),
    )
    lines = findable(reader, read.lines_of_files(listing.numbers(listing.listed(work, asked))))
    noted_list(request, "list", lines, unit, "assessments")
    setting = ""
    if (
        work.centre is not None
        and unitfiles.may_record(reader.actor, kinds()["assessment_plan"], work.centre).allowed
    ):
        setting = f"/units/{work.centre.code}/file/record/assessment_plan/"
    people = {line.no: line for line in lines}
    writes = may_write(reader, Target(unit.path))
    return show(request, listing.page(work, asked, people, writes=writes, setting=setting))


def may_write(reader: Who, target: Target) -> bool:
    """Whether the reader may write an assessment of somebody like that."""
    act = ACTS["assess"]
    return decide(
        reader.actor, "record", replace(target, recorded_by=act.proposed_by, what=act.label)
    ).allowed


def desk_of(request: HttpRequest, case: str) -> Desk:
    """The file, opened for this reader and noted."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    opened = open_whole(case, reader)
    noted_file(request, opened, detail="assessments")
    now = clock.now()
    today = store_clock.office_day(now)
    unit = opened.view.unit
    centre = stays.centre_of(unit) if unit is not None else None
    return Desk(
        opened,
        today,
        now,
        plans.settings(centre, today),
        staff_names(opened.authors),
        recordable(reader.actor, opened.sight.target),
        may_write(reader, opened.sight.target),
        _proposal(opened),
    )


def _proposal(opened: Opened) -> proposals.Proposal | None:
    """The assessment of this file that waits for its second signature, if any."""
    unit = opened.view.unit
    found = stays.waiting(unit).get(opened.view.no) if unit is not None else None
    return proposals.find(found) if found is not None else None


@shows("assessments")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """One person's assessments."""
    desk = desk_of(request, case)
    page = build.page(desk, _news(request))
    if "signed" in request.GET:
        page = replace(page, draft_done=draft(request, desk.case_no))
    return show(request, page)


def draft(request: HttpRequest, case_no: str) -> str:
    """The name under which the browser keeps what is typed into a sheet until it is signed."""
    reader = who(request)
    return f"{reader.username if reader else ''}:{case_no}:assess"


def _news(request: HttpRequest) -> tuple[Notice, ...]:
    if "signed" in request.GET:
        text = Label("已签字提交，等另一名评估人员签同一内容。",
                     "Signed and submitted; another member signs the same words.")  # fmt: skip
        return (Notice("fresh", text),)
    return ()


@shows("assessments")
def paper(request: HttpRequest, case: str, entry: UUID) -> HttpResponse:
    """A written opinion as a Word document; not there for one that is barred or withdrawn."""
    desk = desk_of(request, case)
    found = next((e for e in desk.counted if e.id == entry and e.kind == "opinion_written"), None)
    sheet = _sheet(desk, found) if found is not None else None
    if found is None or sheet is None or build.bars(desk, str(found.get("proposes"))):
        raise Http404(str(entry))
    noted(
        request, "export", (desk.opened.view.no,), ("identity", "legal"), detail=f"opinion {entry}",
        area=desk.opened.view.area,
    )  # fmt: skip
    unit = desk.opened.view.unit
    centre = stays.centre_of(unit) if unit is not None else None
    template = papers.in_use_at(centre, OPINION, found.recorded_at) if centre is not None else None
    response = HttpResponse(
        opinion(_told(desk, found, sheet), template, found.recorded_at.astimezone(CHINA)),
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    name = f"意见书 {desk.case_no} {found.happened_on.isoformat()}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _sheet(desk: Desk, written: Entry) -> Entry | None:
    """The sheet an opinion rests on, as it counts now."""
    named = sheets.now_of(desk.opened.shown, UUID(str(written.get("to"))))
    return named if named is not None and sheets.is_as_signed(named) else None


def _told(desk: Desk, written: Entry, sheet: Entry) -> Opinion:
    about = desk.opened.identity
    order = max(
        (e for e in desk.counted if e.kind == "order" and e.get("measure") == "compulsory_isolation"),
        key=lambda e: e.happened_on,
    )
    legal, person_kind = kinds()["assessment"], kinds()["person"]
    domains = []
    for name in DOMAINS:
        choice = legal.ask(name).choice(sheet.get(name))
        if choice is not None:
            domains.append(
                (legal.ask(name).label.zh, choice.label.zh, str(sheet.get(f"{name}_reason") or ""))
            )
    said = assessing.objections(desk.counted, desk.settings, (sheet.id,))
    open_ones = sum(1 for one in said if one.answer is None)
    sex = person_kind.ask("sex").choice(about.get("sex"))
    months = written.get("months")
    born = about.get("birth")
    unit = desk.opened.view.unit
    centre = stays.centre_of(unit) if unit is not None else None
    return Opinion(
        str(written.get("proposes")),
        months if isinstance(months, int) else None,
        str(written.get("reasons") or ""),
        written.happened_on,
        str(written.get("document_no") or ""),
        centre.name if centre else "",
        str(order.get("authority") or ""),
        str(about.get("name") or ""),
        sex.label.zh if sex else "",
        born if isinstance(born, date) else None,
        desk.case_no,
        str(order.get("document_no") or ""),
        order.happened_on,
        desk.ends_on,
        STAGES[str(sheet.get("stage"))].zh,  # type: ignore[index]
        sheet.happened_on,
        domains,
        [desk.name(name) for name in sorted(sheets.signers(sheet))],
        str(sheet.get("digest") or ""),
        f"本人对该评估提出异议 {len(said)} 件，其中 {open_ones} 件尚未复核。" if said else "",
    )
