"""Changing a unit: asked first, then shown with all that moves and all that stays, then done; and undoing it.
Decides nothing."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu import access
from guitu.casefile import Entry
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels.organisation import CHANGE
from guitu.store import unitfiles
from guitu.store.levels import reorganising as store
from guitu.store.levels.reorganising import Change, Concerned, NotChanged
from guitu.store.units import LEVEL_LABELS, Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Fact, Form, Section
from guitu.web.noted import LISTED, noted
from guitu.web.page import show, shows
from guitu.web.pages.dispatch.words import area_of
from guitu.web.pages.organisation import words
from guitu.web.pages.organisation.words import address
from guitu.web.pages.units.build import closed

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


def changes(area: Area) -> bool:
    """Whether the reader changes the unit that is looked at."""
    return area.opens("units_change") and store.may(area.actor, area.unit).allowed


def buttons(area: Area) -> tuple[Button, ...]:
    """What can be done with the unit that is looked at."""
    if not changes(area) or not area.unit.at_work(area.today):
        return ()
    return tuple(
        Button(label, href=address(f"change/{way}", area.code), look="plain")
        for way, (label, _) in WAYS.items()
    )


def below(area: Area) -> tuple[Section, ...]:
    """The units directly below, for whoever may change them: the way to each."""
    if not area.opens("units_change"):
        return ()
    some = [u for u in tree().children(area.unit) if store.may(area.actor, u).allowed]
    if not some:
        return ()
    heading = Label("变更下级单位", "Change a unit below")
    rows = []
    for unit in some:
        word = closed(unit, area.today)
        rows.append(
            Row(
                (
                    Cell(unit.name, address("changes", unit.code)),
                    LEVEL_LABELS.get(unit.level, unit.level),
                    unit.code,
                    Cell(part=word) if word else "",
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("单位", "Unit"), phone="lead"),
            Column(Label("层级", "Level")),
            Column(Label("编码", "Code")),
            Column(Label("状态", "State"), phone="bare"),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 个", f"{len(rows)} units"),),
        id="below-list",
        hide_caption=True,
    )
    says = Label(
        "打开一个单位，再更名、并入、分出或者停用。", "Open a unit to rename, merge, split or close it."
    )
    return (Section("below", heading, table, says=(says,)),)


def undo_of(area: Area, unit: Unit, entry: Entry) -> Cell | str:
    """The way to undo a change that changed the tree."""
    if entry.source != store.BY or not area.opens("units_change"):
        return ""
    other = tree().get(str(entry.get("other") or ""))
    if not all(store.may(area.actor, u).allowed for u in (unit, *((other,) if other else ()))):
        return ""
    href = address(f"changes/{unit.code}/{entry.id}/undo", area.code)
    return Cell(part=Button(Label("撤销", "Undo"), href=href, look="small", describes=unit.name))


@shows("units_change")
def change(request: HttpRequest, way: str) -> HttpResponse:
    """Ask, show what moves, and do it."""
    area = area_of(request)
    if way not in WAYS or not changes(area):
        raise Http404(way)
    found = store.concerned(area.unit, area.today)
    asked = _asked(area, way)
    if request.method != "POST":
        return show(request, _form(area, way, found, str(area.new_id()), None))
    identifier = area.identifier()
    try:
        if area.asked(SURE) != "1":
            if unitfiles.unit_file(area.unit).entry(identifier) is None:
                store.checked(asked, found, area.today)
            return show(request, _confirm(area, asked, found, str(identifier)))
        moved = store.carry_out(asked, identifier, actor=area.actor, now=area.now)
    except GuituError as wrong:
        page = _form(area, way, found, str(identifier), wrong)
        return show(request, page, status=422)
    _noted(request, area, moved, f"units {way} {area.unit.code}")
    above = tree().ancestors(area.unit)[-2]
    back = "" if above.no == area.home.no else above.code
    return HttpResponseRedirect(address("changes", back, saved=CHANGE))


def _noted(request: HttpRequest, area: Area, moved: tuple[int, ...], detail: str) -> None:
    decision = access.decide(area.actor, "list", access.Target(area.unit.path))
    noted(request, "record", moved, LISTED, decision, detail=detail)


def _asked(area: Area, way: str) -> Change:
    words_ = area.asked("workers").replace("，", "、").replace(",", "、").split("、")
    other = tree().get(area.asked("other"))
    if way == "merged" and other not in store.others(area.unit, area.home, area.today):
        other = None
    if way == "split" and other not in store.parents(area.unit, area.home, area.today):
        other = None
    return Change(
        area.unit, way,
        name=" ".join(area.asked("name").split()) if way in ("renamed", "split") else "",
        other=other if way in ("merged", "split") else None,
        code=area.asked("code").upper() if way == "split" else "",
        workers=tuple(dict.fromkeys(w.strip() for w in words_ if w.strip())) if way == "split" else (),
        paper=area.asked("paper")[:100],
        note=area.asked("note")[:500],
    )  # fmt: skip


def _where(unit: Unit) -> str:
    return " ".join(u.name for u in tree().ancestors(unit)[-2:])


def _fields(area: Area, way: str, found: Concerned, wrong: GuituError | None) -> tuple[Field, ...]:
    box = wrong.box if isinstance(wrong, NotChanged) else ""

    def error(name: str) -> Label | str:
        return wrong.label if wrong is not None and box == name else ""

    fields = []
    if way in ("renamed", "split"):
        label = (
            Label("新名称", "New name") if way == "renamed" else Label("新单位名称", "Name of the new unit")
        )
        fields.append(Field("name", label, value=area.asked("name"), error=error("name"), focus=True))
    if way == "split":
        above = store.parents(area.unit, area.home, area.today)
        fields.append(
            Field(
                "other", Label("上级单位", "Unit above it"), "choice",
                value=area.asked("other") or above[0].code, error=error("other"),
                options=tuple(Option(u.code, u.name) for u in above),
            )
        )  # fmt: skip
        fields.append(
            Field(
                "code", Label("新单位编码", "Code of the new unit"), value=area.asked("code"),
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
                value=area.asked("workers"), error=error("workers"),
                hint=Label(f"用顿号隔开；不填不转人。现有：{known}",
                           f"With 、 between them; nobody moves without. There are: {known}"),
            )
        )  # fmt: skip
    if way == "merged":
        into = store.others(area.unit, area.home, area.today)
        fields.append(
            Field(
                "other", Label("并入哪个单位", "Into which unit"), "choice", value=area.asked("other"),
                error=error("other"), options=tuple(Option(u.code, _where(u)) for u in into),
            )
        )  # fmt: skip
    fields.append(Field("paper", Label("文号", "Paper"), value=area.asked("paper"), optional=True))
    fields.append(
        Field(
            "note", Label("说明", "Note"), "long_text", value=area.asked("note"), optional=True,
            hint=Label("不写戒毒人员姓名", "No names of people under a measure"),
        )
    )  # fmt: skip
    return tuple(fields)


def _crumbs(area: Area) -> Crumbs:
    return Crumbs(
        (Crumb(Label("单位沿革", "History of units"), address("changes")),
         Crumb(area.unit.name, address("changes", area.code)))
    )  # fmt: skip


def _form(area: Area, way: str, found: Concerned, identifier: str, wrong: GuituError | None) -> Form:
    label, _ = WAYS[way]
    box = wrong.box if isinstance(wrong, NotChanged) else ""
    return Form(
        Label(f"{label.zh}：{area.unit.name}", f"{label.en}: {area.unit.name}"),
        Label(
            "自今天起生效；下一步先看会转走什么，再确认。",
            "From today on. The next step shows what moves, to be confirmed.",
        ),
        address(f"change/{way}", area.code),
        _fields(area, way, found, wrong),
        (("id", identifier), ("unit", area.unit.code)),
        Button(Label("下一步：核对", "Next: look it over"), look="primary"),
        Button(Label("取消", "Cancel"), href=address("changes", area.code), look="link"),
        crumbs=_crumbs(area),
        summary=ErrorSummary((Fault(wrong.label, f"f-{box}" if box else ""),)) if wrong else None,
    )


def _confirm(area: Area, asked: Change, found: Concerned, identifier: str) -> Form:
    label, act = WAYS[asked.what]
    hidden = [
        ("id", identifier), ("unit", area.unit.code), (SURE, "1"), ("name", asked.name),
        ("other", asked.other.code if asked.other else ""), ("code", asked.code),
        ("workers", "、".join(asked.workers)), ("paper", asked.paper), ("note", asked.note),
    ]  # fmt: skip
    return Form(
        Label(f"核对后{label.zh}：{area.unit.name}", f"{label.en}: {area.unit.name}, to be confirmed"),
        _becomes(asked),
        address(f"change/{asked.what}", area.code),
        (),
        tuple(hidden),
        Button(
            Label(f"确认{act.zh}", f"Yes, {act.en}"), look="grave",
            extra={"data-busy": Label("正在办理…", "Working…")},
        ),
        Button(Label("取消", "Cancel"), href=address("changes", area.code), look="link"),
        crumbs=_crumbs(area),
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


@shows("units_change")
def undo(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """Show what undoing a change brings back, and do it."""
    area = area_of(request)
    at = tree().get(code)
    if at is None or not tree().within(at, area.home) or not store.may(area.actor, at).allowed:
        raise Http404(code)
    file = unitfiles.unit_file(at)
    entry = file.entry(identifier)
    if entry is None or entry.kind != CHANGE:
        raise Http404(str(identifier))
    back = address("changes", area.code)
    fresh = area.identifier() if request.method == "POST" else area.new_id()
    if request.method == "POST" and file.entry(fresh) is not None:
        return HttpResponseRedirect(back)
    if file.view is None or entry.id in file.view.case_file.status():
        raise Http404(str(identifier))
    wrong: GuituError | None = None
    found: store.Undoing | None = None
    try:
        found = store.undoable(at, entry, area.today)
        if request.method == "POST":
            moved = store.undo(found, area.asked("reason")[:500], fresh, actor=area.actor, now=area.now)
            _noted(request, area, moved, f"units undo {at.code}")
            return HttpResponseRedirect(back)
    except GuituError as refused:
        wrong = refused
    return show(
        request,
        _undoing(area, at, entry, found, wrong, str(fresh)),
        status=422 if wrong and request.method == "POST" else 200,
    )


def _undoing(
    area: Area, at: Unit, entry: Entry, found: store.Undoing | None, wrong: GuituError | None, fresh: str
) -> Form:
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
    field = Field("reason", Label("原因", "Reason"), "long_text", value=area.asked("reason"), error=error)
    return Form(
        Label(f"撤销变更：{at.name}", f"Undo a change: {at.name}"),
        Label(
            f"{said.zh}，作废这条变更，单位恢复原样。", f"{said.en}: withdrawn, and the unit is as before."
        ),
        address(f"changes/{at.code}/{entry.id}/undo", area.code),
        (field,) if found is not None else (),
        (("id", fresh), ("unit", area.unit.code)),
        Button(
            Label("撤销变更", "Undo the change"),
            look="grave",
            why_not=wrong.label if found is None and wrong is not None else "",
        ),
        Button(Label("取消", "Cancel"), href=address("changes", area.code), look="link"),
        crumbs=_crumbs(area),
        summary=ErrorSummary((Fault(wrong.label, f"f-{box}" if box else ""),)) if wrong else None,
        facts=tuple(facts),
    )
