"""Identity numbers as clerks type them (GB 11643)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.identity import Identity, IdentityReader, check_digit
from tests.exchange.sheets import EXAMPLES

READ = IdentityReader(demo=True)

bodies = st.builds(
    lambda region, born, order: f"98{region:04d}{born:%Y%m%d}{order:03d}",
    st.integers(0, 9999),
    st.dates(date(1930, 1, 1), date(2010, 12, 31)),
    st.integers(0, 999),
)
numbers = bodies.map(lambda body: body + check_digit(body))


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in text)


WAYS = {
    "plain": lambda n: n,
    "small x": str.lower,
    "full width": wide,
    "blanks inside": lambda n: f" {n[:6]} {n[6:14]} {n[14:]}",
    "full-width blanks": lambda n: f"{n[:6]}\u3000{n[6:]}",
    "hyphens": lambda n: f"{n[:6]}-{n[6:14]}—{n[14:]}",
    "a leading apostrophe": lambda n: f"'{n}",
    "a tab in front": lambda n: f"\t{n}",
    "a line break behind": lambda n: f"{n}\n",
    "a zero-width blank": lambda n: f"\u200b{n}",
    "a formula for text": lambda n: f'="{n}"',
}


@pytest.mark.parametrize("way", WAYS)
@EXAMPLES
@given(number=numbers)
def test_a_number_is_the_same_however_it_is_typed(way: str, number: str) -> None:
    answer = READ(WAYS[way](number))
    assert isinstance(answer, Identity)
    assert answer.number == number
    assert answer.birth == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert answer.sex == ("male" if int(number[16]) % 2 else "female")


@EXAMPLES
@given(number=numbers, place=st.integers(0, 16), by=st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(number: str, place: int, by: int) -> None:
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert isinstance(READ(wrong), Fault)


@EXAMPLES
@given(number=numbers, place=st.integers(0, 15))
def test_two_neighbours_exchanged_are_noticed(number: str, place: int) -> None:
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert wrong == number or isinstance(READ(wrong), Fault)


@EXAMPLES
@given(number=numbers)
def test_a_number_cell_has_lost_its_end(number: str) -> None:
    if number.endswith("X"):
        number = number[:-1] + "0"
    assert code(READ(float(number))) == "id_precision_lost"
    assert code(READ(int(number))) == "id_precision_lost"
    assert code(READ(f"{Decimal(number):.5E}")) == "id_precision_lost"


@EXAMPLES
@given(body=bodies)
def test_a_lost_end_that_was_turned_into_text_is_known_by_its_noughts(body: str) -> None:
    text = body[:15] + "000"
    answer = READ(text)
    assert (isinstance(answer, Identity) and answer.number == text) or code(answer) == "id_precision_lost"


@EXAMPLES
@given(born=st.dates(date(1900, 1, 1), date(1999, 12, 31)), order=st.integers(0, 999))
def test_fifteen_digits_are_completed_to_eighteen(born: date, order: int) -> None:
    old = f"982513{born:%y%m%d}{order:03d}"
    for cell in (old, wide(old), f" {old} ", float(old)):
        answer = READ(cell)
        assert isinstance(answer, Identity)
        assert answer.first_generation
        assert answer.birth == born
        assert answer.number[:17] == f"982513{born:%Y%m%d}{order:03d}"
        assert READ(answer.number) == answer._replace(first_generation=False)


@pytest.mark.parametrize(
    "text",
    [
        "9802031963101504",  # 16
        "98020319631015045",  # 17
        "9802031963101504512",  # 19
        "98",
        "无",
        "98020319631015045Y",
        "X80203196310150451",
        "98020319631315045X",  # month 13
        "980203196302300456",  # 30 February
        "980203790230045",  # 15 digits with 30 February
        "护照E12345678",
        "980203196310150451 980203196310150452",
    ],
)
def test_what_is_no_number_is_malformed(text: str) -> None:
    assert code(READ(text)) == "id_malformed"


@pytest.mark.parametrize("text", ["无", "暂无", "不详", "待补", "无身份证", "没有", "/", "身份证丢失"])
def test_a_word_for_having_no_number_is_told_how_to_register_without_one(text: str) -> None:
    answer = READ(text)
    assert isinstance(answer, Fault)
    assert answer.label("身份证号").zh == (
        f"身份证号写的是“{text}”；台账靠号码认人，请补上。没有号码的人请用“人员”页的“新建人员”登记。"
    )


@pytest.mark.parametrize("empty", [None, "", " ", "'", "\u3000"])
def test_an_empty_cell_is_no_number(empty: str | None) -> None:
    assert READ(empty) is None


@EXAMPLES
@given(number=numbers)
def test_demonstration_numbers_are_refused_in_real_use(number: str) -> None:
    answer = IdentityReader(demo=False)(number)
    assert isinstance(answer, Fault)
    assert answer.code == "id_malformed"
    assert "98" in answer.label("证件号").zh


@pytest.mark.parametrize(
    ("region", "right"),
    [("110101", True), ("460000", True), ("911100", True), ("100101", False), ("991101", False)],
)
def test_the_first_two_digits_are_a_province(region: str, right: bool) -> None:
    body = f"{region}19900305001"
    assert isinstance(IdentityReader(demo=False)(body + check_digit(body)), Identity) == right


def test_the_standards_own_example_has_its_check_digit() -> None:
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


cells = st.one_of(
    numbers,
    numbers.map(str.lower),
    numbers.map(lambda n: n[:-1] + "5"),
    numbers.map(lambda n: float(n[:17])),
    st.sampled_from(
        [
            "",
            None,
            "无",
            "980203790230045",
            "982513790325952",
            "98020319631015045\n",
            " 98 ",
            "980203196310150451\n980203196310150451",
        ]
    ),
    st.text(max_size=20),
)


@EXAMPLES
@given(column=st.one_of(st.lists(cells, max_size=40), st.lists(numbers, max_size=40)))
def test_a_column_reads_as_its_cells_one_by_one(column: list[object]) -> None:
    assert READ.column(column) == [READ(cell) for cell in column]


def test_messages_never_show_a_whole_number() -> None:
    fault = READ("980203196310150450")
    assert isinstance(fault, Fault)
    for text in (fault.label("证件号").zh, fault.label("证件号").en):
        assert "19631015" not in text


def code(answer: object) -> str:
    assert isinstance(answer, Fault), answer
    return answer.code
