"""From a file and its assessment to what the page shows. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.access.logs import may_read_log
from guitu.casefile import Kind
from guitu.kernel.days import days_between
from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry
from guitu.pathway.model import Assessment, Duty, Finding, Measure
from guitu.store.levels.reorganising import NEVER_RENAMED, Former
from guitu.store.placing import BY_RECEIVER
from guitu.store.units import Tree
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.duty.component import DutyRow, row_id, row_of
from guitu.web.components.empty.component import Empty
from guitu.web.components.finding.component import FindingCard, card_of
from guitu.web.components.identity.component import Identity, Masked
from guitu.web.components.notice.component import Notice
from guitu.web.components.rail.component import TODAY, rail_of
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.term.component import TermLine, term_of
from guitu.web.components.why.component import Source, why_of
from guitu.web.components.word.component import Word, word_of
from guitu.web.pages.casefile import addresses, in_touch, page
from guitu.web.pages.casefile.leave import access_notices, erased_notices, hidden
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.casefile.pictured import with_pictures
from guitu.web.pages.casefile.timeline import Places, Reading, Timeline, masked, sentence, timeline
from guitu.web.pages.casefile.words import ending_label, state_label

SHOWN_IN_SHORT: Final = 12
"""Entries on the overview; the rest is one press away."""

THAT_DAY: Final = Label("当日", "That day")

DECIDES: Final = Label(
    "系统只提示，不作决定。是否成立、如何处理，由主管机关的具名工作人员依法决定；"
    "所用记录有误的，更正后提示随之重算。",
    "This is advice, not a decision. Whether it holds and what follows is decided by a named officer of the"
    " competent authority; once a wrong entry is corrected, the finding is worked out anew.",
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What part of the file is asked for, and as of when. `known_at` None means all that is known."""

    tab: str
    on: date
    today: date
    known_at: datetime | None = None
    query: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    page: int = 1
    size: int = 20
    entry: UUID | None = None
    part: bool = False
    revealed: bool = False

    @property
    def away(self) -> bool:
        """Whether another day than today is looked at, or less than what is known now."""
        return self.on != self.today or self.known_at is not None


@dataclass(frozen=True, slots=True)
class Reader:
    """What this reader may do here: `recordable` are the kinds that may be recorded about this person;
    `staff` are the names behind accounts, `former` what units were called before."""

    kinds: Registry[Kind]
    tree: Tree
    staff: Mapping[str, str]
    recordable: frozenset[str]
    former: Former = NEVER_RENAMED


def case_file(
    opened: Opened,
    assessment: Assessment,
    reader: Reader,
    ask: Ask,
    look: page.Look,
    notices: tuple[Notice, ...] = (),
) -> page.CaseFilePage:
    """The page, or the part of it that is asked for."""
    case_no, main = opened.case_no, ask.tab == page.MAIN
    recordable = frozenset() if ask.away else reader.recordable
    elsewhere = {file: number for file, number in opened.view.case_nos.items() if file != opened.view.id}
    correct = addresses.correct(case_no, "{id}")
    reading = Reading(reader.kinds, reader.tree, reader.staff, recordable, correct, elsewhere, reader.former)
    history = addresses.history(case_no)
    shown, places = timeline(
        opened.shown,
        reading,
        history,
        known_at=ask.known_at,
        kind=ask.kind,
        page=ask.page,
        size=SHOWN_IN_SHORT if main and not opened.sight.narrow else ask.size,
        entry=ask.entry,
        query=ask.query,
        asked_for=ask.part,
        empty=_no_entries(case_no, recordable),
    )
    if ask.tab not in (page.MAIN, page.HISTORY):
        places = Places(history, frozenset(), places.query)
    source = _sources(opened, reading, places)
    waiting = sorted((d for d in assessment.duties if d.state in ("open", "overdue")), key=_first_owed)
    lists_duties = ask.tab in (page.MAIN, page.DUTIES)
    measure = assessment.current
    notices = (*notices, *erased_notices(opened), *access_notices(opened, reader), *_away(ask, case_no))
    if main and measure is not None and measure.state != "ended":
        notices = (*notices, *in_touch.notices(opened, measure.name, ask.on, recordable))
    if opened.sight.narrow:
        return _narrow(opened, assessment.on, reader, ask, shown, notices)
    return page.CaseFilePage(
        case_no=case_no,
        on=assessment.on,
        identity=identity(
            opened,
            assessment.on,
            reader.kinds,
            recordable,
            heading=True,
            revealed=ask.revealed,
            log=may_read_log(opened.sight.actor, opened.view.area).allowed,
        ),
        tab=ask.tab,
        tabs=_tabs(
            case_no,
            ask,
            len(waiting),
            len(assessment.measures),
            shown.everything,
            sum(len(named) for _, named in with_pictures(opened)),
        ),
        term=_term(measure, assessment, source) if measure else None,
        standing="" if measure else Label("没有正在执行的措施。", "No measure applies."),
        look=look,
        decides=DECIDES,
        alarms=_alarms(assessment, addresses.file(case_no, ask.query) if not main else ""),
        notices=notices,
        rail=rail_of(assessment, said=THAT_DAY if ask.away else TODAY)
        if assessment.measures and ask.tab in (page.MAIN, page.MEASURES)
        else None,
        running=measure is not None and measure.state != "ended",
        terms=tuple(_term(m, assessment, source) for m in reversed(assessment.measures))
        if ask.tab == page.MEASURES
        else (),
        no_measure=_no_measure(case_no, recordable) if main and not assessment.measures else None,
        duties=tuple(_duty_row(d, assessment.on, opened, recordable, source) for d in waiting)
        if lists_duties
        else (),
        no_duties=_no_duties(assessment) if lists_duties and not waiting else "",
        done=_done(assessment) if lists_duties else (),
        findings=_findings(assessment, source) if main else (),
        not_covered=tuple(why_of(b, source=source) for b in assessment.not_covered) if main else (),
        timeline=shown if ask.tab in (page.MAIN, page.HISTORY) else None,
        all_history=addresses.history(case_no, ask.query),
        hidden=hidden(opened) if ask.tab in (page.MAIN, page.HISTORY) else None,
    )


def _narrow(
    opened: Opened,
    on: date,
    reader: Reader,
    ask: Ask,
    shown: Timeline,
    notices: tuple[Notice, ...],
) -> page.CaseFilePage:
    """What is left to a unit that handed the person over: who it was, and what it recorded itself. Nothing is
    worked out, because that would tell what happened since."""
    case_no = opened.case_no
    history = Tab(Label("经历", "History"), addresses.file(case_no), True, shown.everything)
    return page.CaseFilePage(
        case_no=case_no,
        on=on,
        identity=identity(opened, on, reader.kinds, heading=True),
        tab=page.HISTORY,
        tabs=Tabs((history,)),
        term=None,
        standing="",
        look=None,
        decides="",
        notices=notices,
        timeline=shown,
        all_history=addresses.history(case_no),
    )


# who


def identity(
    opened: Opened,
    on: date,
    kinds: Registry[Kind],
    recordable: frozenset[str] = frozenset(),
    *,
    heading: bool = False,
    revealed: bool = False,
    log: bool = False,
) -> Identity:
    """Whose file it is, in one line. With `heading` it heads the case file and carries its presses; with
    `log` the reader may see who has read it."""
    about, case_no = opened.identity, opened.case_no
    facts: list[Text] = []
    sex = kinds["person"].ask("sex").choice(about.get("sex"))
    birth = about.get("birth")
    age = _age(birth, on) if isinstance(birth, date) else None
    known = [sex.label] if sex else []
    if age is not None:
        known.append(Label(f"{age} 岁", f"{age}"))
    if known:
        facts.append(Label(" ".join(p.zh for p in known), ", ".join(p.en for p in known)))
    unit = opened.view.unit
    if unit is not None and not opened.sight.narrow:
        who = " ".join(part for part in (unit.name, opened.view.worker) if part)
        facts.append(Label(f"责任：{who}", f"Responsible: {who}"))
    actions = []
    if heading and recordable - BY_RECEIVER:
        actions.append(Button(Label("登记", "Record"), href=addresses.record(case_no), look="primary"))
    if heading and recordable and not opened.sight.narrow:
        asked = Label("本人请求", "Requests")
        actions.append(Button(asked, href=addresses.requests(case_no), look="link"))
    if heading and "help_need" in recordable and not opened.sight.narrow:
        helped = Label("帮扶", "Help")
        actions.append(Button(helped, href=addresses.back_to("help", case_no), look="link"))
    if heading:
        press = {"data-print": True, "type": "button"}
        actions.append(Button(Label("打印", "Print"), extra=press))
    if heading and log:
        actions.append(Button(Label("谁看过", "Who has read it"), href=addresses.readings(case_no)))
    number = str(about.get("id_number") or "")
    return Identity(
        str(about.get("name") or case_no),
        tuple(facts),
        tuple(actions),
        number=Masked(number if revealed else masked(number), addresses.number(case_no), revealed)
        if number and not opened.sight.narrow
        else None,
        heading=heading,
    )


def _age(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


# where the person stands


def _term(measure: Measure, assessment: Assessment, source: Callable[[UUID], Source]) -> TermLine:
    """The term in one line. Whether the printed day agrees is what the rules found, not a comparison here."""
    line = term_of(measure, assessment.on)
    differs = any(f.name == "printed_end_differs" and f.measure == measure.order for f in assessment.findings)
    if measure.printed_end is None:
        verdict = None
    elif differs:
        verdict = Word(
            "gap", Label("与推算不一致，以文书为准", "differs from the sum; the printed day stands")
        )
    else:
        verdict = Word("done", Label("与推算一致", "the same as the sum"))
    left = line.left
    if measure.state == "ended":
        how = ending_label(measure.ended_by) if measure.ended_by else state_label("ended")
        day = measure.left_on
        left = Label(f"{day} {how.zh}", f"{how.en} {day}") if day and day != measure.ends_on else how
    elif measure.provisional:
        left = Label("暂定：中止仍在继续，逐日后延", "provisional: the suspension goes on, day by day")
    return replace(
        line,
        label=_state_words(measure, assessment.on),
        left=left,
        verdict=verdict,
        why=why_of(measure.term, source=source) if measure.term else None,
    )


def _state_words(measure: Measure, on: date) -> Label:
    """社区戒毒，执行中，第 2 年."""
    state = state_label(measure.state)
    zh, en = f"{measure.label.zh}，{state.zh}", f"{measure.label.en}, {state.en.lower()}"
    if measure.state == "in_force" and measure.starts_on is not None:
        year = on.year - measure.starts_on.year + 1
        year -= (on.month, on.day) < (measure.starts_on.month, measure.starts_on.day)
        zh, en = f"{zh}，第 {year} 年", f"{en}, year {year}"
    return Label(zh, en)


def _alarms(assessment: Assessment, path: str) -> tuple[page.Alarm, ...]:
    """What cannot wait. `path` is the overview's address where this is another part of the file."""
    found = [
        page.Alarm(Word("right", f.label), f"{path}#{_finding_id(f)}")
        for f in assessment.findings
        if f.rights
    ]
    late = sum(d.state == "overdue" for d in assessment.duties)
    if late:
        found.append(page.Alarm(Word("late", Label(f"逾期 {late} 项", f"{late} overdue")), f"{path}#duties"))
    now = sum(d.state == "open" and d.due == assessment.on for d in assessment.duties)
    if now:
        found.append(page.Alarm(Word("today", Label(f"今天 {now} 项", f"{now} due today")), f"{path}#duties"))
    return tuple(found)


# what is due


def _first_owed(duty: Duty) -> tuple[bool, date]:
    return duty.owed_by != "authority", duty.due or duty.opens_on or date.min


def _duty_row(
    duty: Duty, on: date, opened: Opened, recordable: frozenset[str], source: Callable[[UUID], Source]
) -> DutyRow:
    href = addresses.record_duty(opened.case_no, duty, opened.policy) if duty.record in recordable else ""
    return replace(row_of(duty, on, record_href=href), why=why_of(duty.because, source=source))


def _done(assessment: Assessment) -> tuple[page.Done, ...]:
    over = [d for d in assessment.duties if d.state in ("done", "waived")]
    over.sort(key=lambda d: d.done_on or d.due or date.min, reverse=True)
    return tuple(page.Done(row_id(d), d.label, word_of(d, assessment.on), _done_text(d)) for d in over)


def _done_text(duty: Duty) -> Text:
    due = Label(f"应于 {duty.due}", f"due {duty.due}") if duty.due else None
    done = Label(f"{duty.done_on} 办结", f"done {duty.done_on}") if duty.done_on else None
    known = [part for part in (due, done) if part]
    return Label("，".join(p.zh for p in known), ", ".join(p.en for p in known)) if known else ""


# what was found


def _finding_id(finding: Finding) -> str:
    return f"finding-{finding.name}-{finding.measure.hex[-6:] if finding.measure else '0'}"


def _findings(assessment: Assessment, source: Callable[[UUID], Source]) -> tuple[FindingCard, ...]:
    """Rights at risk first; each names its measure where there are several."""
    labels = {m.order: m.label for m in assessment.measures} if len(assessment.measures) > 1 else {}
    ordered = sorted(assessment.findings, key=lambda f: (not f.rights, f.since))
    return tuple(
        replace(
            card_of(f, source=source, decides=labels.get(f.measure, "") if f.measure else ""),
            id=_finding_id(f),
        )
        for f in ordered
    )


def _sources(opened: Opened, reading: Reading, places: Places) -> Callable[[UUID], Source]:
    by_id = {e.id: e for e in opened.view.entries}

    def source(entry: UUID) -> Source:
        found = by_id.get(entry)
        if found is None:
            return Source(Label("不在此档案中的记录", "an entry that is not in this file"))
        if not opened.shows(found):
            return Source(Label("一条已隐去的记录", "an entry that is hidden here"))
        said = sentence(found, reading)
        return Source(
            Label(f"{found.happened_on} {said.zh}", f"{found.happened_on} {said.en}"), places.href(entry)
        )

    return source


# parts, other days, nothing there


def _tabs(case_no: str, ask: Ask, waiting: int, measures: int, entries: int, pictures: int) -> Tabs:
    q = ask.query
    seen = Tab(Label("照片", "Photos"), addresses.pictures(case_no), False, pictures)
    return Tabs(
        (
            Tab(Label("概况", "Overview"), addresses.file(case_no, q), ask.tab == page.MAIN),
            Tab(Label("应办", "Duties"), addresses.duties(case_no, q), ask.tab == page.DUTIES, waiting),
            Tab(
                Label("措施", "Measures"), addresses.measures(case_no, q), ask.tab == page.MEASURES, measures
            ),
            Tab(Label("经历", "History"), addresses.history(case_no, q), ask.tab == page.HISTORY, entries),
            *((seen,) if pictures else ()),
        )
    )


def _away(ask: Ask, case_no: str) -> tuple[Notice, ...]:
    if not ask.away:
        return ()
    known = f"{ask.known_at:%Y-%m-%d}" if ask.known_at else ""
    text = Label(f"正在看 {ask.on} 的情况", f"This is how things stood on {ask.on}")
    if ask.on > ask.today:
        text = Label(
            f"正在看 {ask.on} 的情况，按现有记录推算",
            f"This is how things will stand on {ask.on}, as far as is known",
        )
    if known:
        text = Label(f"{text.zh}，以 {known} 当天所知为准", f"{text.en}, as known on {known}")
    away = days_between(ask.on, ask.today)
    told = (
        Label(f"那是 {away} 天以前。此处只能查看。", f"That was {away} days ago. Reading only.")
        if away
        else Label("此处只能查看。", "Reading only.")
    )
    back = Button(Label("回到今天", "Back to today"), href=addresses.file(case_no))
    return (Notice("info", Label(f"{text.zh}。", f"{text.en}."), told, (back,)),)


def _no_entries(case_no: str, recordable: frozenset[str]) -> Empty:
    press = (
        (Button(Label("登记报到", "Record reporting in"), href=addresses.record(case_no, "reporting_in")),)
        if "reporting_in" in recordable
        else ()
    )
    return Empty(Label("还没有记录。先登记报到。", "No entries yet. Record reporting-in first."), press)


def _no_measure(case_no: str, recordable: frozenset[str]) -> Empty:
    press = (
        (Button(Label("登记决定", "Record an order"), href=addresses.record(case_no, "order")),)
        if "order" in recordable
        else ()
    )
    return Empty(Label("还没有登记任何戒毒措施的决定。", "No order for any measure is recorded yet."), press)


def _no_duties(assessment: Assessment) -> Label:
    day = assessment.next_change_on
    if day is None:
        return Label("没有应办事项。", "Nothing is due.")
    return Label(
        f"现在没有应办事项；没有新记录的话，下一次变化在 {day}。",
        f"Nothing is due now; without new entries the next change is on {day}.",
    )
