"""How far a pack that is being put together has come: whoever asked is sent here, and may leave."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect

from guitu.access import Actor
from guitu.access.packs import may
from guitu.exchange.packs import making, periods
from guitu.exchange.packs.content import KINDS
from guitu.indicators import Period
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.units import Unit, tree
from guitu.web.background import Beat
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.notice.component import Notice
from guitu.web.components.progress.component import Progress
from guitu.web.page import show, shows
from guitu.web.pages.packs import work
from guitu.web.pages.packs.shown import Making, MakingPage
from guitu.web.pages.packs.work import Job
from guitu.web.who import who

DOING: Final = Label("正在汇总", "Being put together")
CUT_SHORT: Final = Label("没有做完", "Not finished")
_LEAVE: Final = Label("可以离开，做完后在月报页可见。", "You may leave; Returns will show when it is done.")
_INTERRUPTED: Final = Label(
    "汇总被中断了（例如服务器停过），没有写入任何内容。请重新汇总。",
    "It was interrupted, perhaps because the server stopped; nothing was written. Start again.",
)
_AGAIN: Final = Button(Label("重新汇总", "Start again"), look="primary")


def address(unit: Unit, period: Period, act: str = "") -> str:
    """Where it is shown."""
    return f"/packs/making/{unit.code}/{period.text}/" + (f"{act}/" if act else "")


@shows("packs")
def making_it(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """How far it is; or that it was cut short or failed, with the button that starts it again."""
    unit, asked = _found(request, code, period)
    job = work.job_of(unit, asked)
    if job is None or job.state == "done":
        return HttpResponseRedirect(where_of(unit, asked, job))
    prepares = may(_actor(request), "prepare", unit.path).allowed
    return show(request, page_of(unit, asked, job, job.beat, prepares=prepares))


@shows("packs")
def progress(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The part that asks again every second, until there is something else to see."""
    unit, asked = _found(request, code, period)
    job = work.job_of(unit, asked)
    beat = job.beat if job is not None else None
    if job is None or beat is None:
        where = where_of(unit, asked, job)
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(where)
        return HttpResponseRedirect(where)
    said = request.GET.get("said", "")
    page = page_of(unit, asked, job, beat, said=int(said) if said.isdecimal() and len(said) < 4 else 0)
    return show(request, page, part="making_part")


def page_of(
    unit: Unit, period: Period, job: Job, beat: Beat | None, *, prepares: bool = False, said: int = 0
) -> MakingPage:
    """What the page shows; the button that starts again to who `prepares` packs of the unit. `said` is the
    quarter that was read aloud last."""
    kind, name = KINDS[period.kind], unit.name
    notices: tuple[Notice, ...] = ()
    if beat is None:
        notices = (Notice("fault", job.said) if job.said is not None else Notice("gap", _INTERRUPTED),)
    hidden = (("unit", unit.code), ("kind", period.kind), ("period", period.text))
    poll = address(unit, period, "progress")
    return MakingPage(
        Label(f"{period.label.zh} {kind.zh} · {name}", f"{kind.en}, {period.label.en} · {name}"),
        Crumbs((Crumb(Label("月报", "Returns"), list_of(period)), Crumb(name))),
        Progress(DOING, beat.done, beat.total, _LEAVE, poll=poll, said=said) if beat else None,
        notices,
        # a correction starts from what it corrects, where its reason is typed
        Making("", _AGAIN, hidden) if beat is None and prepares and job.corrects is None else None,
        Button(Label("打开被更正的月报", "Open what it corrects"), href=f"/packs/{job.corrects}/")
        if beat is None and job.corrects is not None
        else None,
    )


def list_of(period: Period) -> str:
    """The list of a period."""
    return f"/packs/?{urlencode({'kind': period.kind, 'period': period.text})}"


def where_of(unit: Unit, period: Period, job: Job | None) -> str:
    """Where to look now: the pack if it is done, the list if nothing is known."""
    if job is None:
        return list_of(period)
    return f"/packs/{job.pack}/?done=fixed" if job.pack is not None else address(unit, period)


def _found(request: HttpRequest, code: str, text: str) -> tuple[Unit, Period]:
    """The unit, if the reader may read its packs, and the period; else it is not there."""
    unit = tree().get(code)
    if unit is None or not may(_actor(request), "read", unit.path).allowed or unit.level in making.NOT_FOR:
        raise Http404(code)
    try:
        kind = Period.parse(text).kind
        return unit, periods.read(kind if kind in KINDS else "month", text)
    except GuituError:
        raise Http404(text) from None


def _actor(request: HttpRequest) -> Actor:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    return reader.actor
