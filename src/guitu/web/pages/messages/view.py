"""Collects the reminders that are due and sends them when the button is pressed. Decides nothing: who is due
one, and in which words, `guitu.home.messages` says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu.exchange import messages as gateways
from guitu.exchange.messages import Outcome
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.home import messages as store
from guitu.store.home.messages import Waiting
from guitu.store.read import PersonLine
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Ask, Board, Section
from guitu.web.noted import noted_list, noted_write
from guitu.web.page import show, shows
from guitu.web.pages.contact.view import may
from guitu.web.pages.messages import words
from guitu.web.pages.messages.words import Asked
from guitu.web.pages.people.view import findable
from guitu.web.pages.today.choices import size_of, whole

STOPPED: Final = Label("没有发完；没发出的还在下面", "Not everything went; what did not go stands below")
SHOWN: Final = ("taken", "refused", "quiet", "cannot")


@shows("messages")
def messages(request: HttpRequest) -> HttpResponse:
    """What can go, what cannot and why, what was sent."""
    return _page(Area(request))


@shows("messages")
@require_POST
def send_now(request: HttpRequest) -> HttpResponse:
    """Send what can go, as far as the hour allows."""
    area = Area(request)
    some = [one for one in _due(area) if one.why_not is None][: words.AT_ONCE]

    def written(one: Waiting, entry: Any) -> None:
        noted_write(request, one.no, entry.id, entry.kind, _path(one.line.unit))

    try:
        gateway = gateways.configured(Path(settings.HOME))
        found = gateways.send(
            some, gateway, actor=area.actor, office=area.home.code, now=area.now, written=written
        )
    except GuituError as wrong:
        return _page(area, (wrong.label,))
    faults = [*([found.stopped] if found.stopped else []), *found.wrong[:5]]
    if faults:
        return _page(area, tuple(dict.fromkeys(faults)), found)
    told = "&".join(f"{name}={getattr(found, name)}" for name in SHOWN)
    unit = f"&unit={area.code}" if area.code else ""
    return HttpResponseRedirect(f"{words.ROOT}?{told}{unit}")


def _page(area: Area, faults: tuple[Label, ...] = (), done: Outcome | None = None) -> HttpResponse:
    asked = _asked(area)
    due = _due(area)
    sent = store.gone(area.unit, area.today, lambda lines: findable(area.reader, lines))
    lists: dict[str, Sequence[Any]] = {
        "": [one for one in due if one.why_not is None],
        "cannot": [one for one in due if one.why_not is not None],
        "sent": sent,
    }
    rows = [one for one in lists[asked.view] if _named(one.line, asked.name)]
    noted_list(area.request, "list", asked.page_of(rows)[0], area.unit, "messages")
    stands, whose = store.setting_with(area.unit, area.today)
    sections = [words.list_of(asked, rows)]
    go = lists[""]
    if not asked.view and go and may(area.reader, area.unit, "reminder_sent"):
        sections.append(_send(area, go))
    if asked.name or len(lists[asked.view]) > words.FEW:
        sections.append(words.search(asked))
    sections.append(
        words.setting(
            stands,
            area.unit.code,
            whose.name if whose else "",
            below=any(one.setting.stated for one in due),
            may=area.may("message_setting"),
            gateway=_gateway(),
        )
    )
    page = Board(
        area.title(words.TITLE),
        words.lead(due, any(not one.setting.may_send(area.now) for one in go)),
        tuple(sections),
        notices=(*(Notice("gap", STOPPED, one) for one in faults), *_notices(area, done)),
        tabs=words.tabs(asked, due, len(sent)),
    )
    return show(area.request, page, status=422 if faults else 200)


def _send(area: Area, go: Sequence[Waiting]) -> Section:
    now = [one for one in go if one.setting.may_send(area.now)]
    heading = Label("发送", "Send")
    if not now:
        opens = min(one.setting.opens for one in go)
        text = Label(
            f"现在不在发送时间内，{opens // 100:02d}:{opens % 100:02d} 起可以发送。",
            f"Not at this hour: from {opens // 100:02d}:{opens % 100:02d}.",
        )
        return Section("send", heading, says=(text,), on_paper=False)
    count = min(len(now), words.AT_ONCE)
    label = Label(f"发送这 {count} 条", f"Send these {count}")
    hidden = (("unit", area.code),) if area.code else ()
    says = Label(
        "发出的内容和号码就是上面列出的。每条只发一次，按两次也不会重复。",
        "What goes is what stands above. Each goes once, however often it is pressed.",
    )
    return Section(
        "send", heading, ask=Ask(words.SEND, (), Button(label, look="primary"), hidden, says=says),
        on_paper=False,
    )  # fmt: skip


def _due(area: Area) -> tuple[Waiting, ...]:
    return store.waiting(area.unit, area.now, lambda lines: findable(area.reader, lines))


def _asked(area: Area) -> Asked:
    view = area.request.GET.get("view", "")
    return Asked(
        view if view in words.VIEWS else "",
        area.request.GET.get("q", "").strip()[:60],
        whole(area.request.GET.get("page"), 1),
        area.code,
        size_of(area.request.GET),
    )


def _named(line: PersonLine, name: str) -> bool:
    return not name or name in (line.name or "") or name.casefold() in line.case_no.casefold()


def _notices(area: Area, done: Outcome | None) -> tuple[Notice, ...]:
    told = {n: getattr(done, n) if done else whole(area.request.GET.get(n), 0) for n in SHOWN}
    if not any(told.values()):
        return ()
    zh = [f"已发送 {told['taken']} 条"]
    en = [f"{told['taken']} sent"]
    if told["refused"]:
        zh.append(f"网关拒绝 {told['refused']} 条，请打电话")
        en.append(f"{told['refused']} refused by the gateway: please ring")
    if told["quiet"]:
        zh.append(f"{told['quiet']} 条不在发送时间内")
        en.append(f"{told['quiet']} not at this hour")
    kind = "gap" if told["refused"] else "fresh"
    return (Notice(kind, Label("；".join(zh), "; ".join(en))),)


def _gateway() -> Label:
    """Where messages go, in words; what is wrong with it, if it cannot be used."""
    try:
        found = gateways.configured(Path(settings.HOME))
    except GuituError as wrong:
        return wrong.label
    if found.name == "files":
        return Label("写成文件，由人送出", "written as files, carried on by somebody")
    return Label(found.name, found.name)


def _path(code: str) -> tuple[str, ...]:
    unit: Unit | None = tree().get(code)
    return unit.path if unit is not None else ()
