"""Makes one person's page of assessments from the file as this reader sees it. Nothing is left out because it
was corrected or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.urls import reverse

from guitu.casefile import Entry, Value
from guitu.centre import assessing, sheets
from guitu.centre.assessing import DOMAINS, STAGES, Settings, StageDue
from guitu.centre.sheets import History, Link
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.proposals import Proposal
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.components.word.component import Word, days_word
from guitu.web.fresh import fresh_id
from guitu.web.pages.assessments.shown import (
    STAGE_COLUMNS,
    Domain,
    Evidence,
    FilePage,
    Proposing,
    Result,
    Step,
    Written,
)
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.opened import Opened

SHEET: Final = "assessment_sheet"
DID: Final = {
    "written": Label("登记", "Written"),
    "corrected": Label("更正", "Corrected"),
    "withdrawn": Label("作废", "Withdrawn"),
}
STATE_WORDS: Final = {
    "done": ("done", Label("已评估", "Assessed")),
    "late": ("late", Label("逾期", "Overdue")),
    "due": ("open", Label("临近", "Near")),
    "open": ("open", Label("可以评估", "May be assessed")),
    "not_yet": ("barred", Label("尚未到时间", "Not yet")),
}
PROPOSES: Final = ("early_release", "extension", "change_to_community")
BARS: Final = frozenset({"early_release_too_soon", "early_release_barred", "extension_over_limit"})


@dataclass(frozen=True)
class Desk:
    """One file, its reader, and what is needed to show it. `staff` are names behind accounts, `may` the kinds
    that may be recorded, `proposal` an assessment that waits for its second signature."""

    opened: Opened
    today: date
    now: datetime
    settings: Settings
    staff: Mapping[str, str]
    may: frozenset[str]
    writes: bool
    proposal: Proposal | None = None

    @property
    def case_no(self) -> str:
        """The number in the address."""
        return self.opened.case_no

    @property
    def counted(self) -> tuple[Entry, ...]:
        """The entries that count and that the reader sees."""
        return self.opened.shown.counted()

    def name(self, account: str) -> str:
        """The name behind an account."""
        return self.staff.get(account, account)

    @property
    def running(self) -> bool:
        """Whether compulsory isolation runs."""
        current = self.opened.assessed(self.today).current
        return current is not None and current.name == "compulsory_isolation" and current.state != "ended"

    @property
    def ends_on(self) -> date | None:
        """The last day in force."""
        return self.opened.assessed(self.today).ends_on

    def new(self, **query: str) -> str:
        """Where a sheet is written."""
        pairs = "&".join(f"{k}={v}" for k, v in query.items() if v)
        return reverse("assessment_new", args=[self.case_no]) + (f"?{pairs}" if pairs else "")


def page(desk: Desk, notices: tuple[Notice, ...] = ()) -> FilePage:
    """The page of one person."""
    histories = sheets.histories(desk.opened.shown)
    waits = _waiting(desk)
    return FilePage(
        desk.case_no,
        identity(desk.opened, desk.today, kinds()),
        _stages(desk) if desk.running else None,
        tuple(_result(desk, found, n == 0) for n, found in enumerate(histories)),
        tuple(_proposing(desk, histories)),
        tuple(_written(desk)),
        (*notices, *waits),
    )


def _waiting(desk: Desk) -> tuple[Notice, ...]:
    proposal = desk.proposal
    if proposal is None:
        return ()
    by = desk.name(proposal.username)
    return (
        Notice(
            "today",
            Label(
                f"一份评估表已由{by}签字，等另一人签同一内容。",
                f"A sheet was signed by {by} and waits for another's signature on the same words.",
            ),
            actions=(Button(Label("去看", "Open it"), href=reverse("proposal", args=[proposal.id])),),
        ),
    )


# ── stages ────────────────────────────────────────────────────────────────────────────────────────


def _stages(desk: Desk) -> Table | None:
    facts = assessing.facts_of(desk.opened.counted, desk.ends_on)
    if facts is None:
        return None
    rows = []
    for stage in assessing.stages(facts, desk.settings, desk.today):
        kind, text = STATE_WORDS[stage.state]
        days = stage.days(desk.today)
        if stage.state in ("late", "due") and days is not None:
            text = days_word(days)
        day = stage.done.isoformat() if stage.done else ""
        rows.append(
            Row(
                (
                    Cell(STAGES[stage.stage], strong=True),
                    Cell(part=Word(kind, Label(f"{text.zh} {day}".strip(), f"{text.en} {day}".strip()))),
                    stage.opens.isoformat() if stage.opens else "—",
                    stage.due.isoformat() if stage.due else "—",
                    _basis(stage),
                    _write(desk, stage),
                )
            )
        )
    return Table(Label("各阶段", "Stages"), STAGE_COLUMNS, tuple(rows), id="stages")


def _basis(stage: StageDue) -> Text:
    if stage.by_law:
        return Label("《禁毒法》第47条：期满前", "Anti-Drug Law art. 47: before expiry")
    if stage.due is not None:
        return Label("本所设置", "The centre's setting")
    if stage.stage == "one_year":
        return Label("《禁毒法》第47条：满一年后可以", "Anti-Drug Law art. 47: may follow after one year")
    return Label("没有规定日子", "No day is set")


def _write(desk: Desk, stage: StageDue) -> Cell | str:
    if not desk.writes or stage.state in ("done", "not_yet") or desk.proposal is not None:
        return ""
    button = Button(Label("写评估表", "Write the sheet"), href=desk.new(stage=stage.stage), look="small")
    return Cell(part=button)


# ── results ───────────────────────────────────────────────────────────────────────────────────────


def _result(desk: Desk, found: History, first: bool) -> Result:
    shown = found.now or found.links[-1].entry
    if found.now is None:
        shown = found.first
    sheet = found.sheet
    stage = STAGES.get(str(shown.get("stage")), Label("—", "—"))  # type: ignore[call-overload]
    day = shown.happened_on.isoformat()
    return Result(
        f"r-{found.first.id}",
        Label(f"{day} {stage.zh}", f"{day} {stage.en}"),
        _sound(found),
        _signed(desk, found),
        str(sheet.get("digest") or "") if sheet is not None else "",
        tuple(_domains(desk, shown, sheet)),
        tuple(_step(desk, link) for link in found.links),
        _copy(desk, sheet),
        tuple(_objections(desk, found)),
        tuple(_buttons(desk, found)),
        found.now is None,
        first or found.altered or not found.as_signed,
    )


def _sound(found: History) -> Word:
    if found.now is None:
        return Word("barred", Label("已作废", "Withdrawn"))
    if found.as_signed:
        return Word("done", Label("两人签字，内容与摘要相符", "Two signatures; it is what was signed"))
    if found.sheet is not None:
        return Word("fault", Label("与签字的内容不符", "Not what was signed"))
    return Word("gap", Label("没有两人签字的评估表", "No sheet with two signatures"))


def _signed(desk: Desk, found: History) -> Text:
    if found.sheet is None:
        by = desk.name(found.first.author)
        return Label(f"{by} 登记", f"Recorded by {by}")
    second = found.links[-1].second or found.links[0].second
    names = [desk.name(found.sheet.author), desk.name(second)]
    others = str(found.sheet.get("members") or "")
    tail = f"；参加：{others}" if others else ""
    tail_en = f"; also on the panel: {others}" if others else ""
    return Label(f"签字：{'、'.join(names)}{tail}", f"Signed by {' and '.join(names)}{tail_en}")


def _domains(desk: Desk, shown: Entry, sheet: Entry | None) -> Iterator[Domain]:
    legal = kinds()["assessment"]
    chosen = sheets.read_evidence(sheet.get("evidence")) if sheet is not None else {}
    for name in DOMAINS:
        value = shown.get(name)
        if value is None and not chosen.get(name):
            continue
        ask = legal.ask(name)
        choice = ask.choice(value)
        ids = chosen.get(name, ())
        evidence, hidden = _evidence(desk, ids)
        more = Label(f"另有 {hidden} 条不向您显示", f"{hidden} more are not shown to you") if hidden else ""
        yield Domain(
            name,
            ask.label,
            choice.label if choice else Label("没有结论", "No result"),
            str(sheet.get(f"{name}_reason") or "") if sheet is not None else "",
            evidence,
            more,
        )


def _evidence(desk: Desk, ids: tuple[UUID, ...]) -> tuple[tuple[Evidence, ...], int]:
    """The entries a sheet rests on that the reader may see, and how many others there are. What was corrected
    or withdrawn since says so."""
    by_id = {e.id: e for e in desk.opened.shown.entries}
    gone = desk.opened.shown.status()
    found = []
    for identifier in ids:
        entry = by_id.get(identifier)
        if entry is None:
            continue
        word = None
        if identifier in gone:
            after = gone[identifier]
            text = (
                Label("后来作废", "withdrawn since")
                if after is None
                else Label("后来更正", "corrected since")
            )
            word = Word("gap", text)
        found.append(replace(line_of(desk, entry), word=word))
    return tuple(found), len(ids) - len(found)


def line_of(desk: Desk, entry: Entry) -> Evidence:
    """An entry in one line that leads to it."""
    kind = kinds()[entry.kind]
    day = entry.happened_on.isoformat()
    text = Label(f"{day} {kind.sentence(entry)}", f"{day} {kind.sentence(entry, 'en')}")
    return Evidence(text, addresses.history(desk.case_no, (("entry", str(entry.id)),)))


def _step(desk: Desk, link: Link) -> Step:
    by, second = desk.name(link.by), desk.name(link.second) if link.second else ""
    who = Label(f"{by}；第二人 {second}", f"{by}; second: {second}") if second else Label(by, by)
    at = link.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    kind = kinds()["assessment"]
    changes = tuple(
        (
            kind.day if name == "happened_on" else kind.ask(name).label,
            _value(name, old),
            _value(name, new),
        )
        for name, old, new in link.before
    )
    return Step(at, DID[link.did], who, link.reason, changes)


def _value(name: str, value: Value) -> Text:
    if value is None or value == "":
        return Label("未填", "nothing")
    if isinstance(value, date):
        return value.isoformat()
    choice = kinds()["assessment"].ask(name).choice(value) if name != "happened_on" else None
    return choice.label if choice else str(value)


def _copy(desk: Desk, sheet: Entry | None) -> Text:
    if sheet is None:
        return ""
    given = assessing.copy_given(desk.counted, sheet)
    if given is None:
        return Label(
            "评估表还没有交本人；异议的时间不起算。",
            "The copy was not given yet; the time for an objection does not run.",
        )
    receipt = kinds()["assessment_copy"].ask("receipt").choice(given.get("receipt"))
    said = receipt.label if receipt else Label("", "")
    until = assessing.objection_until(given, desk.settings)
    last = Label("本所没有设置异议截止日", "the centre sets no last day for an objection")
    if until is not None:
        last = Label(
            f"可以提出异议至 {until.isoformat()}（本所设置）",
            f"objections until {until.isoformat()} (the centre's setting)",
        )
    day = given.happened_on.isoformat()
    return Label(f"{day} 交本人，{said.zh}；{last.zh}。", f"Given on {day}: {said.en}; {last.en}.")


def _objections(desk: Desk, found: History) -> Iterator[tuple[Text, str, Word]]:
    for said in assessing.objections(desk.counted, desk.settings, found.papers):
        day = said.entry.happened_on.isoformat()
        if said.answer is not None:
            outcome = kinds()["assessment_recheck"].ask("outcome").choice(said.answer.get("outcome"))
            word = Word("done", outcome.label if outcome else "")
        elif said.due is not None and said.due < desk.today:
            word = Word("late", days_word((said.due - desk.today).days))
        else:
            due = said.due.isoformat() if said.due else ""
            word = Word("today", Label(f"待复核 {due}".strip(), f"To be re-checked {due}".strip()))
        yield Label(f"{day} 提出", f"Raised {day}"), str(said.entry.get("text") or ""), word


def _buttons(desk: Desk, found: History) -> Iterator[Button]:
    sheet = found.sheet
    if sheet is None or found.now is None or sheet.id not in {e.id for e in desk.counted}:
        return
    if assessing.copy_given(desk.counted, sheet) is None and "assessment_copy" in desk.may:
        href = _answer(desk, "assessment_copy", sheet)
        yield Button(Label("登记交本人", "Record the copy given"), href=href, look="primary")
    if "assessment_objection" in desk.may:
        href = _answer(desk, "assessment_objection", sheet)
        yield Button(Label("记下本人异议", "Write down an objection"), href=href)
    if not desk.writes or desk.proposal is not None or not desk.running:
        return
    for said in assessing.objections(desk.counted, desk.settings, found.papers):
        if said.answer is None:
            href = desk.new(stage=str(sheet.get("stage")), objection=str(said.entry.id))
            yield Button(Label("复核异议（由原评估以外的人）", "Re-check (by others)"), href=href)
    yield Button(Label("更正评估表", "Correct the sheet"), href=desk.new(corrects=str(sheet.id)), look="link")


def _answer(desk: Desk, kind: str, sheet: Entry, query: tuple[tuple[str, str], ...] = ()) -> str:
    return addresses.record(desk.case_no, kind, (*addresses.named(kind, sheet.id), *query))


# ── opinions ──────────────────────────────────────────────────────────────────────────────────────


def bars(desk: Desk, proposes: str) -> tuple[tuple[Text, Text], ...]:
    """What bars such an opinion today, each with its articles: what the rules would find if it were written
    now."""
    opened, today = desk.opened, desk.today
    tried = Entry(
        id=fresh_id(desk.now),
        file=opened.view.id,
        kind="opinion_written",
        happened_on=today,
        recorded_at=desk.now,
        fields={"proposes": proposes},
    )
    after = opened.assessed_with((*opened.view.entries, tried), today)
    return tuple(
        (finding.because.label, _articles(finding.because.cites))
        for finding in after.findings
        if finding.name in BARS and tried.id in finding.because.entries
    )


def _articles(cites: tuple[object, ...]) -> Label:
    labels = [c.label for c in cites]  # type: ignore[attr-defined]
    return Label("、".join(x.zh for x in labels), ", ".join(x.en for x in labels))


SAYS: Final = {
    "early_release": Label(
        "满一年后经评估情况良好的，可以提出；决定机关七日内决定。",
        "After one year and a good assessment; the organ decides within seven days.",
    ),
    "extension": Label(
        "期满前提出，合计不超过一年；决定机关七日内决定。",
        "Before expiry, one year in all at most; the organ decides within seven days.",
    ),
    "change_to_community": Label(
        "所外就医后不适宜回所执行的，可以建议；决定机关七日内决定。",
        "After medical leave, where return is unfit; the organ decides in seven days.",
    ),
}


def _proposing(desk: Desk, histories: tuple[History, ...]) -> Iterator[Proposing]:
    if not desk.running or "opinion_written" not in desk.may:
        return
    kind = kinds()["opinion_written"]
    base = next((h for h in histories if h.as_signed and h.sheet is not None), None)
    for proposes in PROPOSES:
        choice = kind.ask("proposes").choice(proposes)
        assert choice is not None
        barred = bars(desk, proposes)
        if proposes == "extension" and desk.ends_on is not None and desk.today > desk.ends_on:
            barred = ((Label("期限已经届满", "The term is over"), Label("《禁毒法》第47条", "art. 47")),)
        button = None
        if not barred and base is not None and base.sheet is not None:
            href = _answer(desk, "opinion_written", base.sheet, (("proposes", proposes),))
            button = Button(Label("写意见书", "Write the opinion"), href=href)
        says = SAYS[proposes]
        if not barred and base is None:
            says = Label("先要有两人签字的评估表。", "A sheet with two signatures comes first.")
        yield Proposing(choice.label, barred, says, button)


def _written(desk: Desk) -> Iterator[Written]:
    duties = [d for d in desk.opened.assessed(desk.today).duties if d.name == "decide_opinion"]
    for entry in reversed(desk.counted):
        if entry.kind != "opinion_written":
            continue
        choice = kinds()["opinion_written"].ask("proposes").choice(entry.get("proposes"))
        label = choice.label if choice else Label("", "")
        day = entry.happened_on.isoformat()
        word, clock = _progress(desk, entry, duties)
        href = reverse("assessment_opinion", args=[desk.case_no, entry.id])
        yield Written(Label(f"{day} 建议{label.zh}", f"{day} proposes {label.en.lower()}"), href, word, clock)


def _progress(desk: Desk, written: Entry, duties: list[object]) -> tuple[Word, Text]:
    """How far the deciding organ is with it: received on a day, decided, or its seven days."""
    got = [
        e
        for e in desk.counted
        if e.kind == "opinion"
        and e.get("proposes") == written.get("proposes")
        and e.happened_on >= written.happened_on
    ]
    if not got:
        return Word("open", Label("尚未登记决定机关收到", "Not recorded as received yet")), ""
    received = min(got, key=lambda e: e.happened_on)
    duty = next((d for d in duties if received.id in d.because.entries), None)  # type: ignore[attr-defined]
    day = received.happened_on.isoformat()
    text = Label(f"决定机关 {day} 收到", f"Received {day}")
    if duty is None:
        return Word("open", text), ""
    due = duty.due.isoformat() if duty.due else "—"  # type: ignore[attr-defined]
    clock = Label(
        f"应于 {due} 前决定（{_articles(duty.because.cites).zh}）",  # type: ignore[attr-defined]
        f"To be decided by {due} ({_articles(duty.because.cites).en})",
    )  # type: ignore[attr-defined]
    kind = {"done": "done", "overdue": "late"}.get(duty.state, "open")  # type: ignore[attr-defined]
    return Word(kind, text), clock
