"""Where the person lives by a contract of their own will, and leaving it with one press. Nobody is asked for
leave, and nothing about the measure changes (禁毒法 art. 49, 戒毒条例 art. 41)."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu.casefile import Entry
from guitu.home import places
from guitu.home.places import Stay
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import personal
from guitu.store.home import helping
from guitu.store.read import FileView
from guitu.web.fresh import fresh_id
from guitu.web.page import shows
from guitu.web.pages.mine.page import Living

SHOWN_FOR = timedelta(days=30)
"""So long after leaving the page says that it was recorded."""


HEADING = Label("我住的康复场所", "The recovery place where I live")
RIGHTS = Label(
    "随时可以离开，不需要谁批准，也不用说理由。离开不影响措施的期限。该付的报酬照付。",
    "You may leave at any time; nobody's leave is needed and no reason. Leaving changes no term. What you"
    " have earned is still owed to you.",
)
FREELY = Label("您是自愿住在这里的，", "You live here of your own will. ")
"""Said where the contract says so."""
BUTTON = Label("我要离开", "I leave")


def living(view: FileView, on: date) -> Living | None:
    """The stay that goes on, or the one left lately; None where there is none."""
    some = places.stays(view.entries, on)
    now = next((s for s in some if s.there(on)), None)
    if now is not None:
        until = now.entry.get("until")
        zh = f"{now.since} 入住" + (f"，协议到 {until}" if until else "")
        en = f"since {now.since}" + (f", contract until {until}" if until else "")
        freely = now.entry.get("voluntary") == "yes"
        rights = Label(FREELY.zh + RIGHTS.zh, FREELY.en + RIGHTS.en) if freely else RIGHTS
        return Living(HEADING, _where(view, now), Label(zh, en), rights, now.id, BUTTON, _pay(now))
    left = next((s for s in reversed(some) if s.left_on and on - s.left_on <= SHOWN_FOR), None)
    if left is None:
        return None
    text = Label(f"{left.left_on} 已登记离开", f"recorded: left on {left.left_on}")
    return Living(HEADING, _where(view, left), text, RIGHTS, "", BUTTON, _pay(left))


def _where(view: FileView, stay: Stay) -> str:
    if view.unit is None:
        return ""
    place = helping.place_of(helping.registered(view.unit), stay)
    return str(place.get("name")) if place else ""


def _pay(stay: Stay) -> tuple[Label, ...]:
    return tuple(
        Label(
            f"{e.get('month')} 起一个月：{e.get('amount')} 元",
            f"month from {e.get('month')}: {e.get('amount')} yuan",
        )
        for e in stay.paid[-6:]
    )


@shows("mine")
@require_POST
def leave_place(request: HttpRequest) -> HttpResponse:
    """Leave: recorded at once. Pressed twice, it is recorded once."""
    from guitu.web.pages.mine.view import Own

    own = Own(request)
    own.only_person()
    stay = next((s for s in places.stays(own.view.entries, own.today) if s.there(own.today)), None)
    if stay is None or stay.id != request.POST.get("to", ""):
        return HttpResponseRedirect("/mine/")
    entry = Entry(
        id=fresh_id(own.now),
        file=own.view.id,
        kind="recovery_place_left",
        happened_on=own.today,
        recorded_at=own.now,
        author=own.reader.username,
        fields={"to": stay.id, "how": "own_wish"},
    )
    try:
        personal.write_own(entry, actor=own.reader.actor, view=own.view, now=own.now)
    except GuituError:
        raise Http404("stay") from None
    return HttpResponseRedirect("/mine/?saved=left")
