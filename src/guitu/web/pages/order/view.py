"""Collects community orders. Decides nothing: the pathway counts, `guitu.home` derives, access opens."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from guitu.access import may_see_page
from guitu.casefile import Entry
from guitu.casefile.traced import Traced
from guitu.compose import kinds
from guitu.exchange.documents.agreement import AGREEMENT, agreement
from guitu.home.contact import contact_of
from guitu.home.custody import Chain, chain_of, hanging, known_as, positives
from guitu.home.order import KINDS, standing
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.pathway.counters import counters
from guitu.store import excerpts
from guitu.store.home import contacts, draws
from guitu.store.staff import staff_names
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.sorting import asked as sorts
from guitu.web.noted import noted_list
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole, recordable
from guitu.web.pages.contact.build import word as contact_word
from guitu.web.pages.contact.view import unit_of
from guitu.web.pages.gate.view import notices
from guitu.web.pages.order import build, values
from guitu.web.pages.order.burden import shown
from guitu.web.pages.order.counts import Links, counts
from guitu.web.pages.order.page import OrderPage, OrdersPage, TestPage
from guitu.web.pages.people.sought import Sought
from guitu.web.pages.people.view import findable
from guitu.web.pages.today.choices import size_of, whole
from guitu.web.who import Who, who

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _who(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    return reader


@shows("order")
def orders(request: HttpRequest) -> HttpResponse:
    """Everybody in a community measure under the unit."""
    reader, today = _who(request), clock.today()
    home, unit = unit_of(request, reader)
    given = request.POST if request.method == "POST" else request.GET
    step = given.get("step", "")
    asked = build.Asked(
        unit.code if unit.no != home.no else "",
        step if any(step == name for name, *_ in build.STEPS) else "",
        sorts(given.get("sort", ""), build.SORTED_BY, build.USUAL),
        whole(given.get("page"), 1),
        size_of(given),
        Sought.of(request),
    )
    if asked.sought.sent:
        return HttpResponseRedirect(asked.href())
    people = findable(reader, contacts.current(unit))
    found = excerpts.counted((line.no for line in people), KINDS)
    lines = [build.Line(line, standing(found.get(line.no, ()), today)) for line in people]
    wanted = asked.sought.among(lines, attrgetter("person"), unit.code)
    some, pager = build.page_of(build.narrowed(wanted, asked), asked)
    noted_list(request, "list", some, unit, "order")
    below = () if unit.level in ("village", "town") else tree().children(unit)
    page = OrdersPage(
        unit.name,
        build.lead(lines),
        build.orders(some, pager, asked),
        build.filters(lines, asked, below, unit.name),
        build.finder(asked),
    )
    return show(request, page)


@shows("order")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """One person's order: steps, counts with evidence, positive tests, papers."""
    reader, today = _who(request), clock.today()
    opened = open_whole(case, reader)
    noted_file(request, opened, detail="order")
    counted = opened.shown.counted()
    may = recordable(reader.actor, opened.sight.target)
    table = build.tests(_chains(opened, today), opened.case_no)
    page = OrderPage(
        identity=identity(opened, today, kinds(), heading=True),
        lead=_lead(opened, today),
        contact=contact_word(contact_of(counted, today)),
        contact_href=addresses.back_to("contact", opened.case_no)
        if may_see_page(reader.actor, "contact").allowed
        else "",
        steps=build.steps(standing(counted, today, sees=opened.sight.open), opened.case_no, may, today),
        tests=table,
        no_tests=None if table else Empty(Label("没有阳性检测。", "There is no positive test.")),
        counts=counts(
            counters(opened.shown, opened.policy, today), opened.shown.entries, tree(), _links(opened, may)
        ),
        add_evidence=addresses.record(opened.case_no, "evidence", (*build.FROM, ("entry", "")))
        if "evidence" in may
        else "",
        acts=_acts(opened, may, today),
        papers=_papers(opened, reader),
        back=Button(Label("回到社区执行", "Back to community orders"), href="/order/", look="link"),
        drawn=_drawn(opened, today),
        burden=shown(counted, opened.assessed(today), today, tree(), opened.case_no, may),
        notices=notices(request, opened, today),
    )
    return show(request, page)


def _links(opened: Opened, may: frozenset[str]) -> Links:
    return Links(addresses.pictures(opened.case_no), opened.case_no, may)


def _chains(opened: Opened, today: date) -> tuple[Chain, ...]:
    counted = opened.shown.counted()
    sex = str(opened.identity.get("sex") or "")
    every = opened.shown.entries
    return tuple(
        chain_of(test, counted, today, sex=sex, names=known_as(test, every), every=every)
        for test in positives(counted)
    )


def _lead(opened: Opened, today: date) -> Label:
    current = opened.assessed(today).current
    if current is None:
        return Label("没有正在执行的措施", "No measure applies")
    if current.ends_on is None:
        return current.label
    return Label(
        f"{current.label.zh}，到 {current.ends_on} 为止", f"{current.label.en}, until {current.ends_on}"
    )


def _acts(opened: Opened, may: frozenset[str], today: date) -> tuple[Button, ...]:
    """A test appointed, absence, excuse, and the report: each the officer's own act."""
    found = []
    acts = (
        ("test_told", "small"),
        ("extra_test", "small"),
        ("absence", "small"),
        ("excuse", "small"),
        ("breach_report", "grave"),
    )
    for kind, look in acts:
        if kind in may:
            known = (("for_day", today.isoformat()),) if kind in ("test_told", "extra_test") else ()
            href = addresses.record(opened.case_no, kind, (*known, *build.FROM))
            found.append(Button(kinds()[kind].label, href=href, look=look))
    return tuple(found)


def _papers(opened: Opened, reader: Who) -> tuple[Button, ...]:
    """The agreement; and where its wording is changed."""
    label = Label("协议书（Word）", "Agreement (Word)")
    made = Button(label, href=f"/order/{opened.case_no}/agreement.docx")
    if not may_see_page(reader.actor, "order_templates").allowed:
        return (made,)
    return (made, Button(Label("换模板", "Change the template"), href="/order/templates/", look="link"))


def _drawn(opened: Opened, today: date) -> Label | str:
    """Whether the drawn day of the present period has come; a day that lies ahead is told to nobody."""
    one = draws.of_person(opened.view.no, today)
    if one is None:
        return ""
    return Label(f"检测抽到 {one.day}，尚未检测", f"drawn for a test on {one.day}, not tested yet")


@shows("order")
def test(request: HttpRequest, case: str, entry: UUID) -> HttpResponse:
    """One test: its chain, its samples, what is to be checked."""
    reader, today = _who(request), clock.today()
    opened = open_whole(case, reader)
    noted_file(request, opened, detail="test")
    counted = opened.shown.counted()
    gone = _withdrawn(opened, entry)
    tests = [(e, known_as(e, opened.shown.entries)) for e in (*counted, *gone) if e.kind == "urine_test"]
    found, names_of = next(((e, known) for e, known in tests if str(entry) in known), (None, frozenset()))
    if found is None:
        raise Http404(str(entry))
    sex = str(opened.identity.get("sex") or "")
    chain = chain_of(found, counted, today, sex=sex, names=names_of, every=opened.shown.entries)
    units = {e.unit: unit.name for e in (found, *chain.steps) if (unit := tree().get(e.unit)) is not None}
    names = staff_names(frozenset(e.author for e in (found, *chain.steps)))
    may = recordable(reader.actor, opened.sight.target)
    keep = chain.keep_until
    left = hanging(found, counted, opened.shown.entries)
    page = TestPage(
        identity=identity(opened, today, kinds(), heading=True),
        word=build.WITHDRAWN if gone else build.outcome(chain),
        lead=Label(f"{found.happened_on} 的检测", f"the test of {found.happened_on}"),
        chain=build.chain_table(chain, names, units),
        samples=build.samples(chain),
        gaps=(((build.STILL_COUNT, ""),) if left else ()) if gone else build.gaps(chain),
        acts=build.withdrawals(left, opened.case_no, may) if gone else build.acts(chain, opened.case_no, may),
        back=Button(
            Label("回到本人的社区执行", "Back"), href=addresses.back_to("order", opened.case_no), look="link"
        ),
        keep=Label(f"样本保存到 {keep}，此前不得销毁", f"Samples are kept until {keep}") if keep else "",
        notices=notices(request, opened, today),
    )
    return show(request, page)


def _withdrawn(opened: Opened, test: UUID) -> tuple[Entry, ...]:
    """The test, if it was withdrawn: its page says so, and what still hangs on it."""
    gone = Traced(opened.shown.entries).withdrawn(test)
    return tuple(e for e in opened.shown.entries if gone and e.id == test)


@shows("order")
def paper(request: HttpRequest, case: str) -> HttpResponse:
    """The agreement as a Word file: rights and help as well as duties."""
    now = clock.now()
    opened = open_whole(case, _who(request))
    noted_file(request, opened, "print", AGREEMENT)
    content = agreement(values.told(opened, clock.today()), values.template(opened), now.astimezone(CHINA))
    response = HttpResponse(content, content_type=WORD)
    name = f"协议书-{opened.case_no}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
