"""What the fictional province printed of itself last year: its own figures, of which two went wrong in
print, as happens. Written once the figures are counted, and published as an edition."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Final

from guitu.access import house
from guitu.casefile import Value
from guitu.compose import indicator_versions
from guitu.indicators import Period
from guitu.indicators.running import run
from guitu.kernel.ids import uuid7
from guitu.simulate.accounts import DEMO_COUNTY, author
from guitu.store import analysis, unitfiles
from guitu.store.levels import scoreboard
from guitu.store.levels.scoreboard import PRINTED, PUBLISHED
from guitu.store.units import tree

PROVINCE: Final = "46"
SOURCE: Final = "示例：上年度工作公报"
_OF: Final[dict[str, tuple[str, ...]]] = {
    PROVINCE: ("admissions.transferred", "admissions.sick_or_disabled", "training.persons",
               "training.certificate_rate", "community.orders", "handover.acknowledged_rate",
               "stations.guidance", "support.jobs"),
    DEMO_COUNTY: ("admissions.all", "community.orders", "handover.acknowledged_rate", "support.jobs"),
}  # fmt: skip
_SLIPPED: Final = ("admissions.transferred", "handover.acknowledged_rate")
"""Of the first a digit was lost in print; the second stands in another place with another value."""


def furnish(today: date, now: datetime) -> int:
    """Write and publish them; how many there are. Nothing where the province is not there."""
    if tree().get(PROVINCE) is None or tree().get(DEMO_COUNTY) is None:
        return 0
    year, versions = Period.year(today.year - 1), indicator_versions()
    entries = []
    with analysis.source() as rows:
        places = {place.code: place for place in rows.places()}
        for code, keys in _OF.items():
            asked = [versions[key][-1] for key in keys if key in versions]
            for figure in run(asked, rows, places=[places[code]], periods=[year]):
                if figure.value is None:
                    continue
                indicator = versions[figure.indicator][-1]
                fields = _as_printed(
                    indicator.key, indicator.label.zh, Decimal(str(figure.value)), indicator.unit, year
                )
                entries.append(
                    unitfiles.new_entry(
                        code, PRINTED, date(today.year, 1, 20), fields, now=now, office=code,
                        author=author("provincial_supervisor", PROVINCE),
                    )
                )  # fmt: skip
        unitfiles.record_many(entries, actor=house(), now=now)
        scoreboard.work_out(rows, analysis.folder() / "board", today, int(now.timestamp() * 1000))
    _publish(today, now)
    return len(entries)


def _as_printed(key: str, label: str, value: Decimal, unit: str, year: Period) -> dict[str, Value]:
    places = 2 if unit in ("percent", "permille") else 0
    printed = value.quantize(Decimal(1).scaleb(-places))
    fields: dict[str, Value] = {
        "label": label,
        "indicator": key,
        "value": format(printed, "f"),
        "unit": unit,
        "first": year.first,
        "last": year.last,
        "exact": "yes",
        "source": SOURCE,
    }
    if key == _SLIPPED[0] and printed >= 10:
        fields["value"] = format(printed, "f")[:-1]
    if key == _SLIPPED[1] and printed > 20:
        fields["conflict"] = format(printed - 20, "f")
    return fields


def _publish(today: date, now: datetime) -> None:
    made = scoreboard.counted(analysis.folder() / "board")
    every = scoreboard.printed()
    lines = scoreboard.lines(every, made, scoreboard.hidden(every, made))
    edition = uuid7(int(now.timestamp() * 1000), Random("scoreboard").randbytes(10))
    entries = [
        unitfiles.new_entry(
            PROVINCE,
            PUBLISHED,
            today,
            {
                "edition": str(edition),
                "figures": len(lines),
                "part": n,
                "counted_on": today,
                "content": content,
            },
            now=now,
            office=PROVINCE,
            author=author("provincial_supervisor", PROVINCE),
        )
        for n, content in enumerate(scoreboard.content_of(lines), 1)
    ]
    unitfiles.record_many(entries, actor=house(), now=now)
