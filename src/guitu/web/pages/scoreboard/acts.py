"""What is done with the scoreboard: bringing printed figures in, counting ours, publishing an edition."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent
from guitu.indicators import targets
from guitu.indicators.targets import BadTargets, Target
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine, unitfiles
from guitu.store.analysis import count_printed
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.store.levels import scoreboard as kept
from guitu.store.levels.scoreboard import PRINTED, PUBLISHED
from guitu.store.units import Unit, tree
from guitu.web import background
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.inside.area import Area
from guitu.web.inside.asked import derived
from guitu.web.page import show, shows
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.record import day as days
from guitu.web.pages.scoreboard import words

MOST: Final = 200_000
"""Characters of a targets file that is taken in."""
_BEAT: Final = "scoreboard"
_log = logging.getLogger("guitu.scoreboard")
_lock: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A targets file to bring in, or what is wrong with it; `text` is kept as it was typed."""

    TEMPLATE: ClassVar = "import"

    unit: str
    fields: tuple[Field, ...]
    file: Field
    save: Button
    back: Button
    hidden: tuple[tuple[str, str], ...]
    crumbs: Crumbs
    label: Label
    hint: Label
    most: int = MOST
    text: str = ""
    error: Text = ""
    summary: ErrorSummary | None = None
    title: Label = Label("导入目标文件", "Import a targets file")  # noqa: RUF009 - Label is frozen

    @property
    def lead(self) -> Label:
        """What it is."""
        return Label(
            f"{self.unit} · 把公报、报纸上印的数字照原样登记下来，本系统的数随后算在旁边。",
            f"{self.unit} · Figures of a bulletin or a newspaper are recorded as printed; ours"
            " are counted beside"
            " them.",
        )


def import_page(
    unit: str, identifier: str, code: str = "", text: str = "", typed: dict[str, str] | None = None,
    faults: dict[str, Label] | None = None,
) -> ImportPage:  # fmt: skip
    """The page with what was typed."""
    typed, faults = typed or {}, faults or {}
    fields = (
        Field("day", Label("公布日期", "Day it was published"), "day", typed.get("day", ""), hint=days.HINT,
              error=faults.get("day", "")),
        Field("source", Label("出处", "Source"), value=typed.get("source", ""), optional=True),
    )  # fmt: skip
    return ImportPage(
        unit,
        fields,
        Field(
            "file",
            Label("文件（TOML）", "File (TOML)"),
            "file",
            optional=True,
            accept=".toml",
            error=faults.get("file", ""),
        ),
        Button(Label("登记", "Record them"), look="primary"),
        Button(Label("取消", "Cancel"), "/scoreboard/", "link"),
        (("id", identifier), ("unit", code)),
        Crumbs((Crumb(words.TITLE, "/scoreboard/"), Crumb(Label("导入", "Import")))),
        Label("或者粘贴内容", "Or paste it"),
        Label(
            "每个数字一段 [[figure]]：key、label、scope（行政区划代码）、period 或 from 与 until 或"
            " on、value、unit。",
            "One [[figure]] each: key, label, scope (division code), period or from and until or on, value,"
            " unit.",
        ),
        text=text,
        error=faults.get("text", ""),
        summary=ErrorSummary(tuple(Fault(t, f"f-{n}" if n else "") for n, t in faults.items()))
        if faults
        else None,
    )


@csrf_exempt  # the handlers must be set before anything reads the form; `_brought` checks the token
@shows("scoreboard")
def bring_in(request: HttpRequest) -> HttpResponse:
    """The form; or what is in the file, recorded all or not at all."""
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
        return cast(HttpResponse, _brought(request))
    area = Area(request)
    if not area.may(PRINTED):
        raise Http404(PRINTED)
    return show(request, import_page(area.unit.name, str(area.new_id()), area.code))


@csrf_protect
def _brought(request: HttpRequest) -> HttpResponse:
    area = Area(request)
    if not area.may(PRINTED):
        raise Http404(PRINTED)
    identifier, text = area.identifier(), request.POST.get("text", "")
    typed = {"day": area.asked("day"), "source": area.asked("source")[:200]}
    faults: dict[str, Label] = {}
    file, handler = request.FILES.get("file"), request.upload_handlers[0]
    if isinstance(handler, InMemory) and handler.too_large:
        faults["file"] = Label("目标文件过大", "the targets file is too large")
    elif isinstance(file, UploadedFile) and file.size:
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            faults["file"] = Label("目标文件不是 UTF-8 编码", "the file is not UTF-8")
    day = days.read(typed["day"], area.today)
    if not isinstance(day, date):
        faults["day"] = day or Label("请填写公布日期", "Enter the day it was published")
    elif day > area.today:
        faults["day"] = Label("公布日期不能晚于今天", "the day cannot be after today")
    if not text.strip() and "file" not in faults:
        faults["text"] = Label("请选择文件或者粘贴内容", "Choose a file or paste its content")
    elif len(text) > MOST:
        faults["text"] = Label(f"最多 {MOST:,} 字", f"{MOST:,} characters at most")
    entries: list[Entry] = []
    if not faults:
        assert isinstance(day, date)
        try:
            entries = entries_of(area, targets.parse(text).figures, day, typed["source"])
            if entries:
                unitfiles.record_many(entries, actor=area.actor, now=area.now)
        except NotAllowed as wrong:
            faults["text"] = wrong.decision.reason
        except (BadTargets, NotAccepted, DifferentContent, StoreUnavailable) as wrong:
            faults["text"] = _told(wrong)
    if faults:
        again = import_page(area.unit.name, str(identifier), area.code, text[:MOST], typed, faults)
        return show(request, again, status=422)
    tail = f"&unit={area.code}" if area.code else ""
    return HttpResponseRedirect(f"/scoreboard/?brought={len(entries)}{tail}")


def _told(wrong: GuituError) -> Label:
    """The sentence with the figure it is about."""
    where = wrong.where
    return Label(f"{where}：{wrong.label.zh}", f"{where}: {wrong.label.en}") if where else wrong.label


def entries_of(area: Area, figures: tuple[Target, ...], day: date, source: str) -> list[Entry]:
    """The entries of these figures, each for the file of the unit it is about; those that stand there already
    just so are left out. Raises BadTargets that names the figure."""
    there = {_same(one.unit, one.target) for one in kept.printed(area.home)}
    identifier, found = area.identifier(), list[Entry]()
    for n, figure in enumerate(figures):
        unit = next((u for code in figure.codes if (u := tree().get(code)) is not None), None)
        if unit is None or not tree().within(unit, area.home):
            raise BadTargets(
                Label(f"本单位辖区内没有代码 {figure.scope}", f"there is no {figure.scope} in your area"),
                where=figure.where,
            )
        if _same(unit, figure) in there:
            continue
        found.append(
            unitfiles.new_entry(
                unit.code, PRINTED, day, kept.fields_of(figure, source), now=area.now, author=area.actor.name,
                office=area.home.code, identifier=derived(identifier, f"figure {n}"),
            )
        )  # fmt: skip
    return found


def _same(unit: Unit, one: Target) -> tuple[object, ...]:
    return unit.code, one.key, one.period and (one.period.first, one.period.last), one.value, one.conflict


# ── counting, publishing ──────────────────────────────────────────────────────────────────────────


def running() -> background.Beat | None:
    """How far counting is; None while nothing is counted."""
    return background.beat_of(_BEAT)


@require_POST
@shows("scoreboard")
def count(request: HttpRequest) -> HttpResponse:
    """Count ours beside the request: it reads everybody's records."""
    area = Area(request)
    day, now = area.today, area.now
    with _lock:
        if running() is None:
            pulse = background.Pulse(_BEAT)
            pulse.beat()

            @engine.house()
            def work() -> None:
                pulse.start()
                try:
                    count_printed(day, now)
                except Exception:
                    _log.exception("the scoreboard was not counted")
                finally:
                    pulse.stop()

            background.begin(work, "scoreboard")
    return HttpResponseRedirect(f"/scoreboard/?unit={area.code}" if area.code else "/scoreboard/")


@require_POST
@shows("scoreboard")
def publish(request: HttpRequest) -> HttpResponse:
    """Fix what may be shown now as an edition of the unit."""
    from guitu.web.pages.scoreboard.view import lines_of, page

    area = Area(request)
    if not area.may(PUBLISHED):
        raise Http404(PUBLISHED)
    identifier = area.identifier()
    lines, made = lines_of(area.unit)
    fault: Label | None = None
    if made is None or not lines:
        fault = Label("还没有算过，先现在计算。", "Nothing has been counted yet: count it first.")
    else:
        entries = [
            unitfiles.new_entry(
                area.unit.code, PUBLISHED, area.today,
                {"edition": str(identifier), "figures": len(lines), "part": n, "counted_on": made.day,
                 "content": content},
                now=area.now, author=area.actor.name, office=area.home.code,
                identifier=derived(identifier, f"part {n}"),
            )
            for n, content in enumerate(kept.content_of(lines), 1)
        ]  # fmt: skip
        try:
            unitfiles.record_many(entries, actor=area.actor, now=area.now)
        except NotAllowed as wrong:
            fault = wrong.decision.reason
        except (NotAccepted, DifferentContent, StoreUnavailable) as wrong:
            fault = wrong.label
    if fault is not None:
        return show(request, page(area, ErrorSummary((Fault(fault),))), status=422)
    tail = f"&unit={area.code}" if area.code else ""
    return HttpResponseRedirect(f"/scoreboard/?published=yes{tail}")
