"""The tree of places that work hangs on: province, prefecture, county, town, village, by national code.

Pure functions over two tables that are part of the package; where they come from, what was left out and how
to make them again stands in SOURCE.md beside them. The tree of a province obeys three rules, and a test
holds them:

- every node but the province has its parent in the list, and stands after it;
- a town's county is the first six digits of its code, a village's town the first nine;
- no node is deeper than village: at most five levels.

Names and codes are those of the statistical list, never shortened.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

Level = Literal["province", "prefecture", "county", "town", "village"]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Division:
    """One place. `code` has 2, 4, 6, 9 or 12 digits; `parent` is the code above it, None for a province."""

    code: str
    name: str
    level: Level
    parent: str | None


class UnknownProvinceError(GuituError):
    """There is no table for this province; it says which there are."""


def load_province(code: str) -> list[Division]:
    """Every division of one province, parents before children, in the order of their codes.

    `code` is the two-digit GB/T 2260 code, e.g. "46" for Hainan. Raises UnknownProvinceError.
    """
    if code not in provinces():
        have = "、".join(f"{known} {load_counties()[known].name}" for known in provinces())
        raise UnknownProvinceError(
            Label(
                f"没有省份“{code}”的区划表，现有：{have}。",
                f"there is no table of places for province “{code}”; there are: {have}.",
            )
        )
    return list(_province(code))


def provinces() -> tuple[str, ...]:
    """The two-digit codes of the provinces whose whole tree is here."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name[:2] for name in names if len(name) == 6 and name.endswith(".csv")))


def load_outline(code: str) -> list[Division]:
    """A province with its prefectures and counties, which are here of every province; parents before
    children. Raises UnknownProvinceError."""
    found = [one for one in load_counties().values() if one.code[:2] == code]
    if not found:
        raise UnknownProvinceError(
            Label(
                f"没有代码为“{code}”的省；省的代码是两位数字，如 46。",
                f"there is no province with the code “{code}”; it has two digits, such as 46.",
            )
        )
    return found


class UnreadablePlacesError(GuituError):
    """A list of places that cannot be read: in which line, and why."""


def read_places(raw: bytes) -> list[Division]:
    """The places of a CSV in the columns `code` and `name`, as the tables here have them and as
    `tools/divisions.py` writes them: the length of a code says what it is, its first digits what it lies in.
    Raises UnreadablePlacesError."""
    try:
        rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise UnreadablePlacesError(
            Label("文件不是 UTF-8 编码的 CSV。", "It is no CSV file in UTF-8.")
        ) from wrong
    if not rows:
        raise UnreadablePlacesError(Label("文件里没有地方。", "There are no places in it."))
    found: dict[str, Division] = {}
    for line, row in enumerate(rows, 2):
        code, name = ((row.get(column) or "").strip() for column in ("code", "name"))
        level = _LENGTHS.get(len(code)) if code.isascii() and code.isdigit() else None
        if level is None or not name:
            raise UnreadablePlacesError(
                Label(
                    f"第 {line} 行读不懂：要有 code（2、4、6、9 或 12 位数字）和 name 两列。",
                    f"line {line} cannot be read: it needs the columns code (2, 4, 6, 9 or 12 digits) and"
                    " name.",
                )
            )
        found[code] = Division(code, name, level, _above(code, level, found))
    return [found[code] for code in sorted(found, key=lambda one: (len(one), one))]


_LENGTHS: Final[Mapping[int, Level]] = {2: "province", 4: "prefecture", 6: "county", 9: "town", 12: "village"}


def _above(code: str, level: Level, there: Mapping[str, Division]) -> str | None:
    """What a place lies in: a county in its prefecture, or in the province where there is none."""
    if level == "province":
        return None
    if level == "county":
        return code[:4] if code[:4] in there or code[:4] in load_counties() else code[:2]
    return code[: {"prefecture": 2, "town": 6, "village": 9}[level]]


@cache
def load_counties() -> Mapping[str, Division]:
    """Every province, prefecture and county of the country by code: what an identity number begins with."""
    return MappingProxyType({division.code: division for division in _read("counties.csv")})


def region_name(code: str) -> str | None:
    """The full name of a 2-, 4- or 6-digit code, "469023" → "海南省澄迈县"; None if it is not in the list.

    Codes of counties that were abolished or renumbered before the list was made are not known, though
    identity numbers that begin with them are valid: None is a reason for a question, not for a refusal.
    """
    known = load_counties()
    names: list[str] = []
    division = known.get(code)
    while division is not None:
        names.append(division.name)
        division = known.get(division.parent) if division.parent else None
    return "".join(reversed(names)) or None


@cache
def _province(code: str) -> tuple[Division, ...]:
    return tuple(_read(f"{code}.csv"))


def _read(name: str) -> Iterator[Division]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield Division(row["code"], row["name"], cast(Level, row["level"]), row["parent"] or None)
