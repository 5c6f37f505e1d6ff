"""Invented institutions over the real division tree: centres, brigades, guidance stations, town offices.

Every unit's code begins with the code of the unit above it, so a subtree is a prefix. A town's anti-drug
office and a village's post are the town and village themselves, under the name people know them by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from guitu.kernel.labels import Label
from guitu.store.divisions import Division

InstitutionKind = Literal["justice_centre", "brigade", "police_centre", "guidance_station", "hospital"]

KIND_LABELS: Final[Mapping[str, Label]] = {
    "justice_centre": Label("司法行政强制隔离戒毒所", "Justice centre"),
    "brigade": Label("戒毒大队", "Brigade"),
    "police_centre": Label("公安强制隔离戒毒所", "Police centre"),
    "guidance_station": Label("社戒社康指导站", "Guidance station"),
    "hospital": Label("协作医院", "Partner hospital"),
}

_JUSTICE: Final = (
    "示范第一强制隔离戒毒所",
    "示范第二强制隔离戒毒所",
    "示范第三强制隔离戒毒所",
    "示范女子强制隔离戒毒所",
)
_WOMEN: Final = len(_JUSTICE) - 1
_BRIGADES: Final = ("一大队", "二大队", "三大队", "四大队")
_STATIONS: Final = 16  # as many guidance stations as the province had in 2020
_HOSPITALS: Final = ("示范省人民医院",)
_NOT_PEOPLED: Final = ("4603",)  # islands with a handful of residents: nobody is placed there


@dataclass(frozen=True, slots=True)
class Institution:
    """A unit that is not a division. `parent` is the code of a division or of another institution."""

    code: str
    name: str
    kind: InstitutionKind
    parent: str


@dataclass(frozen=True, slots=True)
class Home:
    """The offices that answer for people of one village, at each stage of the way."""

    village: str
    town: str
    county: str
    county_name: str
    place: str
    police_centre: str
    justice_brigades: tuple[str, ...]
    women_brigades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A province that can be peopled: its divisions, its institutions, and the offices of every village."""

    code: str
    divisions: tuple[Division, ...]
    institutions: tuple[Institution, ...]
    homes: tuple[Home, ...]


def build(divisions: Iterable[Division]) -> Province:
    """Lay institutions over the divisions of one province (parents before children, as they are loaded)."""
    tree = {division.code: division for division in divisions}
    top = next(division for division in tree.values() if division.level == "province")
    counties = [d for d in tree.values() if d.level == "county" and not d.code.startswith(_NOT_PEOPLED)]
    justice = [
        Institution(f"{top.code}J{number:02d}", name, "justice_centre", top.code)
        for number, name in enumerate(_JUSTICE, 1)
    ]
    brigades = [
        Institution(f"{centre.code}{number:02d}", centre.name + name, "brigade", centre.code)
        for centre in justice
        for number, name in enumerate(_BRIGADES, 1)
    ]
    police, serving = _police_centres(tree, counties)
    stations = [
        Institution(f"{county.code}Z01", f"{county.name}示范社戒社康指导站", "guidance_station", county.code)
        for county in sorted(counties, key=lambda county: (county.parent != top.code, county.code))[
            :_STATIONS
        ]
    ]
    hospitals = [
        Institution(f"{top.code}H{number:02d}", name, "hospital", top.code)
        for number, name in enumerate(_HOSPITALS, 1)
    ]
    by_centre = [tuple(b.code for b in brigades if b.parent == centre.code) for centre in justice]
    place_in_order = {county.code: place for place, county in enumerate(counties)}
    homes = tuple(
        Home(
            village=village.code,
            town=village.code[:9],
            county=village.code[:6],
            county_name=tree[village.code[:6]].name,
            place=tree[village.code[:6]].name + tree[village.code[:9]].name + village.name,
            police_centre=serving[village.code[:6]],
            justice_brigades=by_centre[place_in_order[village.code[:6]] % _WOMEN],
            women_brigades=by_centre[_WOMEN],
        )
        for village in tree.values()
        if village.level == "village" and village.code[:6] in place_in_order
    )
    every = (*justice, *brigades, *police, *stations, *hospitals)
    return Province(top.code, tuple(tree.values()), every, homes)


def office_name(division: Division) -> str:
    """What the office of a division is called: 金江镇禁毒办, 大塘村委会社戒社康工作点, 澄迈县禁毒办."""
    if division.level == "village":
        return f"{division.name}社戒社康工作点"
    return f"{division.name}禁毒办"


def _police_centres(
    tree: Mapping[str, Division], counties: list[Division]
) -> tuple[list[Institution], dict[str, str]]:
    """One centre per prefecture and in every third county without one; the others use the one before."""
    centres: dict[str, Institution] = {}
    serving: dict[str, str] = {}
    alone = [county for county in counties if tree[county.parent or ""].level == "province"]
    for county in counties:
        if county not in alone:
            host = tree[county.parent or ""]
        else:
            place = alone.index(county)
            host = alone[max(2, place - (place - 2) % 3) if len(alone) > 2 else 0]
        code = f"{host.code}P01"
        centres.setdefault(
            code, Institution(code, f"{host.name}示范公安强制隔离戒毒所", "police_centre", host.code)
        )
        serving[county.code] = code
    return list(centres.values()), serving
