"""What the pages of a change of a unit show: the form, what moves and what stays, and undoing it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guitu.casefile import Entry
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.levels import reorganising as store
from guitu.store.levels.reorganising import Change, Concerned, NotChanged, Undoing
from guitu.store.units import Unit
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.inside.shown import Fact, Form
from guitu.web.pages.organisation import words
from guitu.web.pages.organisation.words import address

SURE: Final = "sure"
WAYS: Final = {
    "renamed": (Label("更名", "Rename"), Label("更名", "rename it")),
    "merged": (Label("并入其他单位", "Merge into another"), Label("并入", "merge it")),
    "split": (Label("分出新单位", "Split a new unit off"), Label("分出", "split it off")),
    "closed": (Label("停用", "Close"), Label("停用", "close it")),
}
"""What can be done with a unit: what it is called, and the word on the last button."""
STAYS: Final = Label(
    "编码、已经登记的记录、固定的月报和以前各期的数字都留在原单位名下，不改。",
    "Codes, what was recorded, returns that were fixed and the figures of earlier periods stay under the unit"
    " of then.",
)
POSTS: Final = Label(
    "账号的岗位不随单位转移：请安全管理员在新单位设岗。",
    "Posts do not move: the security administrator gives new ones.",
)
SEALED: Final = Label(
    "封存和已并入他人的档案不转。", "Sealed files and those merged into another do not move."
)


@dataclass(frozen=True, slots=True)
class One:
    """The unit that is looked at, what stands in addresses for it, and what was typed."""

    unit: Unit
    code: str
    typed: Mapping[str, str]

    def asked(self, name: str) -> str:
        """What was typed in a box."""
        return self.typed.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Choices:
    """Under which units a new one may stand, and into which the unit may be merged, as they are called."""

    parents: tuple[Unit, ...] = ()
    into: tuple[tuple[str, str], ...] = ()


def form(
    one: One, way: str, found: Concerned, choices: Choices, identifier: str, wrong: GuituError | None = None
) -> Form:
    """What is to be done with the unit is asked; `wrong` is what was answered wrongly."""
    label, _ = WAYS[way]
    box = wrong.box if isinstance(wrong, NotChanged) else ""
    return Form(
        Label(f"{label.zh}：{one.unit.name}", f"{label.en}: {one.unit.name}"),
        Label(
            "自今天起生效；下一步先看会转走什么，再确认。",
            "From today on. The next step shows what moves, to be confirmed.",
        ),
        address(f"change/{way}", one.code),
        _fields(one, way, found, choices, wrong),
        (("id", identifier), ("unit", one.unit.code)),
        Button(Label("下一步：核对", "Next: look it over"), look="primary"),
        Button(Label("取消", "Cancel"), href=address("changes", one.code), look="link"),
        crumbs=_crumbs(one),
        summary=ErrorSummary((Fault(wrong.label, f"f-{box}" if box else ""),)) if wrong else None,
    )


def confirm(one: One, asked: Change, found: Concerned, identifier: str) -> Form:
    """What moves and what stays, to be confirmed."""
    label, act = WAYS[asked.what]
    hidden = [
        ("id", identifier), ("unit", one.unit.code), (SURE, "1"), ("name", asked.name),
        ("other", asked.other.code if asked.other else ""), ("code", asked.code),
        ("workers", "、".join(asked.workers)), ("paper", asked.paper), ("note", asked.note),
    ]  # fmt: skip
    return Form(
        Label(f"核对后{label.zh}：{one.unit.name}", f"{label.en}: {one.unit.name}, to be confirmed"),
        _becomes(asked),
        address(f"change/{asked.what}", one.code),
        (),
        tuple(hidden),
        Button(
            Label(f"确认{act.zh}", f"Yes, {act.en}"), look="grave",
            extra={"data-busy": Label("正在办理…", "Working…")},
        ),
        Button(Label("取消", "Cancel"), href=address("changes", one.code), look="link"),
        crumbs=_crumbs(one),
        notices=(Notice("info", STAYS),),
        facts=_facts(asked, found),
    )  # fmt: skip


def _becomes(asked: Change) -> Label:
    unit = asked.unit.name
    other = asked.other.name if asked.other else ""
    return {
        "renamed": Label(
            f"自今天起，{unit}叫“{asked.name}”。", f"From today on {unit} is called “{asked.name}”."
        ),
        "merged": Label(
            f"自今天起，{unit}并入{other}，不再单列。", f"From today on {unit} is part of {other}."
        ),
        "split": Label(
            f"自今天起，{other}下新设“{asked.name}”（{asked.code}）。",
            f"From today on there is “{asked.name}” ({asked.code}) under {other}.",
        ),
        "closed": Label(f"自今天起，{unit}停用。", f"From today on {unit} is closed."),
    }[asked.what]  # fmt: skip


def _facts(asked: Change, found: Concerned) -> tuple[Fact, ...]:
    """What moves, and what does not."""
    moving = found.people if asked.what == "merged" else 0
    if asked.what == "split":
        moving = sum(n for name, n in found.workers if name in asked.workers)
    facts = []
    if asked.what in ("merged", "split"):
        text = Label(f"{moving} 人，责任人不变", f"{moving}, with the same workers")
        if asked.what == "merged":
            text = Label(
                f"{moving} 人（在册 {found.current} 人），责任人不变",
                f"{moving}, of whom {found.current} under a measure, with the same workers",
            )
        facts.append(Fact(Label("转走的人员", "People who move"), text))
    if asked.what == "merged":
        duties = Label(
            f"{found.duties} 项，其中逾期 {found.overdue} 项",
            f"{found.duties}, of which {found.overdue} overdue",
        )
        facts.append(Fact(Label("随人转走的应办事项", "Duties that move with them"), duties))
    elif asked.what == "split":
        facts.append(
            Fact(
                Label("应办事项", "Duties"),
                Label("随人转走；其余留在原单位", "Go with these people; all others stay"),
            )
        )
    else:
        stay = Label(
            f"{found.people} 人、{found.duties} 项，都不动",
            f"{found.people} people, {found.duties} duties: all stay",
        )
        facts.append(Fact(Label("人员和应办事项", "People and duties"), stay))
    if asked.what != "renamed":
        held = "、".join(f"{store.role_label(r).zh} {n}" for r, n in found.accounts) or "没有"
        held_en = ", ".join(f"{store.role_label(r).en} {n}" for r, n in found.accounts) or "none"
        facts.append(
            Fact(
                Label("在本单位设岗的账号", "Accounts with a post here"),
                Label(f"{held}。{POSTS.zh}", f"{held_en}. {POSTS.en}"),
            )
        )
    if moving:
        facts.append(Fact(Label("不转的档案", "Files that stay"), SEALED))
    return tuple(facts)


def undoing(
    one: One, at: Unit, entry: Entry, found: Undoing | None, wrong: GuituError | None, fresh: str
) -> Form:
    """What undoing a change brings back; or why it cannot be undone any more."""
    what = words.choice(entry, "what")
    said = what if isinstance(what, Label) else Label(str(what), str(what))
    facts = [
        Fact(Label("日期", "Day"), entry.happened_on.isoformat()),
        Fact(Label("怎样变更", "What changed"), what),
        Fact(Label("原来的名称、单位", "Name or unit of before"), words.said(entry, "before")),
    ]
    if found is not None and found.unit is not at:
        facts.append(
            Fact(
                Label("转回的人员", "People who come back"),
                Label(
                    f"{found.back} 人；后来又变动的 {found.gone} 人不转",
                    f"{found.back}; {found.gone} who moved on since do not",
                ),
            )
        )
    if entry.get("what") == "split":
        says = Label("新单位停用，其中的记录保留。", "The new unit is closed; what was recorded there stays.")
        facts.append(Fact(Label("新单位", "The new unit"), says))
    box = wrong.box if isinstance(wrong, NotChanged) else ""
    error = wrong.label if wrong is not None and box == "reason" else ""
    field = Field("reason", Label("原因", "Reason"), "long_text", value=one.asked("reason"), error=error)
    return Form(
        Label(f"撤销变更：{at.name}", f"Undo a change: {at.name}"),
        Label(
            f"{said.zh}，作废这条变更，单位恢复原样。", f"{said.en}: withdrawn, and the unit is as before."
        ),
        address(f"changes/{at.code}/{entry.id}/undo", one.code),
        (field,) if found is not None else (),
        (("id", fresh), ("unit", one.unit.code)),
        Button(
            Label("撤销变更", "Undo the change"),
            look="grave",
            why_not=wrong.label if found is None and wrong is not None else "",
        ),
        Button(Label("取消", "Cancel"), href=address("changes", one.code), look="link"),
        crumbs=_crumbs(one),
        summary=ErrorSummary((Fault(wrong.label, f"f-{box}" if box else ""),)) if wrong else None,
        facts=tuple(facts),
    )


def _fields(
    one: One, way: str, found: Concerned, choices: Choices, wrong: GuituError | None
) -> tuple[Field, ...]:
    box = wrong.box if isinstance(wrong, NotChanged) else ""

    def error(name: str) -> Label | str:
        return wrong.label if wrong is not None and box == name else ""

    fields = []
    if way in ("renamed", "split"):
        label = (
            Label("新名称", "New name") if way == "renamed" else Label("新单位名称", "Name of the new unit")
        )
        fields.append(Field("name", label, value=one.asked("name"), error=error("name"), focus=True))
    if way == "split":
        above = choices.parents
        fields.append(
            Field(
                "other", Label("上级单位", "Unit above it"), "choice",
                value=one.asked("other") or above[0].code, error=error("other"),
                options=tuple(Option(u.code, u.name) for u in above),
            )
        )  # fmt: skip
        fields.append(
            Field(
                "code", Label("新单位编码", "Code of the new unit"), value=one.asked("code"),
                error=error("code"),
                hint=Label(
                    f"按统一编码，以上级单位的代码开头，如 {above[0].code}…",
                    f"As officially given; it begins with that of the unit above, such as {above[0].code}…",
                ),
            )
        )  # fmt: skip
        known = "、".join(f"{name}（{n}）" for name, n in found.workers) or "—"
        fields.append(
            Field(
                "workers", Label("随之转走的责任人", "Workers whose people go there"), optional=True,
                value=one.asked("workers"), error=error("workers"),
                hint=Label(f"用顿号隔开；不填不转人。现有：{known}",
                           f"With “、” between them; nobody moves without. There are: {known}"),
            )
        )  # fmt: skip
    if way == "merged":
        fields.append(
            Field(
                "other", Label("并入哪个单位", "Into which unit"), "choice", value=one.asked("other"),
                error=error("other"), options=tuple(Option(code, said) for code, said in choices.into),
            )
        )  # fmt: skip
    fields.append(Field("paper", Label("文号", "Paper"), value=one.asked("paper"), optional=True))
    fields.append(
        Field(
            "note", Label("说明", "Note"), "long_text", value=one.asked("note"), optional=True,
            hint=Label("不写戒毒人员姓名", "No names of people under a measure"),
        )
    )  # fmt: skip
    return tuple(fields)


def _crumbs(one: One) -> Crumbs:
    return Crumbs(
        (Crumb(Label("单位沿革", "History of units"), address("changes")),
         Crumb(one.unit.name, address("changes", one.code)))
    )  # fmt: skip
