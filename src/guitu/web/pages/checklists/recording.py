"""Drawing up a list, asking otherwise from a day on, putting a version right, and filling in a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels.checklists import Checklist, items_of
from guitu.store import unitfiles
from guitu.store.levels import checklists as store
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.inside.shown import NUMBER, Box, Line, Sheet
from guitu.web.inside.unit_form import CANCEL, SAVE, UnitForm
from guitu.web.inside.written import refusal
from guitu.web.page import show, shows
from guitu.web.pages.checklists import words
from guitu.web.pages.checklists.view import Found, crumbs, found
from guitu.web.pages.checklists.words import address, list_at
from guitu.web.pages.dispatch.words import area_of
from guitu.web.pages.record import day
from guitu.web.pages.record.form import Answers

KIND: Final = "checklist_filled"
MOST_ITEMS: Final = 60
MOST_NOTE: Final = 1000
EMPTY: Final = "empty"
NOTHING: Final = Label("都没有做到", "Nothing was done")
PROOF: Final = Label("依据", "Evidence")


def _checked(answers: Answers) -> Answers:
    """What no single answer shows to be wrong."""
    fields = answers.fields
    for name, label in (("use", Label("请选用于什么", "Say what it is for")),
                        ("who", Label("请选由谁填", "Say who fills it in"))):  # fmt: skip
        if not fields.get(name):
            answers = answers.with_fault(name, label)
    items = items_of(str(fields.get("items") or ""))
    if fields.get("items") and not 0 < len(items) <= MOST_ITEMS:
        answers = answers.with_fault(
            "items",
            Label(
                f"事项 1 到 {MOST_ITEMS} 项，现有 {len(items)} 项",
                f"There may be 1 to {MOST_ITEMS} items; there are {len(items)}",
            ),
        )
    first, last = fields.get("from_day"), fields.get("until")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        answers = answers.with_fault("until", Label("“用到哪天”早于“从哪天起”", "It ends before it begins"))
    if fields.get("every") == "once" and last is None:
        answers = answers.with_fault(
            "until", Label("填一次的，请写填到哪天为止", "Of a list filled in once, say by when")
        )
    return answers


@shows("checklists")
def new(request: HttpRequest) -> HttpResponse:
    """A new list."""
    area = area_of(request)
    typed = {"from_day": area.today.isoformat(), "who": "own", "proof": "no"}
    return UnitForm(
        "checklist", area.unit, f"{words.ROOT}new/", address(area.code),
        title=Label("新检查表", "A new list"),
        typed=typed,
        options=_options(),
        check=_checked,
        crumbs=crumbs(area),
    ).answer(area)  # fmt: skip


def _options() -> dict[str, tuple[Option, ...]]:
    """What has to be said of every list, without a way to leave it open."""
    kind = kinds()["checklist"]
    return {
        name: tuple(Option(c.value, c.label) for c in kind.ask(name).choices)
        for name in ("use", "who", "proof")
    }


def _mine(request: HttpRequest, code: str, identifier: UUID) -> Found:
    here = found(request, code, identifier)
    if not here.own:
        raise Http404(str(identifier))
    return here


@shows("checklists")
def version(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """The list asks otherwise from a day on: sheets of before stay what they were."""
    here = _mine(request, code, identifier)
    made = here.list
    typed = {name: _typed(value) for name, value in made.entry.fields.items()}
    typed["from_day"] = here.area.today.isoformat()

    def later(answers: Answers) -> Answers:
        first = answers.fields.get("from_day")
        if isinstance(first, date) and first <= made.versions[-1].first:
            answers = answers.with_fault(
                "from_day",
                Label(
                    f"应晚于现行版的 {made.versions[-1].first}；要改现行版，请用“更正”",
                    f"It is later than {made.versions[-1].first}, from which the present version holds; to"
                    " put that one right, correct it",
                ),
            )
        return _checked(answers)

    return UnitForm(
        "checklist", here.by, list_at(code, made.id, "version"), list_at(code, made.id),
        title=Label(f"改版：{made.name}", f"A new version: {made.name}"),
        typed=typed,
        known={"own_id": str(made.id), "every": made.every, "who": made.who},
        options=_options(),
        check=later,
        crumbs=crumbs(here.area, Crumb(made.name, list_at(code, made.id))),
    ).answer(here.area)  # fmt: skip


def _typed(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


@shows("checklists")
def change(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """The newest version as it was typed; what is saved takes its place."""
    here = _mine(request, code, identifier)
    made = here.list
    return UnitForm(
        "checklist", here.by, list_at(code, made.id, "change"), list_at(code, made.id),
        title=Label(f"更正：{made.name}", f"Correct: {made.name}"),
        known={"own_id": made.entry.get("own_id")},
        options=_options(),
        check=_checked,
        corrects=made.entry,
        crumbs=crumbs(here.area, Crumb(made.name, list_at(code, made.id))),
    ).answer(here.area)  # fmt: skip


# ── a sheet ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was sent of a sheet."""

    sent: QueryDict
    proof: str
    note: str
    summary: ErrorSummary | None = None


@shows("checklists")
def fill(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """One tick a line; what is not ticked is a gap."""
    here = found(request, code, identifier)
    area = here.area
    given = next((g for g in store.given(here.by, here.list, area.unit) if g.to.no == area.unit.no), None)
    if given is None or not area.may(KIND):
        raise Http404(str(identifier))
    made = given.list
    read = day.read(area.asked("on"), area.today)
    period = made.period(read if isinstance(read, date) else area.today)
    back = list_at(code, made.id, unit=area.unit.code)
    asked = made.runs(period) or made.runs(area.today) or period in made.missed(area.today)
    if period > area.today or made.sheet(period) is not None or not asked:
        return HttpResponseRedirect(back)
    sent = request.POST
    typed = _Typed(sent, area.asked("proof")[:MOST_NOTE], area.asked("note")[:MOST_NOTE])
    entry_id = area.identifier() if request.method == "POST" else area.new_id()
    if request.method == "POST":
        faults = _save(here, made, period, typed, entry_id)
        if not faults:
            return HttpResponseRedirect(f"{address(area.code)}{'&' if area.code else '?'}saved={KIND}")
        typed = _Typed(sent, typed.proof, typed.note, ErrorSummary(tuple(faults)))
    return show(
        request, _sheet(here, made, period, entry_id, typed, back), status=422 if typed.summary else 200
    )


def _save(here: Found, made: Checklist, period: date, typed: _Typed, entry_id: UUID) -> list[Fault]:
    area, version = here.area, made.version(period)
    done = [n for n in range(len(version.items)) if typed.sent.get(f"i{n}")]
    gaps = [item for n, item in enumerate(version.items) if n not in done]
    faults = []
    if not done and typed.sent.get(EMPTY) != "yes":
        says = Label(
            "一项也没有勾。确实一项都没有做到的，请勾“都没有做到”。",
            "Nothing is ticked. If nothing was done, tick “nothing was done”.",
        )
        faults.append(Fault(says, f"f-{EMPTY}"))
    if done and made.entry.get("proof") == "yes" and not typed.proof:
        says = Label("请写依据：凭什么说做到了。", "Write the evidence: by what it is known to be done.")
        faults.append(Fault(says, "f-proof"))
    if faults:
        return faults
    fields = {
        "checklist": str(made.id), "name": made.name, "use": made.entry.get("use"), "period": period,
        "asked": len(version.items), "done": len(done), "gaps": "\n".join(gaps), "proof": typed.proof,
        "note": typed.note, "version_id": str(version.entry.id),
    }  # fmt: skip
    entry = unitfiles.new_entry(
        area.unit.code, KIND, area.today, {n: v for n, v in fields.items() if v not in (None, "")},
        now=area.now, author=area.actor.name, office=area.home.code, identifier=entry_id,
        source=area.source,
    )  # fmt: skip
    wrong = refusal(entry, actor=area.actor, now=area.now)
    return [] if wrong is None else [Fault(wrong)]


def _sheet(here: Found, made: Checklist, period: date, entry_id: UUID, typed: _Typed, back: str) -> Sheet:
    items = made.version(period).items
    lines = [
        Line(str(n + 1), item, "", (_tick(f"i{n}", Label(f"做到：{item}", f"Done: {item}"), typed.sent),))
        for n, item in enumerate(items)
    ]
    wrong: Text = ""
    if typed.summary is not None:
        lines.append(Line("", NOTHING, "", (_tick(EMPTY, NOTHING, typed.sent),)))
        wrong = next((f.text for f in typed.summary.faults if f.box == "f-proof"), "")
    said = words.period_text(made, period)
    zh = said.zh if isinstance(said, Label) else str(said)
    en = said.en if isinstance(said, Label) else str(said)
    proof = Field(
        "proof", PROOF, "long_text", value=typed.proof, optional=made.entry.get("proof") != "yes",
        hint=Label("写文书、台账、照片编号或者数字，不写人员姓名", "A paper, a ledger, a number; no names"),
        error=wrong,
    )  # fmt: skip
    return Sheet(
        Label(f"填检查表：{made.name}", f"Checklist: {made.name}"),
        Label(
            f"{here.area.unit.name}，{zh}：做到的打勾，没有勾的就是空缺",
            f"{here.area.unit.name}, {en}: tick what was done; the rest is a gap",
        ),
        list_at(here.by.code, made.id, "fill"),
        (NUMBER, Label("事项", "Item"), Label("做到", "Done")),
        tuple(lines),
        (("id", str(entry_id)), ("on", period.isoformat()), ("unit", here.area.unit.code)),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=back, look="link"),
        Label(f"{len(items)} 项", f"{len(items)} items"),
        crumbs(here.area, Crumb(made.name, back), Crumb(Label("填表", "Fill in"))),
        (),
        typed.summary,
        foot=(proof, Field("note", Label("说明", "Note"), "long_text", value=typed.note, optional=True)),
    )


def _tick(name: str, label: Label, sent: QueryDict) -> Box:
    return Box(name, label, "tick", "yes" if sent.get(name) else "")
