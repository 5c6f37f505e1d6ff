"""A call's room: who is in it, and the small messages by which two browsers find each other.

All server processes share it, so it stands in the database, and for no longer than the call: whoever ends
the call empties the room, and what nobody has touched for LONGEST is swept by the next who enters any room.
Pictures and sound never come here: they go from one browser to the other. Messages are sealed under the
house's key, so that a line of text about somebody does not lie readable on a disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from django.db import transaction

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock, engine
from guitu.store.keys import KeyUnusable, provider
from guitu.web.models import RoomPlace, RoomWord

Side = Literal["centre", "hospital"]
By = Literal["video", "audio", "text"]
What = Literal["sdp", "text"]

BYS: Final = frozenset({"video", "audio", "text"})
WHATS: Final = frozenset({"sdp", "text"})
HERE_FOR: Final = 20_000
"""Milliseconds after which a tab that was not heard of is no longer in the room."""
LONGEST: Final = 4 * 3600 * 1000
"""Milliseconds after which a room that nobody ended is swept."""
MOST_WORDS: Final = 2000
"""Messages of one call."""
MOST_TEXT: Final = 1000
MOST_SDP: Final = 24_000
"""Characters of a line of text, and of what a browser says about how it is reached."""


class NoRoom(GuituError):
    """What was sent does not fit into a call."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody in the room."""

    place: str
    side: Side
    user: str
    by: By
    since_ms: int


@dataclass(frozen=True, slots=True)
class Word:
    """One message."""

    n: int
    place: str
    what: What
    text: str
    at_ms: int


@engine.house()
def enter(room: UUID, place: str, side: Side, user: str, by: By, now: datetime) -> None:
    """Be in the room, or still be there. Whoever enters anew sweeps what was left behind elsewhere."""
    at = clock.milliseconds(now)
    seen = RoomPlace.objects.filter(room=room, place=place).update(side=side, user=user, by=by, seen_ms=at)
    if seen:
        return
    sweep(now)
    with transaction.atomic():
        RoomPlace.objects.update_or_create(
            room=room,
            place=place,
            defaults={"side": side, "user": user, "by": by, "since_ms": at, "seen_ms": at},
        )


@engine.house()
def here(room: UUID, now: datetime) -> tuple[Place, ...]:
    """Who is in the room now, in the order of coming."""
    since = clock.milliseconds(now) - HERE_FOR
    found = RoomPlace.objects.filter(room=room, seen_ms__gte=since).order_by("since_ms", "id")
    return tuple(Place(p.place, p.side, p.user, p.by, p.since_ms) for p in found)


@engine.house()
def say(room: UUID, place: str, what: What, text: str, now: datetime) -> int:
    """Leave a message for the others; its number. Raises NoRoom for one that is too long, or one too many."""
    if not text or len(text) > (MOST_TEXT if what == "text" else MOST_SDP):
        raise NoRoom(Label("这条消息太长，或者是空的。", "this message is too long, or empty."))
    if RoomWord.objects.filter(room=room).count() >= MOST_WORDS:
        raise NoRoom(Label("这次通话的消息太多了。", "there are too many messages in this call."))
    sealed = provider().wrap(text.encode(), room.bytes)
    word = RoomWord.objects.create(
        room=room, place=place, what=what, sealed=sealed, at_ms=clock.milliseconds(now)
    )
    return int(word.pk)


@engine.house()
def heard(room: UUID, after: int) -> tuple[Word, ...]:
    """The messages after that number, the oldest first."""
    found = []
    for word in RoomWord.objects.filter(room=room, id__gt=after).order_by("id")[:200]:
        try:
            text = provider().unwrap(bytes(word.sealed), room.bytes).decode()
        except KeyUnusable:  # the house's key was changed in the middle of a call
            continue
        found.append(Word(int(word.pk), word.place, word.what, text, word.at_ms))
    return tuple(found)


@engine.house()
def leave(room: UUID, place: str) -> None:
    """Go out; whoever is last leaves nothing behind."""
    RoomPlace.objects.filter(room=room, place=place).delete()
    if not RoomPlace.objects.filter(room=room).exists():
        empty(room)


@engine.house()
def empty(room: UUID) -> None:
    """The call is over: nothing of it is kept."""
    RoomWord.objects.filter(room=room).delete()
    RoomPlace.objects.filter(room=room).delete()


@engine.house()
def sweep(now: datetime) -> None:
    """Throw away what nobody has touched for LONGEST."""
    before = clock.milliseconds(now) - LONGEST
    RoomWord.objects.filter(at_ms__lt=before).delete()
    RoomPlace.objects.filter(seen_ms__lt=before).delete()
