"""VR and TMS for one person: may it go on, what was done, how little it shows; a device's file taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Final, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent
from guitu.centre import adjunct, protocols
from guitu.centre import device as devices
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import gate
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.trend.component import Trend
from guitu.web.components.word.component import Word
from guitu.web.noted import noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.psychology import words
from guitu.web.pages.psychology.desk import Desk
from guitu.web.pages.psychology.shown import DevicePage, ProtocolPage
from guitu.web.pages.scenes import build as scene_build
from guitu.web.pages.scenes import packs
from guitu.web.pages.scenes import words as scene_words

CRAVING: Final = Label("渴求（0–100）", "Craving (0–100)")
DISTRESS: Final = Label("痛苦（0–100）", "Distress (0–100)")
SIGNALS: Final = (
    ("heart", Label("心率（次/分）", "Heart rate (per minute)")),
    ("conductance", Label("皮肤电导（µS）", "Skin conductance (µS)")),
)
NOT_A_FILE: Final = Label("请先选择一个 CSV 文件。", "Choose a CSV file first.")


@shows("psychology")
def protocol(request: HttpRequest, case: str, method: str) -> HttpResponse:
    """One person's VR or TMS."""
    if method not in protocols.METHODS:
        raise Http404(method)
    desk = Desk(request, case, f"protocol {method}")
    counted = desk.counted
    kind = next(k for k, m in protocols.SESSIONS.items() if m == method)
    sessions = sorted(
        (e for e in counted if e.kind == kind), key=lambda e: (e.happened_on, e.recorded_at), reverse=True
    )
    barred = protocols.barred(method, counted, desk.today)
    label = protocols.METHODS[method]
    shown = ProtocolPage(
        case_no=desk.case_no,
        identity=desk.identity,
        crumbs=desk.crumbs(Crumb(label)),
        title=label,
        standing=Notice("barred", barred)
        if barred
        else Notice(
            "info",
            Label(
                "同意有效，没有禁忌症，可以进行。随时可以停止。",
                "Consent is in force and nothing stops it. It may be stopped at any time.",
            ),
        ),
        steps=tuple(_steps(desk, method, counted)),
        said=(
            adjunct.said(adjunct.change(adjunct.pairs(sessions, "craving")), CRAVING),
            adjunct.said(adjunct.change(adjunct.pairs(sessions, "distress")), DISTRESS),
        ),
        weak=adjunct.WEAK,
        sessions=_sessions(desk, sessions),
        series=tuple(_series(counted, sessions)),
        record=None if barred else desk.record(kind, Label("登记这次治疗", "Record a session"), "primary"),
        stop=_method_button(
            desk,
            "protocol_withdrawn",
            method,
            Label("本人不再同意：登记撤回", "No longer consents: record it"),
        ),
        stops=tuple(kinds()["protocol_screen"].ask(name).label for name in protocols.STOPS[method]),
        scenes=_scenes(desk, counted) if method == "vr" else (),
        packs=Button(Label("有哪些场景", "Which scenes there are"), href=scene_words.PACKS, look="link")
        if method == "vr"
        else None,
        saved=desk.saved(),
    )
    return show(request, shown)


def _scenes(desk: Desk, counted: tuple[Entry, ...]) -> tuple[tuple[Word, Text, Button | None], ...]:
    """The scenes that can be opened for this person, and why others cannot."""
    if not desk.may_write("vr_session"):
        return ()
    return scene_build.offered(desk.case_no, packs.known()[0], counted, desk.today)


def _method_button(desk: Desk, kind: str, method: str, label: Label) -> Button | None:
    if kind not in desk.may:
        return None
    return Button(label, href=addresses.record(desk.case_no, kind, (("method", method),)), look="small")


def _steps(desk: Desk, method: str, counted: tuple[Entry, ...]) -> Iterator[tuple[Word, Text, Button | None]]:
    """Consent and screen: what stands, and what is to be recorded."""
    consent = protocols.consent(method, counted)
    again = _method_button(desk, "protocol_consent", method, Label("登记同意", "Record consent"))
    if consent is not None:
        on = consent.happened_on.isoformat()
        yield (
            Word("done", Label("已同意", "Consented")),
            Label(f"{on} 自愿同意", f"free consent of {on}"),
            None,
        )
    else:
        yield (
            Word("barred", Label("没有同意", "No consent")),
            Label(
                "说明以后由本人自愿决定；拒绝没有任何后果。",
                "After it is explained the person decides freely; refusing has no consequence.",
            ),
            again,
        )
    last = protocols.screen(method, counted, desk.today)
    screen = _method_button(desk, "protocol_screen", method, Label("登记筛查", "Record the screen"))
    if last is None:
        yield (
            Word("barred", Label("没有筛查", "Not screened")),
            Label("禁忌症还没有问过", "not asked yet"),
            screen,
        )
        return
    on = last.happened_on.isoformat()
    old = desk.today - last.happened_on > protocols.KNOWN_FOR
    if last.get("cleared") != "yes":
        kind = kinds()["protocol_screen"]
        why = [kind.ask(n).label for n in protocols.STOPS[method] if last.get(n) not in (None, "no")]
        zh, en = (
            "、".join(w.zh for w in why) or "有禁忌症",
            ", ".join(w.en for w in why) or "contraindication",
        )
        yield Word("barred", Label("不可进行", "Stopped")), Label(f"{on}：{zh}", f"{on}: {en}"), screen
    elif old:
        yield (
            Word("barred", Label("已过期", "Too old")),
            Label(
                f"{on} 的筛查已过 {protocols.KNOWN_FOR.days} 天",
                f"the screen of {on} is more than {protocols.KNOWN_FOR.days} days old",
            ),
            screen,
        )
    else:
        yield Word("done", Label("可以进行", "Clear")), Label(f"{on} 筛查", f"screened on {on}"), None


def _sessions(desk: Desk, sessions: list[Entry]) -> Table:
    """Every session with its numbers, the latest first."""
    device = desk.may_write("device_series")
    rows = []
    for entry in sessions:
        kind = kinds()[entry.kind]
        adverse = kind.ask("adverse").choice(entry.get("adverse"))
        rows.append(
            Row(
                (
                    entry.happened_on.isoformat(),
                    Label(kind.sentence(entry), kind.sentence(entry, "en")),
                    Cell(_parameters(entry), sub=_went(entry)),
                    _pair(entry, "craving"),
                    _pair(entry, "distress"),
                    Cell(adverse.label if adverse else "—", sub=_after(entry)),
                    Cell(Label("导入设备记录", "Device record"), words.device(desk.case_no, entry.id))
                    if device
                    else "",
                )
            )
        )
    return Table(
        Label("历次治疗", "Sessions"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("治疗", "Session"), phone="bare"),
            Column(Label("参数", "Parameters")),
            Column(Label("渴求 前→后", "Craving before → after")),
            Column(Label("痛苦 前→后", "Distress before → after")),
            Column(Label("不良反应", "Adverse event")),
            Column(Label("设备", "Device"), phone="act"),
        ),
        tuple(rows),
        (Label(f"共 {len(rows)} 次", f"{len(rows)} sessions"),),
        None,
        None if rows else Empty(Label("还没有做过。", "None yet.")),
        id="sessions",
    )


def _parameters(entry: Entry) -> str:
    if entry.kind == "tms_session":
        return (
            f"{entry.get('frequency')} Hz · {entry.get('intensity')}% MT · {entry.get('pulses')}"
            f" · MT {entry.get('motor_threshold')}%"
        )
    parts = [f"{entry.get('minutes')} min"]
    if entry.get("began"):
        parts.append(f"{entry.get('began')}–{entry.get('finished') or ''}")
    if entry.get("scene_set"):
        version = entry.get("scene_version")
        parts.append(f"{entry.get('scene_set')}" + (f" v{version}" if version else ""))
    return " · ".join(parts)


def _went(entry: Entry) -> Text:
    """How a scene went: by which means, which of its steps, how many breaks."""
    of = entry.get("steps_of")
    if not of:
        return ""
    way = kinds()[entry.kind].ask("way").choice(entry.get("way"))
    done = len([key for key in str(entry.get("steps_done") or "").split(",") if key])
    breaks = entry.get("breaks") or 0
    return Label(
        f"{way.label.zh if way else ''} · {done}/{of} 步 · 歇 {breaks} 次",
        f"{way.label.en if way else ''} · {done} of {of} steps · {breaks} breaks",
    )


def _pair(entry: Entry, what: str) -> str:
    before, after = entry.get(f"{what}_before"), entry.get(f"{what}_after")
    return f"{'—' if before is None else before} → {'—' if after is None else after}"


def _after(entry: Entry) -> Text:
    by = entry.get("aftercare_by")
    return Label(f"事后看望：{by}", f"seen afterwards by {by}") if by else ""


def _series(counted: tuple[Entry, ...], sessions: list[Entry]) -> Iterator[tuple[Text, tuple[Trend, ...]]]:
    """What devices wrote, by session."""
    days: dict[str, date] = {str(e.id): e.happened_on for e in sessions}
    for entry in counted:
        if entry.kind != "device_series" or str(entry.get("to")) not in days:
            continue
        on = days[str(entry.get("to"))].isoformat()
        trends = tuple(t for name, label in SIGNALS if (t := _drawn(entry, name, label)) is not None)
        yield (
            Label(
                f"{on}：原始 {entry.get('rows')} 行，缺口 {entry.get('gaps')} 处",
                f"{on}: {entry.get('rows')} rows in the file, {entry.get('gaps')} gaps",
            ),
            trends,
        )


def _drawn(entry: Entry, name: str, label: Label) -> Trend | None:
    """One signal: its line, and a table of its minutes."""
    values = devices.from_kept(str(entry.get(name) or ""))
    known = [v for v in values if v is not None]
    if not known:
        return None
    step = float(str(entry.get("step") or 1))
    mean, low, high = sum(known) / len(known), min(known), max(known)
    per_minute: dict[int, list[float]] = {}
    for place, value in enumerate(values):
        if value is not None:
            per_minute.setdefault(int(place * step // 60), []).append(value)
    length = int(len(values) * step)
    return Trend(
        Label(
            f"{label.zh}：平均 {mean:.1f}，最低 {low:.1f}，最高 {high:.1f}",
            f"{label.en}: mean {mean:.1f}, lowest {low:.1f}, highest {high:.1f}",
        ),
        tuple((place * step, value) for place, value in enumerate(values)),
        low,
        high if high > low else low + 1,
        "0:00",
        f"{length // 60}:{length % 60:02d}",
        dots=False,
        table=Table(
            label,
            (
                Column(Label("分钟", "Minute"), phone="lead"),
                Column(Label("平均", "Mean"), numeric=True),
                Column(Label("最低", "Lowest"), numeric=True),
                Column(Label("最高", "Highest"), numeric=True),
            ),
            tuple(
                Row((str(m + 1), f"{sum(v) / len(v):.1f}", f"{min(v):.1f}", f"{max(v):.1f}"))
                for m, v in sorted(per_minute.items())
            ),
            id=f"{name}-{entry.id}",
        ),
    )


# ── a device's file ───────────────────────────────────────────────────────────────────────────────


@csrf_exempt  # the handlers must be set before anything reads the form; `_device` checks the token
@shows("psychology")
def device(request: HttpRequest, case: str, entry: UUID) -> HttpResponse:
    """Take in what a device wrote in one session."""
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
    return cast(HttpResponse, _device(request, case, str(entry)))


@csrf_protect
def _device(request: HttpRequest, case: str, entry: str) -> HttpResponse:
    desk = Desk(request, case, "device")
    session = next((e for e in desk.counted if str(e.id) == entry and e.kind in protocols.SESSIONS), None)
    if session is None or not desk.may_write("device_series"):
        raise Http404(entry)
    method = protocols.SESSIONS[session.kind]
    back = words.protocol(desk.case_no, method)
    if request.method != "POST":
        return show(request, _device_page(desk, session, back))
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return show(
            request, _device_page(desk, session, back, ((Label("文件", "File"), NOT_A_FILE),)), status=422
        )
    raw = file.read(devices.MOST_BYTES + 1)
    found = devices.read(raw)
    if found.series is None:
        faults = tuple((_row(f.row), f.label) for f in found.faults)
        return show(request, _device_page(desk, session, back, faults), status=422)
    series = found.series
    made = desk.entry(
        "device_series",
        desk.identifier(),
        session.happened_on,
        to=str(session.id),
        step=f"{series.step:.4f}",
        rows=series.rows,
        gaps=len(series.gaps),
        digest=hashlib.sha256(raw).hexdigest(),
        **{
            k: v
            for k, v in (
                ("heart", devices.kept(series.heart, 1)),
                ("conductance", devices.kept(series.conductance, 2)),
            )
            if v.strip(",")
        },
    )
    try:
        gate.record(made, actor=desk.reader.actor, now=desk.now)
    except DifferentContent:
        return HttpResponseRedirect(back)
    except GuituError as refused:
        page = _device_page(desk, session, back, ((Label("文件", "File"), refused.label),))
        return show(request, page, status=422)
    noted_write(request, desk.opened.view.no, made.id, made.kind, desk.opened.view.area)
    return HttpResponseRedirect(f"{back}#series")


def _row(row: int | None) -> Label:
    return Label(f"第 {row} 行", f"Row {row}") if row else Label("整个文件", "The whole file")


def _device_page(
    desk: Desk, session: Entry, back: str, faults: tuple[tuple[Text, Text], ...] = ()
) -> DevicePage:
    method = protocols.SESSIONS[session.kind]
    kind = kinds()[session.kind]
    on = session.happened_on.isoformat()
    return DevicePage(
        case_no=desk.case_no,
        identity=desk.identity,
        crumbs=desk.crumbs(
            Crumb(protocols.METHODS[method], back), Crumb(Label("导入设备记录", "Take in a device record"))
        ),
        session=Label(f"{on} · {kind.sentence(session)}", f"{on} · {kind.sentence(session, 'en')}"),
        action=words.device(desk.case_no, session.id),
        id=str(desk.identifier()),
        back=Button(Label("取消", "Cancel"), href=back, look="link"),
        faults=faults,
    )
