"""A few units, people and rows by hand, and the referee that counts them: for tests of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from guitu import compose
from guitu.indicators import Figure, Period, Place, run
from guitu.indicators.counting import rounded
from guitu.indicators.engines.memory import MemorySource
from guitu.kernel.zone import CHINA

PROVINCE, COUNTY, TOWN, VILLAGE, CENTRE, STATION = 1, 2, 3, 4, 5, 6

PLACES = (
    Place(PROVINCE, "46", "省", "province", None, (1,)),
    Place(COUNTY, "469023", "县", "county", 1, (1, 2)),
    Place(TOWN, "469023100", "镇", "town", 2, (1, 2, 3)),
    Place(VILLAGE, "469023100200", "村", "village", 3, (1, 2, 3, 4)),
    Place(CENTRE, "46J01", "所", "justice_centre", 1, (1, 5)),
    Place(STATION, "469023Z1", "站", "guidance_station", 2, (1, 2, 6)),
)

YEAR = Period.year(2025)


def day(text: str) -> date:
    """A day written as text; a month and day alone are in 2025."""
    return date.fromisoformat(text if len(text) > 5 else f"2025-{text}")


class Small:
    """Rows added one by one. Everything happens in 2025 where no year is written."""

    def __init__(self, on: str = "2026-11-23") -> None:
        self.on = day(on)
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in compose.tables()}
        self.rows |= {"fates": [], "homes": []}
        self.seq = 0
        for place in PLACES:
            self.rows["units"].append(
                {"unit": place.no, "level": place.level, "active_from": None, "active_until": None}
            )

    def person(self, *people: int, home: int = VILLAGE, sex: str = "male", born: int = 1990) -> None:
        """People whose home is there."""
        for person in people:
            self.rows["files"].append(
                {"person": person, "unit": home, "sex": sex, "birth_year": born, "opened": day("2020-01-01")}
            )
            self.rows["homes"].append({"person": person, "from_day": day("2020-01-01"), "unit": home})

    def moves(self, person: int, to: int, on: str) -> None:
        """Somebody else answers for the person from that day on."""
        self.rows["homes"].append({"person": person, "from_day": day(on), "unit": to})

    def entry(self, kind: str, person: int, on: str, at: int = TOWN, **fields: Any) -> int:
        """An entry about a person; its number."""
        return self._add(kind, {"person": person}, on, at, fields)

    def work(self, kind: str, on: str, unit: int = TOWN, **fields: Any) -> int:
        """An entry in a unit's own file; its number."""
        return self._add(kind, {"unit": unit}, on, unit, fields)

    def _add(self, kind: str, owner: Mapping[str, int], on: str, at: int, fields: Mapping[str, Any]) -> int:
        self.seq += 1
        happened = day(on)
        recorded = int(datetime.combine(happened, time(10), CHINA).timestamp() * 1000)
        declared = compose.kinds()[kind]
        assert not declared.faults(dict(fields)), [f.label.zh for f in declared.faults(dict(fields))]
        row = {a.name: None for a in declared.fields if a.name not in declared.sealed_fields}
        row |= {name: value for name, value in fields.items() if name in row}
        self.rows[kind].append(
            {**owner, **row, "seq": self.seq, "day": happened, "recorded": recorded, "at": at}
        )
        return self.seq

    def worked_out(self, table: str, person: int, **columns: Any) -> None:
        """A row that the sweep would have made; texts that look like days are days."""
        names = compose.tables()[table].columns
        row = dict.fromkeys(names)
        for name, value in columns.items():
            assert name in names, name
            row[name] = day(value) if isinstance(value, str) and names[name] == "day" else value
        self.rows[table].append({**row, "person": person, "unit": VILLAGE, "order_seq": 0})

    def figure(
        self, key: str, unit: int = PROVINCE, period: Period = YEAR, by: tuple[str, ...] = ()
    ) -> Figure:
        """One figure of the referee."""
        (found,) = self.figures(key, unit, period, by)
        return found

    def figures(
        self, key: str, unit: int = PROVINCE, period: Period = YEAR, by: tuple[str, ...] = ()
    ) -> list[Figure]:
        """The figures of every group."""
        source = MemorySource(self.rows, compose.tables(), PLACES, self.on)
        place = next(p for p in PLACES if p.no == unit)
        known = [i for versions in compose.indicator_versions().values() for i in versions]
        asked = [i for i in known if i.key == key or _based_on(key) == i.key]
        return [f for f in run(asked, source, places=[place], periods=[period], by=by) if f.indicator == key]

    def value(self, key: str, unit: int = PROVINCE, period: Period = YEAR) -> int | Decimal | None:
        """The value of a figure; a share with the places it is shown with."""
        found = self.figure(key, unit, period)
        if found.value is None or isinstance(found.value, int):
            return found.value
        return rounded(found.value, compose.indicators()[key].counting.decimals)


def _based_on(key: str) -> str:
    """The indicator that another one is a change of."""
    return getattr(compose.indicators()[key].value, "of", "") if key.endswith("_change") else ""
