"""The named states of the pages about contact, of invented people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.home.contact import Contact, contact_of
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.home.contacts import Reached
from guitu.store.read import PersonLine
from guitu.web.components.button.component import Button
from guitu.web.components.identity.component import Identity
from guitu.web.pages.contact import build, ended
from guitu.web.pages.contact.page import ContactOfPerson, ContactPage

ON: Final = date(2026, 11, 23)
OFFICE: Final = "河西镇"


def entry(n: int, kind: str, day: date, **fields: Value) -> Entry:
    """An entry recorded on its day."""
    at = datetime(day.year, day.month, day.day, 10, n, tzinfo=CHINA)
    return Entry(
        id=UUID(int=n),
        file=UUID(int=9),
        kind=kind,
        happened_on=day,
        recorded_at=at,
        author="li",
        unit="469023100200",
        fields=fields,
    )


LOST: Final = (
    entry(1, "urine_test", date(2026, 8, 3), outcome="taken", result="negative"),
    entry(2, "contact_attempt", date(2026, 9, 5), how="phone", time=1640, result="no_answer"),
    entry(3, "contact_attempt", date(2026, 9, 12), how="visit", time=930, result="no_answer"),
    entry(4, "contact_attempt", date(2026, 9, 30), how="through_others", result="lost"),
)
_BUSY: Final = (entry(5, "urine_test", date(2026, 11, 9), outcome="taken", result="negative"),)
_TRYING: Final = (*_BUSY, entry(6, "contact_attempt", date(2026, 11, 20), how="phone", result="no_answer"))
_AWAITED: Final = (entry(7, "release", date(2026, 11, 18)),)


def line(n: int, name: str, measure: str = "community_treatment", state: str = "in_force") -> PersonLine:
    """A person of a list."""
    return PersonLine(
        UUID(int=n),
        f"469023-2026-{n:05}",
        name,
        "male",
        1988,
        "123X",
        measure,
        state,
        date(2027, 5, 6),
        0,
        0,
        (),
        False,
        "469023100200",
        "东坡村",
        "李晓梅",
        "",
        None,
        n,
    )


def _people() -> tuple[Reached, ...]:
    return tuple(
        Reached(line(n, name, measure), contact_of(entries, ON))
        for n, name, measure, entries in (
            (1, "符某某", "community_treatment", LOST),
            (2, "王某某", "community_treatment", _TRYING),
            (3, "陈某某", "community_recovery", _AWAITED),
            (4, "林某某", "community_recovery", _BUSY),
        )
    )


def _list(people: tuple[Reached, ...]) -> ContactPage:
    asked = build.Asked()
    return ContactPage(
        OFFICE,
        build.lead(people),
        build.tabs("contact"),
        (build.people(*build.page_of(build.narrowed(people, asked, ON), asked), asked, True, ON),),
        build.filters(people, asked, (), ON),
        finder=build.finder(asked),
    )


def _person(entries: tuple[Entry, ...]) -> ContactOfPerson:
    stands: Contact = contact_of(entries, ON)
    return ContactOfPerson(
        identity=Identity("符某某", (Label("男 38 岁", "Male, 38"),), heading=True),
        word=build.word(stands),
        lead=build.told(stands, ON),
        attempts=build.attempts(entries, {"li": "李晓梅"}, {"469023100200": "东坡村"}),
        empty=None,
        acts=(Button(Label("登记联系", "Record an attempt"), href="#", look="primary"),),
        back=Button(Label("回到联系", "Back to contact"), href="#", look="link"),
        note=build.NO_NUMBER,
    )


def page_in_state(name: str) -> Any:
    """The page of that state."""
    if name == "usual":
        return _list(_people())
    if name == "nobody":
        return _list(())
    if name == "choose":
        return ContactPage(
            OFFICE, Label("请选择单位", "Choose a unit"), build.tabs("contact"), (build.counties(()),)
        )
    if name == "ended":
        gone, asked = line(8, "黄某某", state="ended"), ended.Asked()
        controlled = line(9, "周某某", "community_recovery", "ended")
        return ContactPage(
            OFFICE,
            Label("待告知乡镇 1 人 · 待决定不再管控 1 人", "1 town to be told · 1 to be left alone"),
            build.tabs("ended"),
            (
                ended.due_notices(*asked.page_of("notices", ((gone, date(2026, 11, 20)),)), asked, True, ON),
                ended.left_alone(*asked.page_of("alone", (controlled,)), asked, True),
                ended.lately_ended(*asked.page_of("lately", (gone,))),
            ),
            ended.filters(asked, {"notices": 1, "alone": 1, "lately": 1}),
        )
    return _person(LOST if name == "person" else _BUSY + _TRYING[1:1])
