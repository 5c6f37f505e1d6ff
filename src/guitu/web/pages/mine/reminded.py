"""What the person said about reminders by message, and taking it back with one press."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu.casefile import Entry
from guitu.casefile.kind import day_word
from guitu.home.messages import CONSENT, TOLD, VISIT, consent_of, masked
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import personal
from guitu.store.read import FileView
from guitu.web.components.word.component import Word, days_word
from guitu.web.fresh import fresh_id
from guitu.web.page import shows
from guitu.web.pages.mine.page import Item, Reminded

HEADING = Label("提醒短信", "Reminders by message")
BUTTON = Label("不要再发", "Stop them")
STOPPED = Label(
    "不会给您发短信。想再收到，请告诉工作人员。",
    "No messages are sent to you. Tell the office if you want them again.",
)


def reminded(view: FileView, on: date) -> Reminded | None:
    """What was said last; None where nobody asked."""
    said = consent_of(view.case_file.counted(), on)
    if said is None:
        return None
    if not said.given:
        return Reminded(HEADING, STOPPED, "")
    to = masked(said.phone)
    text = Label(
        f"您同意了，发到 {to}。短信只写时间和地点。",
        f"You agreed; they go to {to}. They say when and where, nothing else.",
    )
    return Reminded(HEADING, text, str(said.entry.id), BUTTON)


def agreed(view: FileView, on: date) -> Iterator[Item]:
    """The appointments that are still to come: day, time and place, and nothing of what they are for."""
    found = [
        (day, entry)
        for entry in view.case_file.counted()
        if entry.kind in (TOLD, VISIT) and isinstance(day := entry.get("for_day"), date) and day >= on
    ]
    for day, entry in sorted(found, key=lambda pair: pair[0]):
        time, place = entry.get("time"), str(entry.get("place") or "")
        at = f" {time // 100}:{time % 100:02d}" if isinstance(time, int) else ""
        days = (day - on).days
        word = Word("today") if days == 0 else Word("open", days_word(days))
        zh, en = (f"，{place}", f", {place}") if place else ("", "")
        says = Label(f"约好见面{at}{zh}", f"You are to meet{at}{en}")
        yield Item(Label(day_word(day), day_word(day, "en")), says, word)


@shows("mine")
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """No more of them, from now on. Pressed twice, it is recorded once."""
    from guitu.web.pages.mine.view import Own

    own = Own(request)
    own.only_person()
    said = consent_of(own.view.case_file.counted(), own.today)
    if said is None or not said.given or str(said.entry.id) != request.POST.get("to", ""):
        return HttpResponseRedirect("/mine/")
    entry = Entry(
        id=fresh_id(own.now),
        file=own.view.id,
        kind=CONSENT,
        happened_on=own.today,
        recorded_at=own.now,
        author=own.reader.username,
        fields={"agrees": "no"},
    )
    try:
        personal.write_own(entry, actor=own.reader.actor, view=own.view, now=own.now)
    except GuituError:
        raise Http404("reminders") from None
    return HttpResponseRedirect("/mine/?saved=stopped")
