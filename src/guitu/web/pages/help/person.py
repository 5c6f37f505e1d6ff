"""One person: what they need and how far it came, their work after one, three, six and twelve months, and
where they live by contract. Everything is recorded from here in the forms of the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guitu import access
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.home import places as place_rules
from guitu.home.help import LINES, Need
from guitu.home.jobs import Job
from guitu.home.places import Stay
from guitu.kernel.labels import Label, many
from guitu.store import clock as store_clock
from guitu.store.home import helping
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Ask, Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole, recordable
from guitu.web.pages.casefile.saved import saved_notice
from guitu.web.pages.help import words
from guitu.web.who import who

FROM = ("from", "help")


@dataclass(frozen=True)
class Seen:
    """The file, what the reader may record in it, and the day."""

    opened: Opened
    may: frozenset[str]
    today: date

    def record(self, kind: str, **given: str) -> str:
        """The form of a kind, from which it comes back here."""
        return addresses.record(self.opened.case_no, kind, (*given.items(), FROM))

    def act(self, kind: str, label: Label, look: str = "small", **given: str) -> tuple[Button, ...]:
        """A button to that form, where the reader may record the kind."""
        return (Button(label, self.record(kind, **given), look),) if kind in self.may else ()


@shows("help_person")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """The page."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    opened = open_whole(case, reader)
    today = store_clock.office_day(clock.now())
    noted_file(request, opened, detail="help")
    seen = Seen(opened, recordable(reader.actor, opened.sight.target), today)
    needs, jobs, stays = helping.of_entries(opened.shown.entries, today)
    name = str(opened.identity.get("name") or opened.case_no)
    sees = access.may_see_page(reader.actor, "help").allowed
    still = sum(need.open for need in needs)
    known = helping.registered(opened.view.unit or tree().find(reader.post.unit if reader.post else ""))
    sections = (
        *(_need(seen, need) for need in needs if need.stage != "closed"),
        _closed(needs),
        _jobs(seen, jobs),
        _placing(seen, known, reader.post.unit if reader.post else ""),
        *(_stay(seen, stay, known) for stay in stays),
        _moving(seen, known, stays),
    )
    page = Board(
        Label(f"帮扶 · {name}", f"Help · {name}"),
        Label(
            f"需求 {len(needs)} 项，还没有着落 {still} 项" if needs else "还没有登记过需求",
            f"{many(len(needs), 'need')}, {still} with nothing yet" if needs else "no need recorded yet",
        ),
        tuple(s for s in sections if s is not None),
        crumbs=Crumbs(
            (Crumb(words.TITLE, words.ROOT if sees else ""), Crumb(name, addresses.file(opened.case_no)))
        ),
        buttons=seen.act("help_need", Label("登记需求", "Record a need"), "primary"),
        notices=_saved(seen, request.GET.get("saved", "")),
    )
    return show(request, page)


def _saved(seen: Seen, given: str) -> tuple[Notice, ...]:
    """The receipt of what was just recorded."""
    try:
        identifier = UUID(given)
    except ValueError:
        return ()
    notice = saved_notice(seen.opened, seen.opened.assessed(seen.today), identifier)
    return (notice,) if notice is not None else ()


def _need(seen: Seen, need: Need) -> Section:
    heading = LINES.get(need.line, LINES["other"])
    facts = [Fact(Label("了解到", "Known since"), str(need.since))]
    if wish := need.first.get("wish") or (
        need.first.get("text") if need.first.kind == "help_request" else ""
    ):
        facts.append(Fact(Label("本人的想法", "What the person wishes"), str(wish)))
    for step in need.steps:
        facts.append(Fact(_step_name(step.kind), _step(step)))
        if step.kind == "help_referral" and step.get("agreed") == "no":
            facts.append(
                Fact(
                    Label("权益问题", "A right at risk"),
                    Label("本人不同意这次转介", "The person did not agree to this referral"),
                )
            )
    acts: list[Button] = []
    to = need.id
    if need.open and need.stage in ("known", "refused", "ended"):
        acts += seen.act("help_referral", Label("转介", "Refer"), to=to)
    if need.referral is not None and need.stage in ("referred", "waiting"):
        acts += seen.act(
            "help_referral_result", Label("登记转介结果", "Record the result"), to=str(need.referral.id)
        )
    if need.open:
        acts += seen.act("help_delivered", Label("登记落实", "Record what was delivered"), to=to)
    if need.delivery is not None and need.stage in ("delivered", "lasted"):
        acts += seen.act(
            "help_lasting", Label("问还在不在", "Ask whether it lasts"), to=str(need.delivery.id)
        )
    acts += seen.act("help_closed", Label("了结", "Close"), "link", to=to)
    word = words.stage_word(need, need.late(seen.today))
    return Section(
        f"need-{need.id[-6:]}",
        Label(f"{heading.zh}：{_say(word).zh}", f"{heading.en}: {_say(word).en}"),
        facts=tuple(facts),
        buttons=tuple(acts),
        says=(ANSWERED,) if need.only_said else (),
    )


ANSWERED: Final = Label(
    "答复写的是“已办”。本人得到的是什么，请点“登记落实”写明；登记了才算落实。",
    "The answer says “Done”. Record what the person received (“Record what was delivered”): only that counts"
    " as delivered.",
)


def _say(word: Word) -> Label:
    return word.text if isinstance(word.text, Label) else Label(word.text, word.text)


def _step_name(kind: str) -> Label:
    return kinds()[kind].label


def _step(step: Entry) -> Label:
    kind = kinds()[step.kind]
    return Label(
        f"{step.happened_on} {kind.sentence(step)}", f"{step.happened_on} {kind.sentence(step, 'en')}"
    )


def _closed(needs: tuple[Need, ...]) -> Section | None:
    done = [n for n in needs if n.stage == "closed"]
    if not done:
        return None
    facts = tuple(Fact(LINES.get(n.line, LINES["other"]), _step(n.steps[-1])) for n in done if n.steps)
    return Section("closed", Label("已了结", "Closed"), facts=facts)


def _jobs(seen: Seen, jobs: tuple[Job, ...]) -> Section:
    heading = Label("就业", "Work")
    if not jobs:
        return Section("jobs", heading, empty=Empty(Label("还没有帮扶就业。", "Not helped into work yet.")))
    rows = []
    acts: list[Button] = []
    for job in jobs:
        rows.append(
            Row(
                (
                    Cell(words.choice(job.entry, "how"), sub=str(job.since)),
                    str(job.left_on or "—"),
                    *(Cell(part=words.milestone_word(m.state), sub=str(m.due)) for m in job.milestones),
                )
            )
        )
        if job.next is not None:
            acts += seen.act(
                "job_check",
                Label(f"问满 {job.next.months} 个月", f"Ask after {many(job.next.months, 'month')}"),
                to=job.id,
            )
    table = Table(
        heading,
        (
            Column(Label("方式、上岗", "How, since"), phone="lead"),
            Column(Label("离岗", "Left")),
            *(Column(Label(f"{n} 个月", many(n, "month"))) for n in (m.months for m in jobs[0].milestones)),
        ),
        tuple(rows),
        id="job-list",
        hide_caption=True,
    )
    return Section("jobs", heading, table, buttons=tuple(acts))


def _placing(seen: Seen, known: helping.Traced, home: str) -> Section | None:
    """Choosing an employer, by the places free as the reader's own page of work counts them."""
    if "job_placement" not in seen.may:
        return None
    everybody = helping.everybody(tree().find(home), seen.today) if home else ()
    found = helping.employers(known, everybody, seen.today)
    none = Label("不是登记的用人单位", "Not a registered employer")
    options = (
        *(Option(e.id, Label(f"{name}（空岗 {e.free}）", f"{name} ({e.free} free)"))
          for e in found if (name := e.entry.get("name"))),
        Option("", none),
    )  # fmt: skip
    return Section(
        "placing",
        Label("帮扶上岗", "Help into work"),
        ask=Ask(
            addresses.record(seen.opened.case_no, "job_placement"),
            (Field("employer", Label("用人单位", "Employer"), "choice", options=options),),
            Button(Label("登记上岗", "Record the first day")),
            (FROM, ("how", "employer")),
            method="get",
        ),
        on_paper=False,
    )


def _stay(seen: Seen, stay: Stay, known: helping.Traced) -> Section:
    place = helping.place_of(known, stay)
    name = str(place.get("name")) if place else ""
    faults = place_rules.faults(stay, place, seen.today)
    facts = [
        Fact(Label("入住", "Moved in"), str(stay.since)),
        Fact(Label("本人自愿", "Voluntary"), words.choice(stay.entry, "voluntary")),
        Fact(Label("协议月报酬", "Wage by the contract"), _yuan(stay.entry.get("wage"))),
    ]
    if stay.left_on:
        facts.append(Fact(Label("离开", "Left"), str(stay.left_on)))
    facts += [Fact(_step_name(e.kind), _step(e)) for e in stay.paid[-3:]]
    facts += [Fact(Label("权益问题", "A right at risk"), place_rules.FAULTS[f]) for f in faults]
    acts: list[Button] = []
    if stay.there(seen.today):
        acts += seen.act(
            "recovery_place_left", Label("登记离开", "Record leaving"), "plain", to=stay.id, how="own_wish"
        )
        acts += seen.act("recovery_place_pay", Label("登记报酬", "Record pay"), to=stay.id)
    says = ()
    if stay.there(seen.today):
        says = (
            Label(
                "本人随时可以离开，不需要任何人批准；本人在自己的页面上按一下就算离开。",
                "The person leaves whenever they wish and needs nobody's leave: one press on their own page"
                " does it.",
            ),
        )
    return Section(
        f"stay-{stay.id[-6:]}",
        Label(f"康复场所 {name}", f"Recovery place {name}"),
        facts=tuple(facts),
        buttons=tuple(acts),
        says=says,
    )


def _yuan(value: object) -> Label | str:
    return Label(f"{value} 元", f"{value} yuan") if value is not None else "—"


def _moving(seen: Seen, known: helping.Traced, stays: tuple[Stay, ...]) -> Section | None:
    if "recovery_place_stay" not in seen.may or any(s.there(seen.today) for s in stays):
        return None
    found = place_rules.places(known, (), seen.today, seen.today)
    if not found:
        return None
    options = tuple(Option(p.id, str(p.entry.get("name"))) for p in found)
    return Section(
        "moving",
        Label("入住康复场所", "Move into a recovery place"),
        ask=Ask(
            addresses.record(seen.opened.case_no, "recovery_place_stay"),
            (Field("place", Label("场所", "Place"), "choice", options=options),),
            Button(Label("登记入住", "Record moving in")),
            (FROM,),
            method="get",
            says=Label("须本人自愿签订协议。", "Only by a contract that the person signs of their own will."),
        ),
        on_paper=False,
    )
