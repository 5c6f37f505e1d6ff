"""The plan of the zones in a centre's own file, the review behind a movement in the person's, and the five
questions of physiological detoxification in the medical compartment.

No national length of a zone was verified and provinces differ, so names, order, lengths and criteria are the
site's own; without a plan the four legal zones stand under their legal names and no length is held against
anybody (docs/decisions/0031).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.kernel.labels import Label

ZONES: Final = (
    Choice("detox", Label("生理脱毒区", "Detoxification zone")),
    Choice("adaptation", Label("教育适应区", "Adaptation zone")),
    Choice("consolidation", Label("康复巩固区", "Consolidation zone")),
    Choice("return", Label("回归指导区", "Return zone")),
)
"""The four zones, in their usual order. The words are those of `zone_move`; a test holds them to it."""

_LINES: Final = Label("一行一条", "One to a line")


def _of_zone(place: int, zone: Choice) -> Iterator[Ask]:
    zh, en = zone.label.zh, zone.label.en
    name = zone.value
    yield Ask(
        name=f"{name}_used",
        label=Label(f"{zh}：本所是否设置", f"{en}: kept here"),
        type="choice",
        choices=YES_NO,
        required=True,
    )
    used = {f"{name}_used": ("yes",)}
    yield Ask(
        name=f"{name}_name",
        label=Label(f"{zh}：本所名称", f"{en}: its name here"),
        only_when=used,
        help=Label("不填按法定名称", "Left empty: the legal name"),
    )
    yield Ask(
        name=f"{name}_place",
        label=Label(f"{zh}：第几区", f"{en}: its place"),
        type="whole",
        least=1,
        most=9,
        only_when=used,
        help=Label(f"不填按第 {place} 区", f"Left empty: {place}"),
    )
    yield Ask(
        name=f"{name}_shortest",
        label=Label(f"{zh}：最短", f"{en}: shortest stay"),
        type="whole",
        unit=Label("天", "days"),
        least=1,
        most=1095,
        only_when=used,
    )
    yield Ask(
        name=f"{name}_longest",
        label=Label(f"{zh}：最长", f"{en}: longest stay"),
        type="whole",
        unit=Label("天", "days"),
        least=1,
        most=1095,
        only_when=used,
    )
    yield Ask(
        name=f"{name}_criteria",
        label=Label(f"{zh}：转出条件", f"{en}: criteria for leaving it"),
        type="long_text",
        only_when=used,
        help=_LINES,
    )


KINDS: Final = (
    Kind(
        name="zone_plan",
        label=Label("四区设置", "Plan of the zones"),
        about="unit",
        compartment="work",
        recorded_by=("centre_head",),
        day=Label("实行日期", "In force from"),
        summary=Label("四区设置", "Plan of the zones"),
        help=Label(
            "本所的分区名称、顺序、时限和转出条件。没有核实到全国统一的时限：不填就不计。改动另登记一次，"
            "按实行日期生效。",
            "This centre's names, order, lengths and criteria. No national length was verified: what is left"
            " empty is not counted. A change is recorded anew and holds from its day on.",
        ),
        fields=(
            *(ask for place, zone in enumerate(ZONES, 1) for ask in _of_zone(place, zone)),
            Ask(
                name="basis",
                label=Label("依据（本省或本所文件）", "By which paper"),
            ),
        ),
    ),
    Kind(
        name="zone_review",
        label=Label("流转评估", "Zone review"),
        compartment="custody",
        recorded_by=("intake_officer", "brigade_officer", "centre_head"),
        day=Label("评估日期", "Day reviewed"),
        summary=Label("流转评估（{from_zone}）：{outcome}", "Zone review ({from_zone}): {outcome}"),
        help=Label(
            "转区之前的评估，或者超过本所时限仍不转区的理由。转区本身另登记“分区流转”。",
            "The review before a movement, or why somebody stays beyond the length. The movement itself"
            " is recorded as a zone move.",
        ),
        fields=(
            Ask(
                name="from_zone",
                label=Label("现在的分区", "Zone now"),
                type="choice",
                required=True,
                choices=ZONES,
            ),
            Ask(
                name="outcome",
                label=Label("结论", "Outcome"),
                type="choice",
                required=True,
                choices=(
                    Choice("move", Label("同意转入下一区", "Ready to move on")),
                    Choice("stay", Label("暂不流转", "Stays for now")),
                    Choice("back", Label("转回前面的区", "Back to an earlier zone")),
                ),
            ),
            Ask(
                name="to_zone",
                label=Label("转入", "Into"),
                type="choice",
                required=True,
                choices=ZONES,
                only_when={"outcome": ("move", "back")},
            ),
            Ask(
                name="physiological",
                label=Label("生理脱毒评价", "Physiological assessment"),
                type="choice",
                choices=(
                    Choice("pass", Label("合格", "Pass")),
                    Choice("fail", Label("不合格", "Fail")),
                    Choice("not_yet", Label("尚未评价", "Not assessed yet")),
                ),
                only_when={"from_zone": ("detox",)},
                help=Label(
                    "只写结论；五项内容由医生登记在医疗分区。",
                    "The result only; a doctor records the five questions in the medical compartment.",
                ),
            ),
            Ask(
                name="criteria_met",
                label=Label("已达到的条件", "Criteria met"),
                type="long_text",
                sealed=True,
                to_person=True,
                help=_LINES,
            ),
            Ask(
                name="criteria_unmet",
                label=Label("未达到的条件", "Criteria not met"),
                type="long_text",
                sealed=True,
                to_person=True,
                help=_LINES,
            ),
            Ask(
                name="reasons",
                label=Label("理由", "Reasons"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
                help=Label("本人会看到这段话", "The person reads this"),
            ),
            Ask(
                name="assessors",
                label=Label("参加评估的人", "Who took part"),
                sealed=True,
                of_others=True,
            ),
        ),
    ),
    Kind(
        name="physiological_check",
        label=Label("生理脱毒五项", "Physiological detoxification: five questions"),
        compartment="medical",
        recorded_by=("doctor", "nurse"),
        day=Label("检查日期", "Day checked"),
        help=Label(
            "五项见于北京市的实施细则（二手来源，地方做法）；全国办法的条文未见。结论由诊断评估作出。",
            "The five questions are of Beijing's rules (a secondary source, local); the national text was not"
            " seen. The result is the assessment's.",
        ),
        fields=(
            *(
                Ask(name=name, label=Label(zh, en), type="choice", required=True, choices=YES_NO)
                for name, zh, en in (
                    ("test_negative", "毒品检测阴性", "Drug test negative"),
                    (
                        "medicine_stopped",
                        "不再使用控制或缓解戒断症状的药物",
                        "No withdrawal medicine",
                    ),
                    ("acute_over", "急性戒断症状完全消失", "Acute withdrawal is over"),
                    ("no_protracted", "没有明显的稽延性戒断症状", "No marked protracted withdrawal"),
                    (
                        "mind_settled",
                        "没有明显的与毒品有关的精神症状，或者原有障碍得到控制",
                        "No marked drug-related mental symptoms, or an earlier disorder under control",
                    ),
                )
            ),
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True),
        ),
    ),
)
