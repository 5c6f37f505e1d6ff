"""The gate: who is expected, who came lately and what each still lacks; and one person's admission, step by
step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.centre import gate
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.pages.gate import build

TITLE: Final = Label("收治", "Admission")


@dataclass(frozen=True, slots=True)
class Section:
    """One list of the page under its heading."""

    id: str
    heading: Label
    table: Table | None
    empty: Empty | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True)
class GatePage:
    """Who is expected, who is put off, who came lately."""

    lead: Label
    sections: tuple[Section, ...]
    notices: tuple[Notice, ...] = ()
    title: Label = TITLE


@dataclass(frozen=True, slots=True)
class AdmissionPage:
    """One person at the gate. `exit` is shown where somebody is not to be admitted; `others` are what may be
    recorded besides the steps."""

    TEMPLATE: ClassVar = "person"

    identity: Identity
    lead: Label
    steps: Table
    exit: build.ExitShown | None
    others: tuple[Button, ...]
    back: Button
    notices: tuple[Notice, ...] = ()
    title: Label = Label("收治", "Admission")  # noqa: RUF009 - Label is frozen


# ── states ────────────────────────────────────────────────────────────────────────────────────────

_FILE: Final = UUID(int=9)
_ON: Final = date(2026, 11, 23)
_EVERYTHING: Final = frozenset({"identity", "legal", "custody", "medical", "support"})


def _entry(n: int, kind: str, day: int, **fields: Value) -> Entry:
    on = date(2026, 11, day)
    at = datetime(2026, 11, day, 10, n, tzinfo=CHINA)
    return Entry(
        id=UUID(int=n), file=_FILE, kind=kind, happened_on=on, recorded_at=at, author="lin", unit="46J01",
        fields=fields,
    )  # fmt: skip


_ORDER: Final = _entry(
    1, "order", 2, measure="compulsory_isolation", document_no="示例公强戒决字〔2026〕12号"
)
_CAME: Final = _entry(3, "transfer", 20, place="justice_centre", centre="46J01")
_BEGUN: Final = (
    _ORDER,
    _entry(2, "served", 2),
    _CAME,
    _entry(4, "delivery", 20, brought_by="示例县公安局", decision_seen="yes"),
    _entry(5, "identity_check", 20, by="card", result="same"),
    _entry(6, "belongings_kept", 20, searched_by="male", anything="yes", person_signed="yes"),
    _entry(7, "sole_carer", 20, sole="yes", settled="no"),
)


def _coming(entries: tuple[Entry, ...], arrived: Entry | None, sex: str = "male") -> gate.Coming:
    return gate.coming(
        entries, centre="46J01", place="justice_centre", arrived=arrived, sex=sex, born=date(1990, 1, 1),
        on=_ON, sees=_EVERYTHING,
    )  # fmt: skip


def _person(coming: gate.Coming, *, may: frozenset[str] | None = None) -> AdmissionPage:
    recordable = frozenset(k.name for k in kinds().values()) if may is None else may
    shown = build.exit_of(coming, "#", recordable)
    return AdmissionPage(
        identity=Identity("符某某", (Label("男 36 岁", "Male, 36"),)),
        lead=build.lead_of(coming),
        steps=build.steps(coming, "46J01-2026-00012", {}, recordable, _ON),
        exit=shown,
        others=build.others(coming, "46J01-2026-00012", recordable),
        back=Button(Label("回到收治", "Back to admissions"), href="#", look="link"),
    )


def _list() -> GatePage:
    usual = (
        build.Line("符某某", "46J01-2026-00012", _coming(_BEGUN, _CAME), date(2026, 11, 20), "男"),
        build.Line("王某某", "46J01-2026-00009", _coming(_BEGUN[:4], _CAME), date(2026, 11, 20), "男"),
    )
    expected = (
        build.Line("陈某某", "469023-2026-00101", _coming(_BEGUN[:2], None), date(2026, 11, 2), "男"),
    )
    return GatePage(build.lead(1, 2, 2, 0), build.sections(expected, (), usual, _ON, Section))


STATES: Final = (
    State("usual", Label("有人待收、有人未办齐", "Some expected, some incomplete"), _list()),
    State(
        "empty",
        Label("没有人", "Nobody"),
        GatePage(build.lead(0, 0, 0, 0), build.sections((), (), (), _ON, Section)),
    ),
    State("person", Label("一人，未办齐", "One person, incomplete"), _person(_coming(_BEGUN, _CAME))),
    State(
        "expected",
        Label("尚未到所，岗位不登记", "Not here yet; a post that records nothing"),
        _person(_coming(_BEGUN[:2], None), may=frozenset()),
    ),
    State(
        "exit",
        Label("不得收治", "Not to be admitted"),
        _person(_coming((*_BEGUN, _entry(8, "exempt", 20, ground="pregnant")), _CAME, "female")),
    ),
)
