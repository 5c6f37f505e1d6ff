"""The office behind the phone of a trial or a measurement: `python -m guitu.trials.phone.made --people N`.
And what it has of one file: `--service FILE`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA

DAY: Final = date(2026, 11, 23)
COUNTY: Final = "469023"
GIVEN: Final = ("小海", "秀英", "建国", "晓东", "海平", "志明", "桂兰", "文斌", "丽华", "永强")
SURNAMES: Final = "王李陈符黄吴林郑孙周徐朱何罗梁"


def history(n: int, village: str) -> Iterator[Entry]:
    """One person's file: served a year ago or less, reported in, agreed, tested every month."""
    file = uuid7(1_700_000_000_000 + n, n.to_bytes(10, "big"))
    served = DAY - timedelta(days=20 + n * 7 % 340)
    place = 0

    def entry(kind: str, on: date, **fields: Value) -> Entry:
        nonlocal place
        place += 1
        at = datetime(on.year, on.month, on.day, 9, place % 60, tzinfo=CHINA)
        identifier = uuid7(int(at.timestamp() * 1000), (n * 100 + place).to_bytes(10, "big"))
        return Entry(
            id=identifier, file=file, kind=kind, happened_on=on, recorded_at=at, author="clerk", unit=village,
            fields=fields,
        )  # fmt: skip

    name = SURNAMES[n % len(SURNAMES)] + GIVEN[n // len(SURNAMES) % len(GIVEN)] + ("" if n % 3 else "明")
    born = date(1970 + n % 30, 1 + n % 12, 1 + n % 28)
    sex = "female" if n % 7 == 0 else "male"
    yield entry("person", served, name=name, sex=sex, birth=born, id_number=_number(n, born))
    yield entry("responsible_unit", served, unit=village, worker=f"专干{n % 300}")
    yield entry("order", served, measure="community_treatment", document_no=f"示例〔2026〕{n}号")
    yield entry("served", served)
    yield entry("reporting_in", served + timedelta(days=5))
    for month in range(1, 12):
        on = served + timedelta(days=30 * month)
        if on < DAY:
            yield entry("urine_test", on, outcome="taken", result="negative")


def _number(n: int, born: date) -> str:
    body = f"98{n // 1000:04d}{born:%Y%m%d}{n % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


def main(arguments: list[str] | None = None) -> int:
    """Make the office, or say what it has."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int)
    parser.add_argument("--day", type=int, help="what a day brings: so many tests more")
    parser.add_argument("--service", type=UUID)
    options = parser.parse_args(arguments)
    from guitu.cli.opening import open_store

    open_store()
    from guitu.access import house
    from guitu.simulate.demo import add_accounts, add_offices
    from guitu.store import bulk, engine, gate, read
    from guitu.store.divisions import load_province
    from guitu.trials.phone.in_hand import PASSWORD

    now = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=CHINA)
    if options.people is not None:
        add_offices()
        add_accounts(PASSWORD)
        villages = [d.code for d in load_province("46") if d.level == "village" and d.code.startswith(COUNTY)]
        made = (list(history(n, villages[n % len(villages)])) for n in range(options.people))
        bulk.load(made, now)
        engine.analyse()
        print(json.dumps([str(uuid7(1_700_000_000_000, (0).to_bytes(10, "big")))]))
    elif options.day is not None:
        gate.record_many(_day_of_tests(options.day), actor=house(), now=now)
    else:
        with engine.house():
            view = read.file_view(options.service)
        assert view is not None
        print(json.dumps([str(e.id) for e in view.entries if e.kind == "service"]))
    return 0


def _day_of_tests(many: int) -> Iterator[Entry]:
    at = datetime(DAY.year, DAY.month, DAY.day, 5, tzinfo=CHINA)
    for n in range(many):
        file = uuid7(1_700_000_000_000 + n, n.to_bytes(10, "big"))
        identifier = uuid7(int(at.timestamp() * 1000), (n * 100 + 99).to_bytes(10, "big"))
        fields: dict[str, Value] = {"outcome": "taken", "result": "negative"}
        yield Entry(
            id=identifier, file=file, kind="urine_test", happened_on=DAY, recorded_at=at, author="clerk",
            unit=COUNTY, fields=fields,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
