"""Makes the person's own page from the file, its assessment and what the person asked for. Decides nothing:
the pathway has answered, this puts it into plain words.

Of other people it takes nothing: no author, no tester, no worker, no free text but what was written to the
person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from guitu.access import ROLES
from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.casefile.kind import day_word
from guitu.casefile.traced import Traced
from guitu.centre.assessing import UNSET, Settings
from guitu.compose import kinds
from guitu.kernel.days import add_days
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway.counters import Counter, counters
from guitu.pathway.kinds import CUSTODY
from guitu.pathway.model import Assessment, Duty, Finding, Measure, Remedy
from guitu.pathway.remedies import remedies
from guitu.policy import names
from guitu.store import complaints, personal
from guitu.store.clock import office_day
from guitu.store.grants import Grant, unit_name
from guitu.store.read import FileView, rules
from guitu.store.units import tree
from guitu.web.component import Text
from guitu.web.components.notice.component import Notice
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.mine import assessed, health, living, moving, reminded, words
from guitu.web.pages.mine.page import Asked, Basis, Consent, Item, MinePage, Seen
from guitu.web.pages.order.burden import shown
from guitu.web.pages.order.counts import heading

OPEN: Final = ("open", "overdue")
ANSWERS: Final = frozenset(
    {
        "answer_account",
        "answer_correction",
        "answer_objection",
        "answer_help",
        "answer_complaint",
        "forward_legal_aid",
        "recheck_assessment",
    }
)
"""The duties that answer a request: shown with the request, not among the others."""
REQUESTS: Final = (
    "correction_request", "objection", "assessment_objection", "help_request", "remedy_request",
    "sealing_asked", "account_given",
)  # fmt: skip
MONTHS_PAID: Final = 12
DAYS_SAID: Final = 60
"""How far off a day may be for its distance to be said in days."""

ACTS: Final = (
    (Label("我认为有错", "I think this is wrong"), "/mine/ask/correct/"),
    (Label("对检测结果有异议", "I object to a test"), "/mine/ask/object/"),
    (Label("我要说明缘由、交材料", "I want to say why, and hand in papers"), "/mine/ask/explain/"),
    (Label("我需要帮助", "I need help"), "/mine/ask/help/"),
    (Label("我要投诉", "I want to complain"), "/mine/ask/complain/"),
    (Label("法律援助、复议、诉讼、赔偿", "Legal aid, review, court, compensation"), "/mine/ask/remedy/"),
    (Label("要一份我的档案", "A copy of my file"), "/mine/copy/"),
    (Label("让家属也能看", "Let my family see"), "/mine/ask/family/"),
    (Label("申请封存我的记录", "Ask to have my record sealed"), "/mine/ask/seal/"),
)


@dataclass(frozen=True, slots=True)
class About:
    """What the page is made from. `part` is what a family member may see; empty for the person."""

    view: FileView
    assessment: Assessment
    on: date
    complaints: tuple[tuple[complaints.Line, str, Text], ...] = ()
    seen: tuple[Seen, ...] | None = None
    part: str = ""
    phone: str = ""
    notice: Notice | None = None
    opened: tuple[Grant, ...] = ()
    settings: Settings = UNSET


def number_of(entry: UUID) -> str:
    """The number of a request: six characters to read over the telephone."""
    return entry.hex[-6:].upper()


def in_words(day: date) -> Label:
    """A day in prose."""
    return Label(day_word(day, "zh"), day_word(day, "en"))


def told(grant: Grant) -> Notice:
    """That somebody opened the file in an emergency: which office, as what, and why; never by name."""
    day = in_words(office_day(grant.asked))
    office, role = unit_name(grant.unit), ROLES[grant.role].label
    return Notice(
        "info",
        Label(
            f"{day.zh}，{office}的{role.zh}因紧急情况看了您的档案。",
            f"On {day.en} a {role.en.lower()} of {office} opened your file in an emergency.",
        ),
        Label(f"写明的理由：{grant.reason or '—'}", f"The reason given: {grant.reason or '—'}"),
    )


def mine(about: About) -> MinePage:
    """The page."""
    view, answer, on = about.view, about.assessment, about.on
    family = bool(about.part)
    lead, rest, warn = _where(answer, on)
    rights, past = _rights(view, on)
    current = answer.current
    asked = () if family else tuple(_asked(about))
    return MinePage(
        hello=_hello(view, family),
        lead=lead,
        rest=rest,
        warn=warn,
        basis=_basis(current.term) if current and current.term else None,
        path=tuple(_stop(m) for m in answer.measures),
        dates=(*(() if family else reminded.agreed(view, on)), *_dates(answer, on)),
        todo=tuple(_duty(d, on) for d in answer.duties if d.owed_by == "person" and d.state in OPEN),
        owed=tuple(
            _duty(d, on)
            for d in answer.duties
            if d.owed_by == "authority" and d.state in OPEN and d.name not in ANSWERS
        ),
        counts=tuple(_count(c) for c in counters(view.case_file, rules(view.unit), on)),
        assessments=() if family else tuple(assessed.items(view, about.settings, on, act=True)),
        pay=() if family else tuple(_pay(view)),
        living=None if family else living.living(view, on),
        moving=None if family else moving.moving(view, on),
        reminded=None if family else reminded.reminded(view, on),
        burden=None if family else shown(view.case_file.counted(), answer, on, tree()),
        findings=tuple(_finding(f) for f in answer.findings if not (warn and f.name == "held_past_term")),
        asked=asked,
        waits=family or any(one.word.kind in ("open", "late") and one.note for one in asked),
        rights=rights,
        past=past,
        medicines=() if family else health.medicines(view.case_file.counted(), on),
        results=() if family else health.results(view.case_file.counted()),
        acts=() if family else ACTS,
        consents=() if family else tuple(_consents(view, on)),
        seen=None if family else about.seen,
        notice=about.notice,
        told=tuple(told(grant) for grant in about.opened),
        office=view.unit.name if view.unit else "",
        phone=about.phone,
        family=family,
        parts=about.part or "all",
    )


def _pay(view: FileView) -> Iterator[Item]:
    """The months of work that were paid, the latest first: what was worked, the sum, the day."""
    paid = [e for e in view.case_file.counted() if e.kind == "work_pay"]
    for entry in sorted(paid, key=lambda e: str(e.get("month")), reverse=True)[:MONTHS_PAID]:
        month, amount = entry.get("month"), entry.get("amount")
        if not isinstance(month, date):
            continue
        hours, rate, paid_in = entry.get("hours"), entry.get("rate"), entry.happened_on
        yield Item(
            Label(f"{month.year}年{month.month}月：{amount} 元", f"{month:%B %Y}: {amount} yuan"),
            Label(
                f"{entry.get('days')} 天，{hours} 小时 × {rate} 元；{day_word(paid_in)}入账",
                f"{entry.get('days')} days, {hours} hours × {rate} yuan; paid in {day_word(paid_in, 'en')}",
            ),
        )


# ── where am I ────────────────────────────────────────────────────────────────────────────────────


def _hello(view: FileView, family: bool) -> Label:
    if family:
        return Label(
            "您好。这是家属页面，下面的“您”指本人",
            "Hello. This is the family page; “you” below is the person",
        )
    name = str(view.identity.get("name") or "")
    sex = view.identity.get("sex")
    title = {"male": Label("先生", "Mr "), "female": Label("女士", "Ms ")}.get(str(sex))
    if not name or title is None:
        return Label("您好", "Hello")
    return Label(f"{name[:1]}{title.zh}，您好", f"Hello, {title.en}{name[:1]}")


def _where(answer: Assessment, on: date) -> tuple[Text, Text, bool]:
    """Where the person is, in one sentence, what follows from it, and whether a right is at risk."""
    current = answer.current
    if current is None:
        return words.BETWEEN, "", False
    what = current.label
    held = next((f for f in answer.findings if f.name == "held_past_term"), None)
    if held is not None and current.ends_on is not None:
        until = in_words(current.ends_on)
        return (
            Label(f"{what.zh}的期限，{until.zh}已满", f"{what.en}: your time was over on {until.en}"),
            words.FINDINGS["held_past_term"],
            True,
        )
    if current.state == "ended":
        how = words.ENDED.get(current.ended_by, words.BETWEEN)
        lead = Label(f"{what.zh}：{how.zh}", f"{what.en}: {how.en}")
        return lead, words.BETWEEN if current.name in CUSTODY else "", False
    if current.state == "awaiting_report":
        return (
            Label(f"已决定{what.zh}，您还没有报到", f"{what.en} was ordered; you have not reported yet"),
            "",
            False,
        )
    if current.ends_on is None:
        return Label(f"您现在：{what.zh}", f"You are now in: {what.en}"), "", False
    until = in_words(current.ends_on)
    if current.state == "suspended":
        return (
            Label(f"{what.zh}暂停计算", f"{what.en} stands still"),
            Label(
                f"恢复以后接着算。现在推算到{until.zh}。", f"It goes on afterwards; for now until {until.en}."
            ),
            False,
        )
    left = (current.ends_on - on).days
    return (
        Label(f"您现在：{what.zh}，到{until.zh}为止", f"You are now in: {what.en}, until {until.en}"),
        Label(
            f"还有 {left} 天" if left else "今天是最后一天",
            f"{left} days left" if left else "Today is the last day",
        ),
        False,
    )


def _stop(measure: Measure) -> Item:
    first = measure.starts_on or measure.ordered_on
    last = add_days(measure.ended_on, -1) if measure.ended_on else measure.ends_on
    state = names().states[measure.state]
    zh, en = f"{day_word(first)}起", f"from {day_word(first, 'en')}"
    if last is not None:
        zh, en = f"{day_word(first)}至{day_word(last)}", f"{day_word(first, 'en')} to {day_word(last, 'en')}"
    word = Word("done" if measure.state == "ended" else "open", state)
    return Item(measure.label, Label(zh, en), word)


def _basis(because: Because) -> Basis:
    return Basis(because.label, tuple(c.label for c in because.cites), because.steps)


def _dates(answer: Assessment, on: date) -> Iterator[Item]:
    """The days ahead, the next one first."""
    found: list[tuple[date, Text]] = [
        (d.due, words.DUTIES.get(d.name, d.label))
        for d in answer.duties
        if d.due is not None and d.state == "open" and d.due >= on and d.name not in ANSWERS
    ]
    current = answer.current
    if current is not None and current.ends_on is not None and current.state != "ended":
        found.append(
            (current.ends_on, Label(f"{current.label.zh}最后一天", f"Last day of {current.label.en}"))
        )
    for day, text in sorted(found, key=lambda f: f[0])[:6]:
        yield Item(in_words(day), text, _distance(day, on))


def _distance(day: date, on: date) -> Word:
    days = (day - on).days
    if days == 0:
        return Word("today")
    return Word("open", days_word(days)) if days <= DAYS_SAID else Word("open", Label("以后", "Later"))


# ── duties, counts, findings ──────────────────────────────────────────────────────────────────────


def _duty(duty: Duty, on: date) -> Item:
    if duty.due is None:
        note: Text = Label("条文没有写天数，应当尽快", "The law sets no number of days: promptly")
        word = Word("open", Label("等待中", "Waiting"))
    else:
        until = in_words(duty.due)
        note = Label(f"最迟 {until.zh}", f"By {until.en}")
        days = (duty.due - on).days
        word = Word("late", days_word(days)) if days < 0 else _distance(duty.due, on)
    return Item(words.DUTIES.get(duty.name, duty.label), note, word, _basis(duty.because))


def _count(counter: Counter) -> Item:
    limit = words.COUNTED[counter.word].fill(n=counter.limit)
    zh = [limit.zh]
    en = [limit.en]
    for entries, said_zh, said_en in (
        (counter.counted, "算入：", "counted: "),
        (counter.in_part, "其中部分日子有正当理由、不算：", "of these, excused for some days: "),
        (counter.excused, "有正当理由、不算：", "excused, not counted: "),
    ):
        if entries:
            zh.append(said_zh + "、".join(day_word(e.happened_on) for e in entries))
            en.append(said_en + ", ".join(day_word(e.happened_on, "en") for e in entries))
    return Item(
        Label(f"{counter.says.zh}：{counter.number}", f"{heading(counter.says).en}: {counter.number}"),
        Label("；".join(zh), "; ".join(en)),
        Word("gap", Label("已达到", "Reached")) if counter.reached else None,
        Basis(limit, tuple(c.label for c in counter.cites)),
    )


def _finding(finding: Finding) -> Item:
    since = in_words(finding.since)
    return Item(
        words.FINDINGS.get(finding.name, finding.label),
        Label(f"{since.zh}起", f"since {since.en}"),
        Word("right" if finding.rights else "gap"),
        _basis(finding.because),
    )


# ── rights ────────────────────────────────────────────────────────────────────────────────────────


def _rights(view: FileView, on: date) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The rights that stand, and those whose day has passed."""
    found = remedies(view.case_file, rules(view.unit), on)
    measures = {e.id: _measure_word(e) for e in view.entries if e.kind == "order"}
    open_, past = [], []
    for right in found:
        item = _right(right, measures, on)
        (past if right.state == "closed" else open_).append(item)
    return tuple(open_), tuple(past)


def _measure_word(order: Entry) -> Label:
    label = names().measures.get(str(order.get("measure")), Label("决定", "order"))
    day = order.happened_on
    return Label(f"{day_word(day)} {label.zh}", f"{label.en} of {day_word(day, 'en')}")


def _right(right: Remedy, measures: dict[UUID, Label], on: date) -> Item:
    text = words.RIGHTS.get(right.name, right.label)
    about = measures.get(right.measure) if right.measure else None
    if about is not None:
        text = Label(f"{text.zh}（{about.zh}）", f"{text.en} ({about.en})")
    if right.until is None:
        note: Text = right.because.steps[0] if right.because.steps else ""
        word = Word("open", Label("还没有起算", "Not begun"))
    else:
        until = in_words(right.until)
        note = Label(f"最后一天 {until.zh}", f"Last day {until.en}")
        closed = right.state == "closed"
        word = Word("barred", Label("已过期限", "Too late")) if closed else _distance(right.until, on)
    how = words.HOW.get(right.name)
    basis = _basis(right.because)
    if how is not None and right.state != "closed":
        basis = Basis(basis.says, basis.cites, (*basis.lines, how, words.STOPS_NOTHING))
    act = "" if right.state == "closed" or right.name in ("objection", "retest") else "/mine/ask/remedy/"
    return Item(
        text, note, word, basis, act, Label("我已申请，记下来", "I have applied: note it") if act else ""
    )


# ── what was asked ────────────────────────────────────────────────────────────────────────────────


def asked_of(view: FileView, answer: Assessment, on: date, settings: Settings = UNSET) -> list[Asked]:
    """The requests of the file: each under the number it was received with and with its answer although it
    was corrected since; one that was withdrawn as such, so that none is gone without a word. `settings` are
    the centre's own days for assessments."""
    traced = Traced(view.entries)
    latest_first = sorted(answer.duties, key=lambda d: d.due or date.max, reverse=True)
    by_request = {d.measure: d for d in latest_first if d.name in ANSWERS}
    answers = {traced.first(e.get("to")): e for e in traced.counted if kinds()[e.kind].answers}
    found = []
    for entry in traced.counted:
        if entry.kind in REQUESTS:
            first, duty = traced.first(entry.id), by_request.get(entry.id)
            shown_as = number_of(UUID(first))
            found.append(_request(view, entry, shown_as, duty, answers.get(first), on, settings))
    return [*found, *_withdrawn(view, traced)]


def _withdrawn(view: FileView, traced: Traced) -> Iterator[Asked]:
    """The requests that an office withdrew: which office and when, not in whose words."""
    gone = {identifier for identifier, now in view.case_file.status().items() if now is None}
    voids = {traced.first(e.corrects): e for e in view.entries if e.kind == VOID}
    for entry in view.entries:
        by = voids.get(str(entry.id))
        if entry.kind in REQUESTS and entry.id in gone and by is not None:
            day, unit = in_words(by.happened_on), tree().get(by.unit)
            office = unit.name if unit else "—"
            note = Label(f"{day.zh}，{office}作废", f"withdrawn by {office} on {day.en}")
            says = Label(
                "不再办理。可以重新提出，也可以投诉", "Nobody deals with it now. Ask again, or complain"
            )
            word = Word("gap", Label("已作废", "Withdrawn"))
            yield Asked(number_of(entry.id), _what(entry), entry.happened_on, word, note, says)


def _asked(about: About) -> Iterator[Asked]:
    """Requests and complaints, the latest first."""
    on = about.on
    found = asked_of(about.view, about.assessment, on, about.settings)
    found += [_complaint(line, text, outcome, on) for line, text, outcome in about.complaints]
    yield from sorted(found, key=lambda a: a.day, reverse=True)


def _request(
    view: FileView, entry: Entry, number: str, duty: Duty | None, answer: Entry | None, on: date,
    settings: Settings,
) -> Asked:  # fmt: skip
    text = _what(entry)
    basis = _basis(duty.because) if duty else None
    objects = entry.kind == "assessment_objection"
    if answer is not None:
        said: Text = assessed.said_of(view, entry) if objects else str(answer.get("text") or "")
        return Asked(
            number, text, entry.happened_on,
            Word("done", Label("已答复", "Answered") if duty else Label("有结果", "Outcome")),
            in_words(answer.happened_on), outcome_of(answer), said, basis,
        )  # fmt: skip
    if duty is None:
        return Asked(number, text, entry.happened_on, Word("open", Label("已记下", "Noted")))
    due = duty.due or (assessed.due_of(entry, settings) if objects else None)
    return Asked(number, text, entry.happened_on, *_waiting(due, on), basis=basis)


def _what(entry: Entry) -> Label:
    """What was asked for."""
    label = kinds()[entry.kind].label
    field = {"help_request": "need", "remedy_request": "what", "account_given": "sort"}.get(entry.kind)
    choice = kinds()[entry.kind].ask(field).choice(entry.get(field)) if field else None
    return (
        label if choice is None else Label(f"{label.zh}：{choice.label.zh}", f"{label.en}: {choice.label.en}")
    )


def _waiting(due: date | None, on: date) -> tuple[Word, Label]:
    if due is None:
        return Word("open", Label("等待答复", "Waiting")), Label(
            "答复期限由本单位规定，目前没有规定", "The office sets the days to answer; it has set none"
        )
    until = in_words(due)
    note = Label(f"应在{until.zh}前答复", f"to be answered by {until.en}")
    if on > due:
        return Word("late", days_word((due - on).days)), note
    return Word("open", Label("等待答复", "Waiting")), note


def _complaint(line: complaints.Line, text: str, outcome: Text, on: date) -> Asked:
    who = (
        Label("检察监督", "Inspector") if line.word == "inspector" else Label("上级主管", "Supervisor above")
    )
    what = Label(f"投诉，由{line.receiver.name}{who.zh}受理", f"Complaint to {line.receiver.name}, {who.en}")
    if line.answered_on is not None:
        return Asked(
            number_of(line.id), what, line.lodged_on, Word("done", Label("已答复", "Answered")),
            in_words(line.answered_on), outcome, text,
        )  # fmt: skip
    word, note = _waiting(line.due, on)
    if line.forwarded_on is not None:
        got = in_words(line.forwarded_on)
        note = Label(f"{got.zh}已转送；{note.zh}", f"forwarded {got.en}; {note.en}")
    elif line.received_on is not None:
        got = in_words(line.received_on)
        note = Label(f"{got.zh}已收到；{note.zh}", f"received {got.en}; {note.en}")
    return Asked(number_of(line.id), what, line.lodged_on, word, note)


def outcome_of(answer: Entry) -> Text:
    """What came of a request, in the words of its kind."""
    kind = kinds()[answer.kind]
    for ask in kind.fields:
        choice = ask.choice(answer.get(ask.name)) if ask.name == "outcome" else None
        if choice is not None:
            return choice.label
    return kind.label


def _consents(view: FileView, on: date) -> Iterator[Consent]:
    parts = kinds()["family_consent"].ask("parts")
    for entry in personal.consents(view, on):
        choice = parts.choice(entry.get("parts"))
        until = entry.get("until")
        yield Consent(
            str(entry.id),
            str(entry.get("who") or ""),
            choice.label if choice else "",
            until if isinstance(until, date) else None,
        )
