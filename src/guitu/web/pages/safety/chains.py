"""Deaths and escapes with everybody who is to be told, by what stands in the person's file. A report that a
rule in force asks for is a duty there, and stays one until it is recorded."""

from __future__ import annotations

from typing import Final

from guitu import access
from guitu.casefile import Entry
from guitu.centre import safety as rules
from guitu.centre.safety import Chain, Report
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.centre import reading
from guitu.store.centre import safety as store
from guitu.store.centre.reading import Person
from guitu.web.components.button.component import Button
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import NAME, Section
from guitu.web.noted import noted
from guitu.web.pages.casefile import addresses
from guitu.web.pages.safety import words
from guitu.web.pages.safety.desk import Desk

POLICE: Final = Label("公安机关", "Police")
DUTY: Final = {"death_reported": "report_death", "escape_reported": "report_escape"}
"""By the kind that records a report, the duty of the rules that asks for it."""
OFF: Final = Label(
    "本单位没有启用这条规定（centre-clocks），这里只提示没有登记",
    "the rule is off in this office (centre-clocks): it is only pointed out",
)
SAYS: Final = Label(
    "脱逃立即通知所在地县级公安机关（戒毒条例第32条）。死亡立即报告主管机关，通知家属、决定机关和人民检察院"
    "（司法部令第127号，条文号未见，由本单位核对后启用）。",
    "An escape is reported to the county police at once (Drug Rehabilitation Regulations art. 32). A death"
    " is reported at once to the superior organ; family, deciding organ and procuratorate are told (Decree"
    " 127 of the Ministry of Justice; the article's number was not seen, an office turns it on itself).",
)


def section(desk: Desk) -> Section | None:
    """What is still to be reported, and what was within the last months; None for readers of no files,
    above centres, and where there is nothing."""
    if desk.centres or not desk.opens("file"):
        return None
    if not access.decide(desk.actor, "find", access.Target(desk.unit.path)).allowed:
        return None
    found = store.events(desk.unit, desk.today)
    people = reading.persons(
        found.people, rules.OF_REPORTS, desk.actor, desk.now, granted=desk.reader.granted
    )
    lines = [(p, chain) for p in people for chain in rules.chains(p.entries)]
    lines = [(p, c) for p, c in lines if c.missing or (desk.today - c.event.happened_on).days <= store.LATELY]
    if not lines:
        return None
    lines.sort(key=lambda pair: (not pair[1].missing, -pair[1].event.happened_on.toordinal()))
    some = {p.no: p for p, _ in lines}
    noted(
        desk.request, "list", sorted(some), ("identity", "legal", "custody"),
        next(iter(some.values())).sight.decision, detail=f"safety reports {desk.unit.code}",
    )  # fmt: skip
    missing = sum(len(chain.missing) for _, chain in lines)
    rows = tuple(
        _row(desk, person, chain, report, found.owed) for person, chain in lines for report in chain.reports
    )
    table = Table(
        Label("死亡、脱逃的报告", "Reports of deaths and escapes"),
        (
            NAME_COLUMN,
            Column(Label("事件", "Event"), phone="bare"),
            Column(Label("报告给", "To whom")),
            Column(Label("状态", "State"), phone="bare"),
            Column(words.ACT, phone="act", hide_label=True),
        ),
        rows,
        (Label(f"没有登记的 {missing} 项", f"{missing} not recorded"),),
        id="report-list",
    )
    return Section(
        "reports", Label("死亡、脱逃：报告了没有", "Deaths and escapes: reported?"), table, says=(SAYS,)
    )


NAME_COLUMN: Final = Column(NAME, phone="lead")


def _row(desk: Desk, person: Person, chain: Chain, report: Report, owed: frozenset[tuple[int, str]]) -> Row:
    event = chain.event
    act: Cell | str = ""
    duty = (person.no, DUTY[report.kind]) in owed
    if report.made is not None:
        state = Cell(part=Word("done", Label(f"{report.made.happened_on}", f"{report.made.happened_on}")))
    elif duty:
        state = Cell(part=Word("late", Label("立即报告", "To be reported at once")))
    else:
        state = Cell(part=Word("gap", Label("没有登记", "Not recorded")), sub=OFF)
    if report.made is None and _may(desk, person, report.kind):
        query = [("to", str(event.id)), ("to_whom", report.to_whom)] if event.kind == "death" else []
        href = addresses.record(person.case_no, report.kind, query)
        act = Cell(part=Button(Label("登记报告", "Record it"), href, "small", describes=person.name))
    return Row(
        (
            Cell(person.name, addresses.file(person.case_no)),
            Cell(kinds()[event.kind].label, sub=event.happened_on.isoformat()),
            _whom(event, report),
            state,
            act,
        )
    )


def _whom(event: Entry, report: Report) -> Label:
    if event.kind != "death":
        return POLICE
    choice = kinds()["death_reported"].ask("to_whom").choice(report.to_whom)
    assert choice is not None, report.to_whom
    return choice.label


def _may(desk: Desk, person: Person, kind: str) -> bool:
    known = kinds()[kind]
    target = access.Target(person.view.area, known.recorded_by, known.label, compartment=known.compartment)
    return desk.opens("record") and access.decide(desk.actor, "record", target).allowed
