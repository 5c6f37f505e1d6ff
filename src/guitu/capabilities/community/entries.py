"""Absence, excuse, detention and prison: what moves or suspends a community measure."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, ReadAs
from guitu.kernel.labels import Label

TOWN: Final = (
    "town_office",
    "village_worker",
    "guidance_station",
    "county_supervisor",
    "intake_officer",
    "centre_head",
)

KINDS: Final = (
    Kind(
        name="absence",
        label=Label("外出", "Absence"),
        compartment="support",
        read_as=ReadAs("community", 70),
        cites=("戒毒条例#19(3)", "戒毒条例#20"),
        recorded_by=TOWN,
        day=Label("外出日期", "Day of leaving"),
        summary=Label(
            "外出 {days} 天，经批准或报告：{authorised}", "Away {days} days, authorised: {authorised}"
        ),
        fields=(
            Ask(
                name="authorised",
                label=Label("是否经批准或报告", "Authorised"),
                type="choice",
                choices=YES_NO,
                required=True,
            ),
            Ask(
                name="days",
                label=Label("天数", "Days"),
                type="whole",
                unit=Label("天", "days"),
                least=1,
                most=3660,
                required=True,
            ),
        ),
    ),
    Kind(
        name="excuse",
        label=Label("正当理由", "Excuse"),
        compartment="support",
        read_as=ReadAs("community", 66),
        cites=("戒毒条例#14", "戒毒条例#20"),
        recorded_by=TOWN,
        summary=Label("{of}有正当理由，至 {until}", "Excused from {of} until {until}"),
        fields=(
            Ask(
                name="of",
                label=Label("事项", "Of what"),
                type="choice",
                required=True,
                choices=(
                    Choice("report_in", Label("报到", "Reporting in")),
                    Choice("urine_test", Label("检测", "Test")),
                    Choice("absence", Label("外出", "Absence")),
                ),
            ),
            Ask(name="until", label=Label("有效至", "Until"), type="day"),
            Ask(name="grounds", label=Label("理由", "Grounds"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="detained",
        label=Label("拘留逮捕", "Detained"),
        compartment="legal",
        read_as=ReadAs("running", 34),
        cites=("戒毒条例#24", "戒毒条例#36"),
        recorded_by=TOWN,
        day=Label("羁押日期", "Day detained"),
        touches_liberty=True,
    ),
    Kind(
        name="freed",
        label=Label("释放", "Freed"),
        compartment="legal",
        read_as=ReadAs("running", 36),
        cites=("戒毒条例#24",),
        recorded_by=TOWN,
        day=Label("释放日期", "Day freed"),
        frees_when={},
    ),
    Kind(
        name="imprisoned",
        label=Label("收监执行", "Imprisoned"),
        compartment="legal",
        read_as=ReadAs("running", 38),
        cites=("戒毒条例#24", "戒毒条例#36"),
        recorded_by=TOWN,
        day=Label("收监日期", "Day imprisoned"),
        touches_liberty=True,
    ),
    Kind(
        name="relapse",
        label=Label("复吸", "Relapse"),
        compartment="legal",
        read_as=ReadAs("file", 18),
        cites=("禁毒法#38",),
        recorded_by=TOWN,
        day=Label("认定日期", "Day confirmed"),
        help=Label(
            "只登记已经确认的复吸；未确认的阳性结果登记在检测里。",
            "Record only a confirmed relapse; an unconfirmed positive belongs in the test.",
        ),
    ),
)
