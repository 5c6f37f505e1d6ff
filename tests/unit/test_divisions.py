"""The tree of divisions is whole, shallow, and says what the national list says."""

from __future__ import annotations

from collections import Counter
from importlib import resources

import pytest

from guitu.store.divisions import (
    LEVELS,
    Division,
    UnknownProvinceError,
    UnreadablePlacesError,
    load_counties,
    load_outline,
    load_province,
    provinces,
    read_places,
    region_name,
)


@pytest.fixture(scope="module")
def hainan() -> dict[str, Division]:
    return {division.code: division for division in load_province("46")}


def under(tree: dict[str, Division], code: str, level: str) -> list[Division]:
    return [
        division for division in tree.values() if division.level == level and division.code.startswith(code)
    ]


def test_hainan_has_as_many_places_as_the_national_list(hainan: dict[str, Division]) -> None:
    assert Counter(division.level for division in hainan.values()) == {
        "province": 1,
        "prefecture": 3,
        "county": 27,
        "town": 243,
        "village": 3296,
    }


def test_chengmai_hangs_under_the_province_and_has_12_towns_and_202_villages(
    hainan: dict[str, Division],
) -> None:
    assert hainan["469023"] == Division("469023", "澄迈县", "county", "46")
    assert len(under(hainan, "469023", "town")) == 12
    assert len(under(hainan, "469023", "village")) == 202
    assert hainan["469023405"].name == "国营金安农场"


def test_districts_hang_under_their_city(hainan: dict[str, Division]) -> None:
    assert hainan["460105"] == Division("460105", "秀英区", "county", "4601")
    assert hainan["4601"] == Division("4601", "海口市", "prefecture", "46")


def test_a_city_without_districts_stands_once_and_as_a_county(hainan: dict[str, Division]) -> None:
    assert [d.code for d in hainan.values() if d.name == "儋州市"] == ["460400"]
    assert hainan["460400"].parent == "46"
    assert hainan["460400100"] == Division("460400100", "那大镇", "town", "460400")


def test_fillers_of_the_list_are_not_places(hainan: dict[str, Division]) -> None:
    names = {division.name for division in load_counties().values()}
    assert "4690" not in hainan
    assert not names & {"省直辖县级行政区划", "自治区直辖县级行政区划", "市辖区", "县"}


def test_every_parent_stands_before_its_children_one_or_two_levels_up(hainan: dict[str, Division]) -> None:
    seen: set[str] = set()
    for division in load_province("46"):
        if division.parent is None:
            assert division.level == "province"
        else:
            assert division.parent in seen, division
            assert LEVELS.index(hainan[division.parent].level) < LEVELS.index(division.level)
        assert division.code not in seen
        seen.add(division.code)


def test_a_towns_county_and_a_villages_town_can_be_read_off_the_code(hainan: dict[str, Division]) -> None:
    for division in hainan.values():
        if division.level == "town":
            assert division.parent == division.code[:6]
        if division.level == "village":
            assert division.parent == division.code[:9]


def test_no_place_is_deeper_than_five_levels_and_every_place_has_a_name(hainan: dict[str, Division]) -> None:
    for division in hainan.values():
        depth, above = 1, division
        while above.parent is not None:
            depth, above = depth + 1, hainan[above.parent]
        assert depth <= 5
        assert division.name == division.name.strip() != ""


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("469023", "海南省澄迈县"),
        ("460105", "海南省海口市秀英区"),
        ("460400", "海南省儋州市"),
        ("110101", "北京市东城区"),
        ("500229", "重庆市城口县"),
        ("71", "台湾省"),
        ("46", "海南省"),
    ],
)
def test_the_first_digits_of_an_identity_number_name_a_region(code: str, name: str) -> None:
    assert region_name(code) == name


@pytest.mark.parametrize("code", ["980000", "460027", "", "46902", "海南"])
def test_a_region_that_the_list_does_not_know_has_no_name(code: str) -> None:
    assert region_name(code) is None


def test_the_counties_of_the_whole_country_are_there_and_each_has_its_parent() -> None:
    counties = load_counties()
    assert Counter(division.level for division in counties.values()) == {
        "province": 34,
        "prefecture": 330,
        "county": 2978,
    }
    assert all(division.parent in counties for division in counties.values() if division.parent)


def test_asking_for_a_province_without_a_table_says_which_there_are() -> None:
    assert provinces() == ("46",)
    with pytest.raises(UnknownProvinceError) as refused:
        load_province("99")
    assert refused.value.say("zh") == "没有省份“99”的区划表，现有：46 海南省。"
    told = refused.value.say("en")
    assert told == "there is no table of places for province “99”; there are: 46 海南省."


def test_of_every_province_the_counties_are_there() -> None:
    some = load_outline("33")
    assert (some[0].name, {one.level for one in some}) == ("浙江省", {"province", "prefecture", "county"})
    assert all(one.code.startswith("33") for one in some)
    with pytest.raises(UnknownProvinceError, match="two digits"):
        load_outline("99")


def test_a_list_of_places_says_by_its_codes_what_lies_in_what() -> None:
    table = resources.files("guitu.store.divisions").joinpath("46.csv").read_bytes()
    assert sorted(read_places(table), key=lambda one: one.code) == load_province("46")
    for wrong, word in (
        (b"code,name\n46,a\n469,b\n", "line 3"), ("code,name\n４６,a\n".encode(), "line 2"),
        (b"", "no places"), (b"\xff\xfe", "UTF-8"), (b"code\n46\n", "line 2"),
    ):  # fmt: skip
        with pytest.raises(UnreadablePlacesError, match=word):
            read_places(wrong)


def test_a_list_that_was_handed_out_may_be_changed_without_harm() -> None:
    load_province("46").clear()
    assert len(load_province("46")) == 3570
