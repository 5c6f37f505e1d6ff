"""The shapes of packs: what is asked, what is sent, and what stands in an answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from guitu.web.api.figures import PERIOD
from guitu.web.api.words import Code, Cursor, Id, Long, Said, Sent, Size, UnitRef


class PackStepOut(BaseModel):
    """One step of a pack's way: `what` it was, who took it, of which office, when, and why if returned."""

    what: str
    by: str
    office: str
    at: datetime
    reason: str


class PackOut(BaseModel):
    """A pack that was fixed, and how far it is."""

    id: UUID
    number: str
    unit: UnitRef
    kind: str
    period: str
    first: date
    last: date
    state: str
    state_label: Said
    fixed_by: str
    fixed_at: datetime
    digest: str
    replaces: UUID | None
    replaced_by: UUID | None
    why: str
    papers: list[str]
    steps: list[PackStepOut]


class Packs(BaseModel):
    """A page of packs, the latest period first."""

    items: list[PackOut]
    next: str | None
    total: int


class PackAmountOut(BaseModel):
    """A figure as it may leave the office. `hidden` says why it is not shown: few (fewer than ten people) or
    along (it would give a small one away). `value` is null where it is hidden or nothing was counted."""

    value: float | None
    numerator: int | None
    denominator: int | None
    hidden: str


class PackLineOut(BaseModel):
    """One figure of a pack: now, in the period before, and a year ago."""

    key: str
    version: int
    label: Said
    unit: str
    now: PackAmountOut
    before: PackAmountOut | None
    year_before: PackAmountOut | None


class PackMoveOut(BaseModel):
    """One part of the equation of the register: `opening`, `in.…`, `out.…`, `closing`."""

    name: str
    label: Said
    amount: PackAmountOut


class PackRowOut(BaseModel):
    """One unit's row of a table, in the order of its columns."""

    unit: UnitRef
    amounts: list[PackAmountOut]


class PackTableOut(BaseModel):
    """A table by unit. `columns` are the names of what is counted; the total is empty where there is none."""

    columns: list[str]
    rows: list[PackRowOut]
    total: list[PackAmountOut]


class PackCheckOut(BaseModel):
    """What has to be looked at; `blocks`: the pack cannot be submitted like that."""

    said: Said
    blocks: bool


class PackWhole(PackOut):
    """One pack with what it holds. `counted_to` is the number of the last entry it counted."""

    counted_to: int
    known_at: str
    flow: list[PackMoveOut]
    lines: list[PackLineOut]
    below: PackTableOut
    overdue: PackTableOut
    checks: list[PackCheckOut]
    missing: list[Said]


class CameOut(BaseModel):
    """How many entries of one kind came after a pack was counted and belong to its period."""

    kind: str
    label: Said
    late: int
    corrected: int
    withdrawn: int


class ChangedOut(BaseModel):
    """A figure that counts otherwise today, and why."""

    key: str
    label: Said
    unit: str
    was: PackAmountOut
    now: PackAmountOut
    because: list[Said]


class Changes(BaseModel):
    """What came since. `changed` is null where nothing was counted again (`count=false`)."""

    came: list[CameOut]
    changed: list[ChangedOut] | None


class PackMaking(BaseModel):
    """A pack that is being put together: `running` with its steps so far, `done`, `failed` (and why),
    `interrupted`, or `none` where nothing is known of it."""

    state: Literal["running", "done", "failed", "interrupted", "none"]
    done: int
    total: int
    id: UUID | None
    said: Said | None


class AskedPacks(Sent):
    """Whose packs: a unit's, and of the units directly below with `below`."""

    unit: Code | None = None
    below: Literal["true", "false"] = "false"
    kind: Literal["month", "quarter", "year"] | None = None
    cursor: Cursor | None = None
    limit: Size = 50


class AskedMaking(Sent):
    """Of which unit and period."""

    unit: Code
    period: Annotated[str, StringConstraints(pattern=PERIOD)]


class AskedChanges(Sent):
    """Whether the figures are counted once more, which takes as long as it takes."""

    count: Literal["true", "false"] = "true"


class NewPack(Sent):
    """A pack to be put together and fixed; with `corrects` in place of one that was submitted, and `why`."""

    id: Id | None = Field(None, description="UUID version 7; sent again, it is put together once")
    unit: Code
    period: Annotated[str, StringConstraints(pattern=PERIOD)] = Field(description="2026-10, 2026Q3 or 2026")
    corrects: UUID | None = None
    why: Long = ""


class NewStep(Sent):
    """A step of a pack's way; `returned` says why."""

    id: Id | None = None
    what: Literal["checked", "submitted", "returned"]
    reason: Long = ""


class Signing(Sent):
    """A signature; the same `id` again signs once."""

    id: Id | None = None
