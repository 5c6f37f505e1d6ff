"""From what is known at the gate to what the pages show. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from guitu.access import ROLES
from guitu.centre import gate
from guitu.centre.gate import Coming, Step
from guitu.compose import kinds
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.pathway.model import Duty
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word, word_of
from guitu.web.pages.casefile import addresses

FROM: Final = (("from", "gate"),)
Section = TypeVar("Section")


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a list of the page. `day` is that of arrival, or of the decision before it."""

    name: str
    case_no: str
    coming: Coming
    day: date
    sex: Text = ""


@dataclass(frozen=True, slots=True)
class ExitShown:
    """Why somebody is not to be admitted, and what is still to be done about it."""

    heading: Label
    why: Label
    instead: Label
    cites: tuple[Label, ...]
    done: tuple[Label, ...]
    acts: tuple[Button, ...]


COLUMNS: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("性别", "Sex"), phone="bare"),
    Column(Label("日期", "Day")),
    Column(Label("还差", "Still lacking")),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
EXPECTED: Final = (COLUMNS[0], COLUMNS[1], Column(Label("决定日期", "Decided")), COLUMNS[3], COLUMNS[4])
STEPS: Final = (
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("步骤", "Step"), phone="lead"),
    Column(Label("已知", "Known"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
WORDS: Final = {
    "done": Word("done"),
    "missing": Word("open", Label("待办", "To do")),
    "problem": Word("gap", Label("须处理", "To be settled")),
    "not_needed": Word("done", Label("不需要", "Not needed")),
    "hidden": Word("barred", Label("不可见", "Not seen here")),
}
ALL_THERE: Final = Word("done", Label("已办齐", "Complete"))


def lead(expected: int, came: int, incomplete: int, put_off: int) -> Label:
    """The page's first line: how many are expected, came lately, lack something, are put off."""
    zh = f"待收 {expected} 人 · 近 30 天入所 {came} 人，未办齐 {incomplete} 人"
    en = f"{expected} expected · {came} admitted in the last 30 days, {incomplete} incomplete"
    if put_off:
        zh, en = f"{zh} · 暂缓 {put_off} 人", f"{en} · {put_off} put off"
    return Label(zh, en)


def lead_of(coming: Coming) -> Label:
    """One person's first line."""
    left = len(coming.missing)
    if coming.way_out is not None and coming.way_out.must:
        return Label("不得收治，请按下面办理", "Not to be admitted: see below")
    if not left:
        return Label("入所手续已办齐", "The admission is complete")
    return Label(f"还有 {left} 项", f"{left} thing{'s' if left > 1 else ''} to do")


def sections(
    expected: tuple[Line, ...],
    put_off: tuple[Line, ...],
    came: tuple[Line, ...],
    today: date,
    make: Callable[..., Section],
) -> tuple[Section, ...]:
    """The lists of the page, in the order of the work."""
    found = [
        make(
            "expected",
            Label("待收", "Expected"),
            _table(Label("待收人员", "People expected"), EXPECTED, expected, today, "expected")
            if expected else None,
            Empty(Label("没有待收的人。决定机关移交后出现在这里。",
                        "Nobody is expected. Whoever is handed over by the deciding organ appears here."))
            if not expected else None,
            Label("应收尽收：不因患病拒收；确须先送医院的，由医生登记暂缓和复查日期。",
                  "Nobody is turned away for illness; where a hospital comes first, a doctor records that"
                  " and when the person is seen again."),
        )
    ]  # fmt: skip
    if put_off:
        found.append(
            make(
                "put-off",
                Label("暂缓收治", "Put off"),
                _table(Label("暂缓收治人员", "People put off"), COLUMNS, put_off, today, "put-off"),
            )
        )
    empty = Empty(Label("近 30 天没有入所。", "Nobody was admitted in the last 30 days."))
    found.append(
        make(
            "came",
            Label("近期入所", "Admitted lately"),
            _table(Label("近 30 天入所人员", "Admitted in the last 30 days"), COLUMNS, came, today, "came")
            if came
            else None,
            None if came else empty,
        )
    )
    return tuple(found)


def _table(
    caption: Label, columns: tuple[Column, ...], lines: tuple[Line, ...], today: date, name: str
) -> Table:
    counts = (Label(f"共 {len(lines)} 人", f"{len(lines)} people"),)
    return Table(
        caption, columns, tuple(_row(line, today) for line in lines), counts, id=name, hide_caption=True
    )


def _row(line: Line, today: date) -> Row:
    href = addresses.back_to("gate", line.case_no)
    return Row(
        (
            Cell(line.name, href, sub=line.case_no),
            line.sex,
            line.day.isoformat(),
            _lacking(line.coming),
            Cell(part=Button(Label("办理", "Go on"), href=href, look="small", describes=line.name)),
        ),
        line.case_no,
    )


def _lacking(coming: Coming) -> Cell:
    """What is missing, the first few by name."""
    out = coming.way_out
    if out is not None and out.must:
        return Cell(part=Word("right", Label("不得收治", "Not to be admitted")))
    if coming.deferred is not None:
        review = str(coming.deferred.get("review_on") or "")
        if review:
            return Cell(part=Word("open", Label(f"复查 {review}", f"Seen again {review}")))
    missing = coming.missing
    if not missing:
        return Cell(part=ALL_THERE)
    zh = "、".join(step.label.zh for step in missing[:3])
    en = ", ".join(step.label.en for step in missing[:3])
    more = len(missing) - 3
    if more > 0:
        zh, en = f"{zh} 等 {len(missing)} 项", f"{en} and {more} more"
    return Cell(Label(zh, en))


def steps(
    coming: Coming, case_no: str, duties: Mapping[str, Duty], may: frozenset[str], today: date
) -> Table:
    """The steps as a table: state, what, what is known, and the act. `duties` are the open duties by name."""
    rows = tuple(_step(step, case_no, duties.get(step.duty), may, today) for step in coming.steps)
    done = sum(1 for step in coming.steps if step.state in ("done", "not_needed"))
    counts = (Label(f"已办 {done} / {len(rows)}", f"{done} of {len(rows)} done"),)
    return Table(Label("入所步骤", "Steps of an admission"), STEPS, rows, counts, id="steps")


def _step(step: Step, case_no: str, duty: Duty | None, may: frozenset[str], today: date) -> Row:
    word = WORDS[step.state]
    if duty is not None and duty.state in ("open", "overdue") and step.state in ("missing", "problem"):
        word = word_of(duty, today)
    cites = " ".join(Citation.parse(text).label.zh for text in step.cites)
    cites_en = " ".join(Citation.parse(text).label.en for text in step.cites)
    return Row(
        (
            Cell(part=word),
            Cell(step.label, sub=Label(cites, cites_en) if cites else ""),
            Cell(step.says or "—"),
            _act(step, case_no, may),
        ),
        step.name,
    )


def _act(step: Step, case_no: str, may: frozenset[str]) -> Cell:
    if step.state == "hidden":
        return Cell("")
    done = step.state in ("done", "not_needed")
    if step.kind not in may:
        return Cell("" if done else by_whom(step.kind))
    if done and step.name != "bed":
        return Cell("")  # a mistake is corrected in the file
    if step.name == "bed":
        href = addresses.back_to("wards", case_no)
    else:
        href = addresses.record(case_no, step.kind, (*FROM, *step.answers))
    if done:
        return Cell(part=Button(Label("调整", "Change"), href=href, look="link", describes=step.label))
    return Cell(part=Button(Label("登记", "Record"), href=href, look="small", describes=step.label))


def by_whom(kind: str) -> Label:
    """Which posts record a kind, in words: 由医生、护士登记."""
    roles = [ROLES[name].label for name in kinds()[kind].recorded_by if name in ROLES][:3]
    zh = "、".join(role.zh for role in roles)
    en = ", ".join(role.en.lower() for role in roles)
    return Label(f"由{zh}登记", f"Recorded by: {en}")


def exit_of(coming: Coming, case_no: str, may: frozenset[str]) -> ExitShown | None:
    """The exit, with what is done and what is to be done."""
    out = coming.way_out
    if out is None:
        return None
    done: list[Label] = []
    acts: list[Button] = []
    if out.recorded is not None:
        done.append(Label("已登记不适用情形", "The exempting ground is recorded"))
    elif "exempt" in may:
        href = addresses.record(case_no, "exempt", (*FROM, ("ground", out.ground)))
        acts.append(Button(Label("登记不适用情形", "Record the ground"), href=href, look="grave"))
    if out.told is not None:
        day = str(out.told.get("told_on") or out.told.happened_on)
        done.append(Label(f"已告知决定机关 {day}", f"The deciding organ was told on {day}"))
    elif "not_admitted" in may:
        href = addresses.record(case_no, "not_admitted", FROM)
        acts.append(Button(Label("登记不予收治", "Record that the person is not admitted"), href=href))
    if out.ordered is not None:
        day = out.ordered.happened_on.isoformat()
        done.append(Label(f"已责令社区戒毒 {day}", f"Community treatment was ordered on {day}"))
    else:
        done.append(
            Label("尚未见到社区戒毒决定，请向决定机关查询",
                  "No order of community treatment is in the file yet: ask the deciding organ")
        )  # fmt: skip
    heading = (
        Label("不得收治", "Not to be admitted")
        if out.must
        else Label("可以不适用强制隔离戒毒", "Compulsory isolation need not apply")
    )
    cites = tuple(Citation.parse(text).label for text in gate.INSTEAD_CITES)
    return ExitShown(heading, out.why, gate.INSTEAD, cites, tuple(done), tuple(acts))


OTHERS: Final = ("admission_deferred", "placement_advice", "health_condition", "intake_health", "exempt")


def others(coming: Coming, case_no: str, may: frozenset[str]) -> tuple[Button, ...]:
    """What may be recorded at the gate besides the steps."""
    shown = [kind for kind in OTHERS if kind in may and not (kind == "exempt" and coming.way_out is not None)]
    return tuple(
        Button(kinds()[kind].label, href=addresses.record(case_no, kind, FROM), look="link") for kind in shown
    )
