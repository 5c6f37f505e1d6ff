"""Collects who leaves and their packages, and makes papers out: the entry goes to the one gate, the file is
made anew from the file as it was known then. Decides nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from guitu.access import may_see_page
from guitu.casefile import Entry
from guitu.centre import way_out as pure
from guitu.centre.way_out import PAPERS, Package
from guitu.compose import kinds
from guitu.exchange.documents import papers
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import clock as store_clock
from guitu.store import excerpts, gate
from guitu.store import papers as kept
from guitu.store.centre import residents
from guitu.store.units import Unit
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.fresh import fresh_id, source_of
from guitu.web.noted import noted_list, noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole, recordable
from guitu.web.pages.gate.view import notices, reader_of, seen_of
from guitu.web.pages.people.view import findable
from guitu.web.pages.way_out import build, values
from guitu.web.pages.way_out.build import Leaving
from guitu.web.pages.way_out.page import PackagePage, WayOutPage
from guitu.web.unchanged import while_unchanged

SOON: Final = timedelta(days=60)
LEFT: Final = timedelta(days=30)
KIND: Final = "paper_made"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Final = frozenset(
    {
        "release_notice", "assessment", "paper_made", "belongings_kept", "belongings_returned",
        "leaving_item", "handover_sent", "handover_accepted", *residents.ARRIVES,
    }
)  # fmt: skip


@shows("way_out")
@while_unchanged()
def way_out(request: HttpRequest) -> HttpResponse:
    """Who leaves within two months, and who has left."""
    reader, centre = reader_of(request)
    assert reader.post is not None
    today, sees = clock.today(), seen_of(reader)
    root = values.unit_of(reader.post.unit)
    inside = [line for line in residents.inside(root) if line.ends_on and line.ends_on <= today + SOON]
    gone = residents.left_since(root, (today - LEFT).isoformat())
    lines = findable(reader, (*inside, *gone))
    left = {line.no for line in gone}
    found = excerpts.counted((line.no for line in lines), KINDS)
    people = []
    for line in lines:
        entries = found.get(line.no, ())
        arrived = residents.arrival(entries, centre.code)
        if arrived is None or line.ends_on is None:
            continue
        made = pure.package(entries, arrived.happened_on, line.ends_on, today, centre=centre.code, sees=sees)
        people.append(Leaving(line.name or line.case_no, line.case_no, line.ends_on, line.no in left, made))
    people.sort(key=lambda one: (one.ends, one.case_no))
    noted_list(request, "list", lines, root, "way out")
    soon, after = [p for p in people if not p.left], [p for p in people if p.left]
    may = may_see_page(reader.actor, "paper_templates").allowed
    page = WayOutPage(
        build.lead(people),
        build.table(soon, today, Label("即将离所的人", "People who leave soon"), "soon"),
        build.table(after, today, Label("已离所的人", "People who have left"), "left"),
        None if soon else Empty(Label("60 天内没有人离所。", "Nobody leaves within 60 days.")),
        Button(Label("文书模板", "Templates of papers"), href="/way-out/templates/", look="link")
        if may
        else None,
    )
    return show(request, page)


class Asked:
    """One request about one person's package."""

    def __init__(self, request: HttpRequest, case: str, detail: str = "way out") -> None:
        self.request = request
        self.reader, self.centre = reader_of(request)
        self.actor = self.reader.actor
        self.opened: Opened = open_whole(case, self.reader)
        noted_file(request, self.opened, "print" if detail == "paper" else "open", detail)
        self.now = clock.now()
        self.today = store_clock.office_day(self.now)
        # that somebody came stands on the list too, for those as well who may not read how
        arrived = residents.arrival(self.opened.view.case_file.counted(), self.centre.code)
        if arrived is None:
            raise Http404(case)
        self.since = arrived.happened_on

    @property
    def may_make(self) -> bool:
        """Whether the reader makes papers out for this person."""
        return self.opened.may_record(self.actor, kinds()[KIND]).allowed

    def package(self, at: datetime | None = None) -> tuple[Package, date | None]:
        """The package as known at a moment (now without one), and the day on which the person leaves."""
        ends = values.ends_on(self.opened, self.today, at)
        counted = self.opened.shown.counted(at)
        made = pure.package(
            counted, self.since, ends, self.today, centre=self.centre.code, sees=self.opened.sight.open
        )
        return made, ends

    def filled(self, paper: str, number: str, at: datetime, template: bytes, *, known: bool) -> bytes:
        """The paper as a Word file. `known` says to look at the file as it was known at that moment."""
        moment = at if known else None
        made, ends = self.package(moment)
        about = values.values(self.opened, made, ends, self.centre, moment, number=number, on=at)
        return papers.fill(template, about, at.astimezone(CHINA))


@shows("way_out")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """One person's package."""
    return _person(Asked(request, case))


def _person(asked: Asked, notice: Notice | None = None, *, status: int = 200) -> HttpResponse:
    made, ends = asked.package()
    may = recordable(asked.actor, asked.opened.sight.target)
    latest = {}
    for entry in asked.opened.shown.counted():
        if entry.kind == KIND and entry.happened_on >= asked.since:
            latest[str(entry.get("paper"))] = entry
    page = PackagePage(
        identity=identity(asked.opened, asked.today, kinds()),
        lead=_lead(made, ends, asked.today),
        lines=build.lines(made, asked.opened.case_no, may, asked.today),
        papers=build.papers(
            made, asked.opened.case_no, latest, _used(asked.centre), may=asked.may_make,
            hidden=(("id", str(fresh_id(asked.now))),),
        ),
        back=Button(Label("回到出所", "Back"), href="/way-out/", look="link"),
        notices=(*((notice,) if notice else ()), *notices(asked.request, asked.opened, asked.today)),
    )  # fmt: skip
    return show(asked.request, page, status=status)


def _lead(made: Package, ends: date | None, today: date) -> Label:
    missing = len(made.missing)
    zh, en = f"还差 {missing} 项", f"{missing} things missing"
    if not missing:
        zh, en = "材料齐全", "The package is complete"
    if ends is None:
        return Label(zh, en)
    days = (ends - today).days
    left_zh = f"还有 {days} 天" if days > 0 else "今天" if days == 0 else f"已过 {-days} 天"
    left_en = f"in {days} days" if days > 0 else "today" if days == 0 else f"{-days} days ago"
    return Label(f"{ends} 离所，{left_zh}；{zh}", f"Leaves on {ends}, {left_en}; {en}")


def _used(centre: Unit) -> dict[str, Text]:
    words: dict[str, Text] = {}
    for paper in PAPERS:
        found = kept.latest(centre, paper)
        words[paper] = (
            Label(f"本所模板第 {found[0]} 版", f"The centre's template, version {found[0]}")
            if found
            else Label("系统自带模板", "The template that comes with the product")
        )
    return words


@shows("way_out")
@require_POST
def make(request: HttpRequest, case: str, paper: str) -> HttpResponse:
    """Make a paper out: an entry with number, template and digest; the file is then there to take."""
    asked = Asked(request, case)
    if paper not in PAPERS:
        raise Http404(paper)
    if not asked.may_make:
        return _person(
            asked, Notice("barred", Label("您的岗位不出具文书", "Your post makes out no papers")), status=403
        )
    try:
        identifier = UUID(request.POST.get("id", ""))
    except ValueError as wrong:
        raise BadRequest("no id") from wrong
    if identifier.version != 7:
        raise BadRequest("the id is not a UUIDv7")
    number = request.POST.get("number", "").strip()[:120]
    found = kept.latest(asked.centre, paper)
    template = found[1] if found else papers.default_template(paper)
    content = asked.filled(paper, number, asked.now, template, known=False)
    post = asked.reader.post
    entry = Entry(
        id=identifier, file=asked.opened.view.id, kind=KIND, version=kinds()[KIND].version,
        happened_on=asked.today, recorded_at=asked.now, author=asked.actor.name,
        unit=post.unit if post else "",
        fields={
            "paper": paper, "number": number, "template": str(found[0]) if found else papers.DEFAULT,
            "digest": papers.digest_of(content),
        },
        source=source_of(request),
    )  # fmt: skip
    try:
        gate.record(entry, actor=asked.actor, now=asked.now)
    except GuituError as wrong:
        return _person(asked, Notice("fault", wrong.label), status=422)
    noted_write(request, asked.opened.view.no, entry.id, entry.kind, asked.opened.view.area)
    return HttpResponseRedirect(f"/way-out/{asked.opened.case_no}/?saved={entry.id}")


@shows("way_out")
def paper(request: HttpRequest, case: str, entry: UUID) -> HttpResponse:
    """A paper that was made out, as a Word file: the same bytes as then."""
    asked = Asked(request, case, "paper")
    made = next((e for e in asked.opened.shown.counted() if e.id == entry and e.kind == KIND), None)
    if made is None or not asked.may_make or not made.get("digest"):
        raise Http404(str(entry))
    name, version = str(made.get("paper")), str(made.get("template"))
    template: bytes | None
    if version.isdigit():
        template = kept.of_version(asked.centre, name, int(version))
    else:
        template = papers.default_template(name)
    if template is None:
        raise Http404(str(entry))
    content = asked.filled(name, str(made.get("number") or ""), made.recorded_at, template, known=True)
    response = HttpResponse(content, content_type=WORD)
    same = papers.digest_of(content) == made.get("digest")
    title = f"{PAPERS[name].zh}-{asked.opened.case_no}{'' if same else '-资料有变'}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, title) or "attachment"
    return response
