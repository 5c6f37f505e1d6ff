"""The form of one kind of a unit's own file on the pages of the three levels, and saving it through the one
gate. A part says which kinds are recorded on its pages, and where it goes on after each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import resolve

from guitu.casefile import Entry, Kind
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.inside.area import Area
from guitu.web.inside.shown import NUMBER, Board, Fact, Form, Line, Section, Sheet
from guitu.web.inside.written import write
from guitu.web.page import show
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers

IN: Final = "in"
"""The box that says in whose file it goes."""
SAVE: Final = Button(
    Label("保存", "Save"), look="primary", extra={"data-busy": Label("正在保存…", "Saving…")}
)
TICK: Final = Label("到过", "Passed")
TICKS: Final = Label("到过的地点打勾", "Tick the places that were passed")
_NO_LEVELS: Final = frozenset[str]()

Data = Mapping[str, str]
Before = Callable[[Area, Unit], Mapping[str, str]]
Shape = Callable[[Area, Unit, tuple[Field, ...], Answers], tuple[Field, ...]]
Mend = Callable[[Area, Unit, Data], Mapping[str, str]]
Ticked = Callable[[Area, Unit], tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """One page's recording: its title and address, and the kinds with the part of the address that follows
    each. `answers` names for an answering kind what it answers. `levels` are the levels of the units in whose
    files a kind may be put. `begin` gives what a new form holds, `shape` alters its boxes, `mend` completes
    what was sent before it is read, `ticked` is a list of things to tick under the boxes."""

    title: Label
    root: str
    after: Mapping[str, str]
    answers: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    begin: Mapping[str, Before] = field(default_factory=dict)
    shape: Mapping[str, Shape] = field(default_factory=dict)
    mend: Mapping[str, Mend] = field(default_factory=dict)
    ticked: Mapping[str, Ticked] = field(default_factory=dict)

    def address(self, part: str = "") -> str:
        """A page of this part."""
        return f"{self.root}{part}/" if part else self.root

    def record(self, code: str, kind: str) -> str:
        """Where a kind is recorded."""
        return f"{self.root}record/{code}/{kind}/"

    def button(
        self, area: Area, kind: str, label: Label | None = None, look: str = "plain"
    ) -> tuple[Button, ...]:
        """The button that begins a kind, where the reader may record it for some unit here and the post
        opens the page of its form."""
        leads = self.record(area.unit.code, kind)
        if not area.opens(resolve(leads).func.guitu_page):
            return ()
        if not places(area, kinds()[kind], self.levels.get(kind, _NO_LEVELS)):
            return ()
        said = label or Label(f"登记{kinds()[kind].label.zh}", f"Record: {kinds()[kind].label.en}")
        return (Button(said, leads, look),)  # type: ignore[arg-type]


def places(area: Area, kind: Kind, levels: frozenset[str]) -> tuple[Unit, ...]:
    """The units of the area in whose files the reader may put such an entry. Whoever may in the file of the
    unit that is looked at may in those of all below it, so access is asked once."""
    if not unitfiles.may_record(area.actor, kind, area.unit).allowed:
        return ()
    if not levels:
        return (area.unit,)
    return tuple(unit for unit in tree().subtree(area.unit) if unit.level in levels)


def record(area: Area, part: Part, name: str) -> HttpResponse:
    """The form of one kind; and what came of saving."""
    kind = kinds().get(name)
    if kind is None or name not in part.after or not unitfiles.may_read(area.actor, area.unit).allowed:
        raise Http404(name)
    some = places(area, kind, part.levels.get(name, _NO_LEVELS))
    about = _about(area, part, kind)
    if not some:
        return _refused(area, part, kind, unitfiles.may_record(area.actor, kind, area.unit).reason)
    unit = _chosen(area, some)
    if area.request.method != "POST":
        typed = {form.DAY: area.today.isoformat(), IN: unit.code if unit else ""}
        if kind.answers:
            typed[kind.answers] = area.asked(kind.answers)
        if name in part.begin and unit is not None:
            typed |= part.begin[name](area, unit)
        return _form(area, part, kind, some, Answers(typed, area.today), about)
    if unit is None:
        missing = Label("请选择是哪个单位的", "Choose whose it is")
        answers = form.read(kind, _posted(area), area.today, near=area.home)
        return _form(area, part, kind, some, answers.with_fault("", missing), about)
    data = _posted(area)
    if name in part.mend:
        data = {**data, **part.mend[name](area, unit, data)}
    answers = form.read(kind, data, area.today, near=area.home)
    if answers.faults:
        return _form(area, part, kind, some, answers, about)
    assert answers.happened_on is not None
    entry = unitfiles.new_entry(
        unit.code,
        name,
        answers.happened_on,
        {k: v for k, v in answers.fields.items() if v is not None},
        now=area.now,
        author=area.actor.name,
        office=area.home.code,
        identifier=area.identifier(),
        source=area.source,
    )
    came = write(entry, answers, actor=area.actor, now=area.now)
    if came.refused is not None:
        return _refused(area, part, kind, came.refused)
    if came.status:
        return _form(area, part, kind, some, came.answers, about, status=came.status)
    after = part.after[name].format(to=area.asked(kind.answers) if kind.answers else "")
    return HttpResponseRedirect(f"{part.address(after)}?saved={name}")


def _posted(area: Area) -> dict[str, str]:
    return {name: str(value) for name, value in area.request.POST.items()}


def _chosen(area: Area, some: tuple[Unit, ...]) -> Unit | None:
    """The unit that was chosen; without a choice the one of the address, or the only one."""
    code = area.asked(IN)
    if code:
        return next((u for u in some if u.code == code), None)
    own = next((u for u in some if u.no == area.unit.no), None)
    return own or (some[0] if len(some) == 1 else None)


def _about(area: Area, part: Part, kind: Kind) -> tuple[Fact, ...]:
    """What is answered, in its own words."""
    name = part.answers.get(kind.name)
    if name is None:
        return ()
    entry = standing(area, area.asked(kind.answers))
    if entry is None or entry.kind != name:
        raise Http404(kind.name)
    asked = kinds()[name]
    shown = [a for a in asked.fields if not a.internal and entry.get(a.name) not in (None, "")]
    return tuple(Fact(a.label, form.shown_value(a, entry.get(a.name))) for a in shown[:8])


def standing(area: Area, identifier: str) -> Entry | None:
    """The entry of the area's own unit with that id, if it counts now."""
    found = unitfiles.unit_file(area.unit).counted()
    return next((e for e in found if str(e.id) == identifier), None)


def _form(
    area: Area,
    part: Part,
    kind: Kind,
    some: tuple[Unit, ...],
    answers: Answers,
    about: tuple[Fact, ...],
    *,
    status: int = 0,
) -> HttpResponse:
    act = Label(f"登记：{kind.label.zh}", f"Record: {kind.label.en}")
    fields = form.fields_of(kind, answers)
    unit = _chosen(area, some) or area.unit
    if kind.name in part.shape:
        fields = part.shape[kind.name](area, unit, fields, answers)
    if len(some) > 1:
        options = tuple(Option(u.code, _named(u, area)) for u in some)
        chosen = area.asked(IN) or (unit.code if unit in some else "")
        whose = Field(IN, Label("哪个单位的", "Whose"), "choice", value=chosen, options=options)
        fields = (fields[0], whose, *fields[1:])
    after = part.after[kind.name].format(to=area.asked(kind.answers) if kind.answers else "")
    title = Label(f"{act.zh} · {area.unit.name}", f"{act.en} · {area.unit.name}")
    help_ = kind.help or Label("登记后可以更正。", "It can be corrected afterwards.")
    hidden = (("id", area.asked("id") or str(area.new_id())),)
    back = Button(Label("取消", "Cancel"), part.address(after), "link")
    crumbs = Crumbs((Crumb(part.title, part.root), Crumb(kind.label)))
    summary = form.summary(kind, answers)
    where = part.record(area.unit.code, kind.name)
    lines = part.ticked[kind.name](area, unit) if kind.name in part.ticked else ()
    page: Form | Sheet
    if lines:
        unseen = tuple((f.name, f.value) for f in fields if f.kind == "hidden")
        fields = tuple(f for f in fields if f.kind != "hidden")
        heads = (NUMBER, Label("地点", "Place"), TICK)
        page = Sheet(
            title, help_, where, heads, lines, (*hidden, *unseen), SAVE, back, TICKS, crumbs, fields, summary
        )
    else:
        page = Form(title, help_, where, fields, hidden, SAVE, back, crumbs, summary, facts=about)
    return show(area.request, page, status=status or (422 if answers.faults else 200))


def _named(unit: Unit, area: Area) -> str:
    """A unit with what it lies in, below the unit that is looked at."""
    way = [u.name for u in tree().ancestors(unit) if u.depth > area.unit.depth]
    return " ".join(way) or unit.name


def refused(area: Area, part: Part, heading: Label, reason: Label, *, status: int = 403) -> HttpResponse:
    """That nothing was recorded, and why."""
    back = Button(Label(f"回到{part.title.zh}", f"Back to {part.title.en}"), part.root)
    page = Board(
        Label("没有登记", "Nothing was recorded"),
        heading,
        (Section("refused", Label("为什么", "Why"), empty=Empty(reason, (back,))),),
    )
    return show(area.request, page, status=status)


def _refused(area: Area, part: Part, kind: Kind, reason: Label) -> HttpResponse:
    return refused(area, part, kind.label, reason)


def hidden_boxes(fields: tuple[Field, ...], *names: str) -> tuple[Field, ...]:
    """The boxes with these out of sight: the system fills them in."""
    return tuple(replace(f, kind="hidden") if f.name in names else f for f in fields)
