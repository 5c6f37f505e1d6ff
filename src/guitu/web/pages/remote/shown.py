"""The two pages of their own shape: the sheet on which a consultation is asked for, and the room of its
call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice


@dataclass(frozen=True, slots=True)
class Tick:
    """One document that may be shown to the hospital."""

    id: str
    day: str
    what: Label
    says: Text
    on: bool


@dataclass(frozen=True, slots=True)
class AskPage:
    """Consent, request and what is shown, on one sheet."""

    TEMPLATE: ClassVar = "ask"

    identity: Identity
    title: Text
    action: str
    hidden: tuple[tuple[str, str], ...]
    consent: tuple[Field, ...]
    request: tuple[Field, ...]
    ticks: tuple[Tick, ...]
    save: Button
    back: Button
    crumbs: Crumbs | None = None
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in the room: as what, by what means, since when."""

    name: str
    side: Text
    by: Text
    since: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text of the call."""

    at: str
    name: str
    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class RoomPage:
    """The room. `side` is the reader's; `heard` and `say` are where its script listens and speaks, `after`
    the number of the last message on the page. `video` says that the person consents to being seen."""

    TEMPLATE: ClassVar = "room"

    title: Text
    lead: Text
    side: str
    place: str
    heard: str
    say: str
    after: int
    video: bool
    present: tuple[Present, ...]
    lines: tuple[Line, ...]
    record: str
    hidden: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    back: Button
    crumbs: Crumbs | None = None
    notices: tuple[Notice, ...] = ()
    other: Text = ""
