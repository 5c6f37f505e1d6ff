"""Codes of conditions by ICD-10: whether a code can be one, its chapter, and groups of our own.

Only what is needed to catch a slip of the pen and to put conditions under headings: letter and numbers, the
chapters of the tenth revision, and a short table of groups that a centre's doctor plans by. No list of names
is kept here. National editions add places after the point (four to six characters, also `x` as a filler),
which are taken as they come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label

CODE: Final = re.compile(r"([A-Z])(\d{2})(?:\.([0-9X][0-9]{0,3}))?[+*†]?")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of three-character categories, both ends included, under a heading."""

    name: str
    first: str
    last: str
    label: Label

    def holds(self, category: str) -> bool:
        """Whether the category lies in it."""
        return self.first <= category <= self.last


CHAPTERS: Final = (
    Span("I", "A00", "B99", Label("某些传染病和寄生虫病", "Certain infectious and parasitic diseases")),
    Span("II", "C00", "D48", Label("肿瘤", "Neoplasms")),
    Span("III", "D50", "D89", Label("血液及造血器官疾病和某些涉及免疫机制的疾患", "Diseases of the blood")),
    Span("IV", "E00", "E90", Label("内分泌、营养和代谢疾病", "Endocrine and metabolic diseases")),
    Span("V", "F00", "F99", Label("精神和行为障碍", "Mental and behavioural disorders")),
    Span("VI", "G00", "G99", Label("神经系统疾病", "Diseases of the nervous system")),
    Span("VII", "H00", "H59", Label("眼和附器疾病", "Diseases of the eye")),
    Span("VIII", "H60", "H95", Label("耳和乳突疾病", "Diseases of the ear")),
    Span("IX", "I00", "I99", Label("循环系统疾病", "Diseases of the circulatory system")),
    Span("X", "J00", "J99", Label("呼吸系统疾病", "Diseases of the respiratory system")),
    Span("XI", "K00", "K93", Label("消化系统疾病", "Diseases of the digestive system")),
    Span("XII", "L00", "L99", Label("皮肤和皮下组织疾病", "Diseases of the skin")),
    Span("XIII", "M00", "M99", Label("肌肉骨骼系统和结缔组织疾病", "Musculoskeletal diseases")),
    Span("XIV", "N00", "N99", Label("泌尿生殖系统疾病", "Genitourinary diseases")),
    Span("XV", "O00", "O99", Label("妊娠、分娩和产褥期", "Pregnancy and childbirth")),
    Span("XVI", "P00", "P96", Label("起源于围生期的某些情况", "Perinatal conditions")),
    Span("XVII", "Q00", "Q99", Label("先天性畸形、变形和染色体异常", "Congenital malformations")),
    Span("XVIII", "R00", "R99", Label("症状、体征和临床与实验室异常所见", "Symptoms and signs")),
    Span("XIX", "S00", "T98", Label("损伤、中毒和外因的某些其他后果", "Injury and poisoning")),
    Span("XX", "V01", "Y98", Label("疾病和死亡的外因", "External causes")),
    Span("XXI", "Z00", "Z99", Label("影响健康状态和与保健机构接触的因素", "Factors influencing health")),
    Span("XXII", "U00", "U99", Label("用于特殊目的的编码", "Codes for special purposes")),
)
"""The chapters of the tenth revision. A category between two of them (D49, H96 …) is no code."""

GROUPS: Final = (
    Span("tuberculosis", "A15", "A19", Label("结核病", "Tuberculosis")),
    Span("hepatitis", "B15", "B19", Label("病毒性肝炎", "Viral hepatitis")),
    Span("infectious", "A00", "B99", Label("其他传染病", "Other infectious disease")),
    Span("tumour", "C00", "D48", Label("肿瘤", "Tumour")),
    Span("diabetes", "E10", "E14", Label("糖尿病", "Diabetes")),
    Span("drug", "F10", "F19", Label("使用精神活性物质所致障碍", "Disorders due to substances")),
    Span("mental", "F00", "F99", Label("精神障碍", "Mental disorder")),
    Span("epilepsy", "G40", "G41", Label("癫痫", "Epilepsy")),
    Span("hypertension", "I10", "I15", Label("高血压", "High blood pressure")),
    Span("stroke", "I60", "I69", Label("脑血管病", "Cerebrovascular disease")),
    Span("heart", "I00", "I99", Label("心脏和其他循环系统疾病", "Heart and circulation")),
    Span("lung", "J00", "J99", Label("呼吸系统疾病", "Respiratory disease")),
    Span("liver", "K70", "K77", Label("肝病", "Liver disease")),
    Span("kidney", "N00", "N29", Label("肾病", "Kidney disease")),
    Span("pregnancy", "O00", "O99", Label("妊娠", "Pregnancy")),
    Span("injury", "S00", "T98", Label("伤", "Injury")),
)
"""Our own headings for a centre's work, the narrower before the wider; they classify nothing officially."""

OTHER: Final = Span("other", "A00", "Z99", Label("其他", "Other"))

KEPT_APART: Final = (
    Span("hiv", "B20", "B24", Label("艾滋病", "HIV disease")),
    Span("hiv", "Z21", "Z21", Label("艾滋病病毒感染", "HIV infection")),
    Span("hiv", "R75", "R75", Label("艾滋病病毒实验室证据", "Laboratory evidence of HIV")),
    Span("hiv", "F02.4", "F02.4", Label("艾滋病所致痴呆", "Dementia in HIV disease")),
    Span("hiv", "O98.7", "O98.7", Label("妊娠合并艾滋病", "HIV in pregnancy")),
)
"""Codes that belong to the specially secret compartment and are refused wherever more people read
(艾滋病防治条例 art. 39)."""


def tidy(code: str) -> str:
    """A code as it is kept: capital letters, no blanks."""
    return "".join(code.split()).upper().replace("．", ".").replace("。", ".")


def category(code: str) -> str:
    """The first three characters, by which chapters and groups go; "" for what is no code."""
    found = CODE.fullmatch(tidy(code))
    return found[1] + found[2] if found else ""


def chapter(code: str) -> Span | None:
    """The chapter of a code; None for what is no code of any."""
    first = category(code)
    return next((span for span in CHAPTERS if first and span.holds(first)), None)


def group(code: str) -> Span | None:
    """The group of a code; None for what is no code."""
    if chapter(code) is None:
        return None
    first = category(code)
    return next((span for span in GROUPS if span.holds(first)), OTHER)


def kept_apart(code: str) -> bool:
    """Whether the code tells what belongs to the specially secret compartment."""
    first, whole = category(code), tidy(code)
    return any(span.holds(first) or whole.startswith(span.first) for span in KEPT_APART if first)


def fault(code: str) -> Label | None:
    """What is wrong with a code where anybody with medical work may read it; None if nothing is."""
    if not CODE.fullmatch(tidy(code)):
        return Label(
            f"“{code}”不是 ICD-10 编码：应为一个字母、两位数字，需要时加点和后几位，如 I10、E11.9",
            f"“{code}” is no ICD-10 code: a letter, two figures, a point and more if need be: I10, E11.9",
        )
    if kept_apart(code):
        return Label(
            "这类编码须特别保密，此处不填编码和名称，只填对本人的影响",
            "this code is specially secret: give neither code nor name here, only the effect",
        )
    if chapter(code) is None:
        return Label(
            f"“{code}”不在 ICD-10 任何一章里，请核对",
            f"“{code}” lies in no chapter of ICD-10; check it",
        )
    return None
