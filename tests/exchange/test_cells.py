"""Names, texts, choices and headings as clerks type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guitu.capabilities.identity.entries import SEX
from guitu.casefile import Ask
from guitu.compose import kind
from guitu.exchange.ledgers.cells import (
    ChoiceReader,
    Reader,
    document_key,
    heading,
    heading_words,
    plain_documents,
    plain_names,
    plain_text,
    read_document,
    read_name,
    read_phone,
    read_text,
    read_whole,
    text_of,
)
from guitu.exchange.ledgers.fault import Fault
from tests.exchange.sheets import EXAMPLES


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("吴  志", "吴志"),
        ("吴\u3000志", "吴志"),
        (" 吴志\n", "吴志"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提 · 吐尔逊", "买买提·吐尔逊"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("John  Smith", "John Smith"),
        ("Ｊｏｈｎ Smith", "John Smith"),
        ("𬱖某某", "𬱖某某"),
        ("", None),
        ("   ", None),
    ],
)
def test_a_name_is_the_same_whatever_blanks_and_dots_are_in_it(typed: str, name: str | None) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["王?", "王？", "王**", "王＊", "王\ufffd", "-", "/", "——"])
def test_a_name_of_which_letters_are_hidden_or_lost_is_not_taken_for_the_name(typed: str) -> None:
    answer = read_name(typed)
    assert isinstance(answer, Fault)
    assert "全名" in answer.label("姓名").zh


@pytest.mark.parametrize("typed", ["无", "暂无", "无文号", "-", "/", "——", "待补", "待补办", "不详", "?"])
def test_a_word_for_no_document_is_no_document(typed: str) -> None:
    answer = read_document(typed)
    assert isinstance(answer, Fault)
    assert "没有写文号" in answer.label("决定书文号").zh


@pytest.mark.parametrize("typed", ["无公强戒决字〔2019〕3号", "2019-3", "待公戒字1号", 17.0])
def test_whatever_else_stands_for_a_document_is_its_number(typed: object) -> None:
    assert isinstance(read_document(typed), str)


@pytest.mark.parametrize("typed", ["男", "男性", " 男 ", "1", 1, 1.0, "１", "male", "M", "m"])
def test_male_is_male_in_every_spelling(typed: object) -> None:
    assert ChoiceReader(kind("person").ask("sex"))(typed) == "male"


@pytest.mark.parametrize("typed", ["不详", "3", "男女", "?", True])
def test_an_answer_that_is_none_of_the_choices_names_them(typed: object) -> None:
    answer = ChoiceReader(kind("person").ask("sex"))(typed)
    assert isinstance(answer, Fault)
    assert answer.code == "choice_unknown"
    assert "男、女" in answer.label("性别").zh


@pytest.mark.parametrize(
    ("typed", "value"),
    [("阴性", "negative"), ("-", "negative"), ("－", "negative"), ("(-)", "negative"), ("（－）", "negative"),
     ("阴性（-）", "negative"), ("+", "positive"), ("＋", "positive"), ("阳 性", "positive")],
)  # fmt: skip
def test_results_are_understood_as_signs_and_words(typed: str, value: str) -> None:
    assert ChoiceReader(kind("urine_test").ask("result"))(typed) == value


@pytest.mark.parametrize(
    ("typed", "text"), [(19800008242.0, "19800008242"), (" a ", "a"), ("a\u200bb", "ab"), (None, "")]
)
def test_text_is_what_the_cell_shows(typed: object, text: str) -> None:
    assert text_of(typed) == text


def test_a_telephone_number_kept_as_a_number_or_in_wide_digits_is_the_same() -> None:
    assert (
        read_phone(19800008242.0)
        == read_phone("１９８００００８２４２")
        == read_phone("198 0000 8242")
        == "19800008242"
    )


def test_too_long_a_text_is_one_sentence() -> None:
    answer = read_text("长" * 201)
    assert isinstance(answer, Fault)
    assert "200" in answer.label("户籍地").zh


@pytest.mark.parametrize(
    ("typed", "number"), [("36", 36), (36.0, 36), ("36个月", 36), ("３６", 36), ("", None)]
)
def test_whole_numbers_are_read_with_their_unit(typed: object, number: int | None) -> None:
    ask = Ask(name="months", label=SEX[0].label, type="whole", least=1, most=120)
    assert read_whole(typed, ask=ask) == number


@pytest.mark.parametrize("typed", ["0", "121", "很多", "3.5", -1.0])
def test_a_number_out_of_bounds_says_the_bounds(typed: object) -> None:
    answer = read_whole(typed, ask=Ask(name="months", label=SEX[0].label, type="whole", least=1, most=120))
    assert isinstance(answer, Fault)
    assert "120" in answer.label("期限").zh


def test_document_numbers_are_compared_without_their_brackets_shape() -> None:
    assert (
        document_key("琼公（禁）强戒决字〔2019〕第1号")
        == document_key("琼公(禁)强戒决字[2019]第 1 号")
        == document_key("琼公（禁）强戒决字【2019】第１号")
    )
    assert document_key("〔2019〕1号") != document_key("〔2019〕11号")


def test_headings_are_compared_without_blanks_breaks_units_and_stars() -> None:
    assert heading("身份证\n号码 ")[0] == heading("身份证号码*")[0] == "身份证号码"
    assert heading("决定日期（年月日）")[1] == "决定日期"
    assert heading("村（居）委会")[0] == heading("村(居)委会")[0]
    assert heading_words("身份证\n号码 ") == "身份证号码"
    assert heading_words("ID  number") == "ID number"


@EXAMPLES
@given(names=st.lists(st.text(alphabet="吴志王·•. Ａa\n\u3000?*-/_", max_size=6), max_size=2000))
def test_a_column_of_names_reads_as_its_cells_one_by_one(names: list[str]) -> None:
    assert Reader(read_name, together=plain_names, most=0).column(names) == [read_name(n) for n in names]
    assert Reader(read_name, together=plain_names).column(names) == [read_name(n) for n in names]


@EXAMPLES
@given(
    texts=st.lists(
        st.one_of(st.text(alphabet='ab= "\t长', max_size=210), st.none(), st.floats(allow_nan=False)),
        max_size=50,
    )
)
def test_a_column_of_texts_reads_as_its_cells_one_by_one(texts: list[object]) -> None:
    assert Reader(read_text, together=plain_text, most=0).column(texts) == [read_text(t) for t in texts]
    assert Reader(read_text, together=plain_text).column(texts) == [read_text(t) for t in texts]


@EXAMPLES
@given(texts=st.lists(st.text(alphabet="无待补-/字1 ", max_size=4), max_size=50))
def test_a_column_of_documents_reads_as_its_cells_one_by_one(texts: list[str]) -> None:
    assert Reader(read_document, together=plain_documents, most=0).column(texts) == [
        read_document(t) for t in texts
    ]
