"""Make the division tables of `guitu.store.divisions` from an unpacked copy of the published list.

    python tools/divisions.py FOLDER [--province 46] [--out src/guitu/store/divisions]

FOLDER is the unpacked package china-division (it holds dist/provinces.csv … dist/villages.csv). What is
dropped and why is written in SOURCE.md beside the tables; the same input always gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLES = HERE.parent / "src" / "guitu" / "store" / "divisions"
NEEDED = ("provinces", "cities", "areas", "streets", "villages")

# The statistical list fills the prefecture level with these where no prefecture exists; nobody works there.
PSEUDO_PREFECTURES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

# GB/T 2260 knows these three, the statistical list does not cover them.
NOT_IN_THE_LIST = (("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区"))

Row = tuple[str, str, str, str]  # code, name, level, parent


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one table of the package."""
    with (folder / "dist" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_its_own_county(prefecture: str, county: str) -> bool:
    """A prefecture-level city without districts (儋州 4604) appears again as its only county, 460400."""
    return county == prefecture + "00"


def upper_levels(folder: Path, province: str) -> list[Row]:
    """Province, prefectures and counties of one province, every parent present."""
    rows: list[Row] = [
        (row["code"], row["name"], "province", "")
        for row in read(folder, "provinces")
        if row["code"] == province
    ]
    counties = [row for row in read(folder, "areas") if row["provinceCode"] == province]
    undivided = {row["cityCode"] for row in counties if is_its_own_county(row["cityCode"], row["code"])}
    prefectures = {
        row["code"]: row["name"]
        for row in read(folder, "cities")
        if row["provinceCode"] == province
        and row["name"] not in PSEUDO_PREFECTURES
        and row["code"] not in undivided
    }
    rows += [(code, name, "prefecture", province) for code, name in prefectures.items()]
    rows += [
        (row["code"], row["name"], "county", row["cityCode"] if row["cityCode"] in prefectures else province)
        for row in counties
    ]
    return rows


def lower_levels(folder: Path, province: str) -> list[Row]:
    """Towns and villages of one province."""
    towns: list[Row] = [
        (row["code"], row["name"], "town", row["areaCode"])
        for row in read(folder, "streets")
        if row["provinceCode"] == province
    ]
    villages: list[Row] = [
        (row["code"], row["name"], "village", row["streetCode"])
        for row in read(folder, "villages")
        if row["provinceCode"] == province
    ]
    return towns + villages


def write(path: Path, rows: Iterable[Row]) -> None:
    """Sorted by code, so that every parent stands before its children."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("code", "name", "level", "parent"))
        out.writerows(sorted(rows))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="the unpacked package (holds dist/villages.csv)")
    parser.add_argument("--province", action="append", help="two-digit code, may be repeated (default: 46)")
    parser.add_argument("--out", type=Path, default=TABLES, help="where the tables go")
    asked = parser.parse_args()
    missing = [name for name in NEEDED if not (asked.folder / "dist" / f"{name}.csv").is_file()]
    if missing:
        said = f"{asked.folder}: dist/{missing[0]}.csv is not there; name the unpacked package."
        print(said, file=sys.stderr)
        return 2
    known = [row["code"] for row in read(asked.folder, "provinces")]
    for province in asked.province or ["46"]:
        if province not in known:
            print(f"{province} is not a province of the list; known are {' '.join(known)}.", file=sys.stderr)
            return 2
        write(
            asked.out / f"{province}.csv",
            upper_levels(asked.folder, province) + lower_levels(asked.folder, province),
        )
    everywhere = [row for province in known for row in upper_levels(asked.folder, province)]
    write(
        asked.out / "counties.csv",
        everywhere + [(code, name, "province", "") for code, name in NOT_IN_THE_LIST],
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
