"""The figures desk points out what cannot be right, quotes the sentence, and leaves alone what is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guitu.cli.main import main
from guitu.exchange.figures import Finding, check
from tests.exchange.figures.bulletins import BRIEF, CIRCULAR, HIGHLIGHTS, HOUSE, PAGE, SOUND


def faults(text: str) -> list[Finding]:
    """What is wrong in the text itself."""
    return [found for found in check(text).findings if found.code != "unmatched"]


def said(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(found.code, found.numbers) for found in faults(text)]


def changed(old: str, new: str, *, last: bool = True) -> list[tuple[str, tuple[str, ...]]]:
    """What is wrong in PAGE after one more change, beside what was wrong before."""
    place = PAGE.rindex(old) if last else PAGE.index(old)
    before = said(PAGE)
    after = PAGE[:place] + new + PAGE[place + len(old) :]
    return [one for one in said(after) if one not in before]


@pytest.mark.parametrize("text", [SOUND, BRIEF, HOUSE, HIGHLIGHTS, CIRCULAR])
def test_a_sound_bulletin_has_no_faults(text: str) -> None:
    assert said(text) == []


def test_a_page_shows_its_misprints_and_nothing_else() -> None:
    assert said(PAGE) == [("implausible_unit", ("2.76%",)), ("contradiction", ("27.45%", "7.45%"))]


def test_each_finding_quotes_its_sentences() -> None:
    unit, contradiction = faults(PAGE)
    assert unit.sentences[0].startswith("自2017年1月")
    assert unit.sentences[0].endswith("居全国前列。")
    assert "2.76‰" in unit.message.zh
    assert contradiction.sentences == (
        "治安类案件同比下降26%，刑事类案件同比下降27.45%。",
        "下降：治安类案件同比下降26%，刑事类案件同比下降7.45%。",
    )


@pytest.mark.parametrize(
    ("old", "new", "numbers"),
    [
        ("942宗", "924宗", ("942", "924")),
        ("1086人", "1068人", ("1086", "1068")),
        ("61.305公斤", "63.105公斤", ("61.305", "63.105")),
        ("收戒吸毒人员3817人", "收戒吸毒人员3187人", ("3817", "3187")),
        ("扶持就业284人", "扶持就业248人", ("284", "248")),
        ("2100余次", "2300余次", ("2100余", "2300余")),
        ("900余万元", "90余万元", ("900余万", "90余万")),
        ("治安类案件同比下降26%", "治安类案件同比上升26%", ("26%", "26%")),
        ("治安类案件同比下降26%", "治安类案件同比下降36%", ("26%", "36%")),
        ("部督案件7宗", "部督案件17宗", ("7", "17")),
        ("数说", "全县责令社戒社康1736人。\n数说", ("1763", "1736")),
    ],
)
def test_the_box_and_the_text_must_agree(old: str, new: str, numbers: tuple[str, ...]) -> None:
    assert changed(old, new) == [("contradiction", numbers)]


def test_other_people_other_years_other_towns_and_other_cases_are_no_contradiction() -> None:
    assert said("全县收戒吸毒成瘾人员812人。全县收戒病残戒毒人员64人。") == []
    assert said("2022年全县收戒吸毒人员812人。2023年全县收戒吸毒人员640人。") == []
    assert said("河口镇责令社区戒毒42人。青石镇责令社区戒毒24人。") == []
    assert said("全县抓获毒品犯罪嫌疑人1086人。该案抓获毒品犯罪嫌疑人108人。") == []
    assert said("全省收治病残戒毒人员1942人。全县收治病残戒毒人员142人。") == []
    assert said("全县责令社区戒毒320人。全县责令社区康复302人。") == []
    assert said("受众350万余人次，其中校园活动3200场次、受众96万人次。") == []


def test_round_figures_agree_with_what_they_round() -> None:
    assert said("开展禁毒宣传活动2600余次。全县开展禁毒宣传活动2641次。") == []
    assert said("对近1.4万名人员进行回访调查。共回访调查13890名人员。") == []
    assert said("开展禁毒宣传活动2600余次。全县开展禁毒宣传活动2741次。") == [
        ("contradiction", ("2600余", "2741"))
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("吸毒人员占全县人口的3.4%。", ("3.4%",)),
        ("现有吸毒人员10236名，占人口总数的3.4%。", ("3.4%",)),
        ("获证率达92.48‰。", ("92.48‰",)),
        ("执行率120%。", ("120%",)),
        ("刑事类案件同比下降129%。", ("129%",)),
        ("其中女性占130%。", ("130%",)),
    ],
)
def test_units_that_cannot_be_meant(text: str, numbers: tuple[str, ...]) -> None:
    assert said(text) == [("implausible_unit", numbers)]


@pytest.mark.parametrize(
    "text",
    ["吸毒人员占全县人口的3.4‰。", "吸毒人员占全县人口的0.34%。", "执行率100%。", "禁毒经费同比增长150%。"],
)
def test_units_that_can(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("共收治戒毒人员1000人，其中病残戒毒人员1200人。", ("1000", "1200")),
        ("共收治戒毒人员1000人，其中男性600人、女性450人。", ("1000", "600", "450")),
        ("共收治戒毒人员1000人。其中，男性600人，女性350人。", ("1000", "600", "350")),
        ("今年责令社区戒毒120人、社区康复80人，合计210人。", ("210", "120", "80")),
        ("建成镇级机构12个、村级机构191个，共213个。", ("213", "12", "191")),
        ("三个镇共收治250人，分别为120人、80人、60人。", ("250", "120", "80", "60")),
        ("共收治戒毒人员1000人，其中病残戒毒人员262人，占36.2%。", ("1000", "262", "36.2%")),
        ("应回访400人，实际回访380人，回访率90%。", ("400", "380", "90%")),
        ("收治、培训、回访分别占60%、30%、20%。", ("60%", "30%", "20%")),
    ],
)
def test_parts_that_do_not_fit_their_whole(text: str, numbers: tuple[str, ...]) -> None:
    assert said(text) == [("sum_mismatch", numbers)]


@pytest.mark.parametrize(
    "text",
    [
        "共收治戒毒人员1000人，其中病残戒毒人员262人，占26.2%。",
        "共收治戒毒人员1000人，其中男性600人、女性400人。",
        "共收治戒毒人员1000人，其中病残600人、未成年人500人，另培训5000人。",
        "破获案件900宗，其中部督案件9宗，抓获嫌疑人1300人。",
        "今年责令社区戒毒120人、社区康复80人，合计200人。",
        "应回访400人，实际回访380人，回访率95%。",
        "收治、培训分别占60%、30%。",
    ],
)
def test_parts_that_fit_or_overlap(text: str) -> None:
    assert said(text) == []


TABLE = "乡镇\t收戒（人）\t获证率（%）\n河口镇\t120\t90\n青石镇\t80\t95\n合计\t{total}\t92"


def test_the_total_of_a_table_is_the_sum_of_its_rows_and_a_rate_is_not_summed() -> None:
    assert said(TABLE.format(total="200")) == []
    (found,) = faults(TABLE.format(total="210"))
    assert (found.code, found.numbers) == ("sum_mismatch", ("210", "120", "80"))
    assert "合计\t210\t92" in found.sentences
    assert said(TABLE.format(total="—")) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("满意度从86.3%上升到95.12%，提高7.82个百分点。", ("86.3%", "95.12%", "7.82")),
        ("满意度从95.12%上升到86.3%。", ("95.12%", "86.3%")),
        ("满意度由86.3%提高7.82个百分点，达到95.12%。", ("86.3%", "95.12%", "7.82")),
        ("新增吸毒人员由2016年的650人下降至2019年38人，降幅达93.1%。", ("650", "38", "93.1%")),
        ("今年上半年新收治120人，比上年同期的150人下降25%。", ("150", "120", "25%")),
        ("2018年新收治150人，2019年新收治120人，同比下降30%。", ("150", "120", "30%")),
        ("回访人数由300人增加到450人，增加了140人，增长50%。", ("300", "450", "140")),
        ("回访人数由300人增加到450人，增加了150人，增长60%。", ("300", "450", "60%")),
    ],
)
def test_changes_that_are_not_the_difference(text: str, numbers: tuple[str, ...]) -> None:
    assert said(text) == [("change_mismatch", numbers)]


@pytest.mark.parametrize(
    "text",
    [
        "满意度从86.3%上升到95.12%，提高8.82个百分点。",
        "满意度从86.3%上升到95.12%，提高10.22%。",
        "满意度由86.3%提高8.82个百分点，达到95.12%。",
        "新增吸毒人员由2016年的550人下降至2019年38人，降幅达93.1%。",
        "今年上半年新收治120人，比上年同期的150人下降20%。",
        "新增吸毒人员下降至2019年38人，降幅达93.1%。",
        "回访人数由近300人增加到450余人，增长60%。",
    ],
)
def test_changes_that_fit_or_cannot_be_told(text: str) -> None:
    assert said(text) == []


def test_every_number_is_matched_to_an_indicator_or_said_to_have_none() -> None:
    checked = check(PAGE)
    keys = {one.number.printed: one.key for one in checked.numbers}
    assert keys["8316"] == "admissions.transferred"
    assert keys["1942"] == "admissions.sick_or_disabled"
    assert keys["一百三十二"] == "outreach.talks"
    assert keys["６１２０８"] == "outreach.audience"
    assert keys["7"] == "closed_duty.batches" or keys["7"] == ""
    assert keys["1500余"] == "closed_duty.person_times"
    assert keys["1.2万"] == "followup.persons"
    assert keys["十二"] == "stations.guidance"
    assert (keys["186"], keys["2140"]) == ("teams.village_patrol", "teams.village_patrol_members")
    assert (keys["10"], keys["164"]) == ("units.town_bodies", "units.village_bodies")
    assert (keys["86.3%"], keys["95.12%"]) == ("survey.safety_before", "survey.safety_after")
    assert (keys["38"], keys["93.1%"]) == ("registered.new", "registered.new_change")
    unmatched = {found.numbers[0] for found in checked.findings if found.code == "unmatched"}
    assert {"21", "8万余", "18", "80多"} <= unmatched
    assert not unmatched & {"92.48%", "8316", "942", "2020", "118", "2017", "203"}


def test_the_command_needs_no_store_and_prints_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_HOME", str(tmp_path / "nothing"))
    draft = tmp_path / "稿件.txt"
    draft.write_text(PAGE, encoding="gb18030")
    assert main(["figures", "check", str(draft), "--json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    first = printed["findings"][0]
    assert set(first) == {"code", "numbers", "sentences", "message"}
    assert (first["code"], first["numbers"]) == ("implausible_unit", ["2.76%"])
    assert not (tmp_path / "nothing").exists()
    draft.write_text(SOUND, encoding="utf-8")
    assert main(["figures", "check", str(draft)]) == 0
    assert "发现 0 处问题" in capsys.readouterr().out


def test_the_command_speaks_english_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(PAGE, encoding="utf-8")
    assert main(["figures", "check", str(draft), "--lang", "en"]) == 1
    printed = capsys.readouterr().out
    assert "Contradiction" in printed
    assert "the text does not decide which is right" in printed


def test_the_same_text_gives_the_same_findings() -> None:
    assert check(PAGE) == check(PAGE)
