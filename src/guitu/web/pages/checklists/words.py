"""The words of checklists, and where their pages are."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels.checklists import Checklist
from guitu.web.component import Text
from guitu.web.components.word.component import Word
from guitu.web.days import with_weekday

ROOT: Final = "/checklists/"
TITLE: Final = Label("清单", "Checklists")
NOBODY: Final = "—"


def _choices(name: str) -> dict[str, Label]:
    return {one.value: one.label for one in kinds()["checklist"].ask(name).choices}


EVERY: Final = _choices("every")
WHO: Final = _choices("who")
USES: Final = _choices("use")


def address(unit: str = "", **more: str) -> str:
    """The lists of an area."""
    asked = {name: value for name, value in {"unit": unit, **more}.items() if value}
    return f"{ROOT}?{urlencode(asked)}" if asked else ROOT


def list_at(by: str, id: UUID, way: str = "", **more: str) -> str:
    """Where one list is, or one thing done with it."""
    asked = {name: value for name, value in more.items() if value}
    return f"{ROOT}{by}/{id}/{way and way + '/'}" + (f"?{urlencode(asked)}" if asked else "")


def period_text(one: Checklist, period: date) -> Text:
    """A period as it is said: its day, its Monday, its month."""
    match one.every:
        case "day":
            return with_weekday(period)
        case "week":
            return Label(f"{period} 起一周", f"week of {period}")
        case "month":
            return f"{period:%Y-%m}"
        case "quarter":
            return f"{period.year}Q{(period.month + 2) // 3}"
        case "year":
            return str(period.year)
    return Label("填一次", "once")


def sheet_word(one: Checklist, on: date, *, mine: bool = True) -> Word:
    """What the present period has. It wants the reader today only where it is `mine` to fill in."""
    sheet = one.sheet(on)
    if sheet is not None:
        said = f"{sheet.done}/{sheet.asked}"
        if not sheet.gaps:
            return Word("done", said)
        n = len(sheet.gaps)
        return Word("gap", Label(f"{said}，{n} 项没做到", f"{said}, {n} not done"))
    if one.runs(on):
        return Word("today" if mine else "open", Label("待填", "To fill in"))
    if on < one.first:
        return Word("open", Label("未起用", "Not yet in use"))
    return Word("barred", Label("没有填", "Not filled in"))
