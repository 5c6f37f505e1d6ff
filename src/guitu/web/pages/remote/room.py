"""The room of a call: its page, what its script asks, and what it leaves for the other side.

Pictures and sound go from browser to browser and never come here. Only this page may use camera and
microphone: every other answer of the house forbids both.
"""

from __future__ import annotations

import secrets
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from guitu.centre.times import digits_of
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store.staff import staff_names
from guitu.web import rooms
from guitu.web.component import say as said
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.notice.component import Notice
from guitu.web.middleware import HEADERS
from guitu.web.page import show
from guitu.web.pages.remote import forms, words
from guitu.web.pages.remote.asked import ID, Here, open_one
from guitu.web.pages.remote.shown import Line, Present, RoomPage
from guitu.web.rooms import BYS, WHATS, NoRoom

POLICY: Final = (
    dict(HEADERS)["Permissions-Policy"]
    .replace("camera=()", "camera=(self)")
    .replace("microphone=()", "microphone=(self)")
)
"""The house's own, with camera and microphone for this very page and nothing framed in it."""
SIDES: Final = {"centre": Label("所内", "Centre"), "hospital": Label("医院", "Hospital")}
BY: Final = {
    "video": Label("画面和声音", "picture and sound"),
    "audio": Label("只有声音", "sound only"),
    "text": Label("只有文字", "text only"),
}
PLACE_LENGTH: Final = 32


def opened(request: HttpRequest, identifier: UUID, *, note: bool = False) -> Here:
    """The consultation, for somebody who may be in its room now; Http404 for anybody else."""
    here = open_one(request, identifier, "remote room", note=note)
    if not here.in_call:
        raise Http404(str(identifier))
    return here


def page(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The room. Where it is not open now, back to the consultation, which says why."""
    here = open_one(request, identifier, "remote room")
    if not here.in_call:
        return HttpResponseRedirect(words.one(identifier))
    place = secrets.token_hex(8)
    heard = rooms.heard(identifier, 0)
    there = rooms.here(identifier, here.asked.now)
    names = staff_names(frozenset(p.user for p in there) | _writers(here))
    shown = RoomPage(
        title=Label(f"会诊室 {here.one.code}", f"Room {here.one.code}"),
        lead=Label(
            f"{here.consult.centre} 和 {here.consult.hospital}。画面和声音只在两台电脑之间，不录音录像。",
            f"{here.consult.centre} and {here.consult.hospital}. Picture and sound stay between the two"
            " computers; nothing is recorded.",
        ),
        side=here.side,
        place=place,
        heard=f"{words.room(identifier)}heard/",
        say=f"{words.room(identifier)}say/",
        after=heard[-1].n if heard else 0,
        video=here.one.video,
        present=tuple(
            Present(
                names.get(p.user, p.user),
                SIDES[p.side],
                BY[p.by],
                words.moment(store_clock.moment(p.since_ms))[11:],
            )
            for p in there
        ),
        lines=tuple(_line(here, w, names) for w in heard if w.what == "text"),
        record=f"{words.one(identifier)}write/",
        hidden=((ID, str(here.asked.fresh())),),
        fields=forms.fields("call", "remote_call", given=_given(here)) if _records(here) else (),
        back=Button(Label("回到会诊", "Back to the consultation"), href=words.one(identifier), look="link"),
        crumbs=words.crumbs(Crumb(here.consult.who, words.one(identifier)), Crumb(Label("会诊室", "Room"))),
        notices=_notices(here),
        other=SIDES["hospital" if here.side == "centre" else "centre"],
    )
    answer = show(request, shown)
    answer.headers["Permissions-Policy"] = POLICY
    return answer


def _writers(here: Here) -> frozenset[str]:
    return frozenset({here.asked.reader.username, here.one.taken_by, here.one.request.author} - {""})


def _records(here: Here) -> bool:
    return here.hospital_may("advise") or here.centre_may("remote_call")


def _given(here: Here) -> dict[str, str]:
    """What the form of the call opens with: since when somebody of both sides was there."""
    there = rooms.here(here.one.id, here.asked.now)
    began = min((store_clock.moment(p.since_ms) for p in there), default=here.asked.now)
    minutes = int((here.asked.now - began).total_seconds() // 60)
    return {
        "time": f"{digits_of(began):04d}",
        "minutes": str(minutes),
        "how": "video" if here.one.video else "",
    }


def _notices(here: Here) -> tuple[Notice, ...]:
    if here.one.video:
        return ()
    return (
        Notice(
            "info",
            Label(
                "本人不同意视频：这里只用声音或者文字。",
                "The person does not consent to video: sound or text only.",
            ),
        ),
    )


def _line(here: Here, word: rooms.Word, names: dict[str, str]) -> Line:
    who, _, text = word.text.partition("\n")
    at = words.moment(store_clock.moment(word.at_ms))[11:]
    return Line(at, names.get(who, who), text, who == here.asked.reader.username)


def heard(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Who is there, and what was left since: the script asks this every second or so. Asking is being
    there."""
    here = opened(request, identifier)
    place, after, by = (
        _place(request.GET.get("place", "")),
        request.GET.get("after", ""),
        _by(here, request.GET),
    )
    rooms.enter(identifier, place, here.side, here.asked.reader.username, by, here.asked.now)
    there = rooms.here(identifier, here.asked.now)
    names = staff_names(frozenset(p.user for p in there) | _writers(here))
    found = rooms.heard(
        identifier, int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0
    )
    told: dict[str, Any] = {
        "here": [
            {
                "place": p.place,
                "side": p.side,
                "name": names.get(p.user, p.user),
                "where": said(SIDES[p.side]),
                "by": p.by,
                "how": said(BY[p.by]),
            }
            for p in there
        ],
        "said": [_told(here, w, names) for w in found if w.place != place],
        "after": found[-1].n if found else int(after) if after.isascii() and after.isdigit() else 0,
    }
    return JsonResponse(told)


def _told(here: Here, word: rooms.Word, names: dict[str, str]) -> dict[str, Any]:
    if word.what != "text":
        return {"place": word.place, "what": word.what, "text": word.text}
    line = _line(here, word, names)
    return {"place": word.place, "what": "text", "text": line.text, "name": line.name, "at": line.at}


def say(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Leave a message, or the room. A form without script comes here too, and goes back to the page."""
    here = opened(request, identifier)
    if request.method != "POST":
        return HttpResponseRedirect(words.room(identifier))
    what, text = request.POST.get("what", ""), request.POST.get("text", "")
    place, plain = _place(request.POST.get("place", "")), request.POST.get("plain") == "yes"
    if what == "leave":
        rooms.leave(identifier, place)
        return JsonResponse({"ok": True})
    if what not in WHATS:
        raise Http404(what)
    if what == "text":
        text = f"{here.asked.reader.username}\n{text.strip()}" if text.strip() else ""
    try:
        rooms.say(identifier, place, "text" if what == "text" else "sdp", text, here.asked.now)
    except NoRoom as wrong:
        if not plain:
            return JsonResponse({"wrong": said(wrong.label)}, status=422)
    if plain:
        rooms.enter(identifier, place, here.side, here.asked.reader.username, "text", here.asked.now)
        return HttpResponseRedirect(f"{words.room(identifier)}#words")
    return JsonResponse({"ok": True})


def _place(text: str) -> str:
    """The tab's own word; Http404 for what no page of ours sends."""
    if not (0 < len(text) <= PLACE_LENGTH and text.isascii() and text.isalnum()):
        raise Http404("place")
    return text


def _by(here: Here, data: Any) -> rooms.By:
    """By what means somebody is there: never by picture where the person does not consent to it."""
    by = data.get("by", "")
    if by not in BYS:
        raise Http404(by)
    return "audio" if by == "video" and not here.one.video else by  # type: ignore[no-any-return]
