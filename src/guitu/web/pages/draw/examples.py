"""The named states of the draw, of invented people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.home.draw import Terms, Window, commitment
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.home.draws import Come, Draw
from guitu.store.units import Unit
from guitu.web.pages.contact.examples import line
from guitu.web.pages.draw import build
from guitu.web.pages.draw.page import DrawPage, Publish, Reveal

ON: Final = date(2026, 11, 23)
OFFICE: Final = "河西镇"


def _draw(month: int, seed: bytes | None = None) -> Draw:
    terms = Terms("469023100", date(2026, month, 1), date(2026, month, 28), month % 2 == 0)
    at = datetime(2026, month - 1, 25, 10, 30, tzinfo=CHINA)
    unit: Any = None
    return Draw(UUID(int=month), unit, terms, commitment(terms, seed or bytes(32)), at, "li", seed)


def page_in_state(name: str) -> DrawPage:
    """The page of that state."""
    asked = build.Asked()
    if name == "county":
        towns: list[tuple[Unit, bool, bool]] = []
        return DrawPage(
            "示例县",
            Label("到日子未检 0 人", "Nobody whose day has come"),
            build.come(*asked.page_of("", ()), 0, True, ON),
            build.towns(*asked.page_of(build.DRAWN, towns)),
        )
    next_ = Publish("469023100", "2026-12", Label("公布2026年12月的承诺", "Publish for December 2026"))
    if name == "none":
        return DrawPage(
            OFFICE,
            Label("到日子未检 0 人", "Nobody whose day has come"),
            build.come(*asked.page_of("", ()), 0, True, ON),
            build.draws(*asked.page_of(build.DRAWN, ()), {}, ON),
            (next_,),
        )
    window = Window("8f2k", date(2026, 11, 5), date(2026, 12, 4))
    come = (
        Come(line(1, "符某某"), window, date(2026, 11, 20)),
        Come(line(2, "王某某"), window, ON),
    )
    draws = (_draw(11), _draw(10), _draw(7, bytes(range(32))))
    return DrawPage(
        OFFICE,
        Label("到日子未检 2 人", "2 whose day has come"),
        build.come(*asked.page_of("", come), len(come), True, ON),
        build.draws(*asked.page_of(build.DRAWN, draws), {"li": "李晓梅"}, ON),
        (next_,),
        (Reveal(str(UUID(int=10)), Label("揭示2026年10月的种子", "Reveal the seed of October 2026")),),
    )
