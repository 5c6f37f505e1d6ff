"""Belongings given back, things made ready before somebody leaves, and the papers that were made out."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.centre.way_out import ITEMS, PAPERS, TEMPLATES
from guitu.home.papers import TEMPLATES as AT_HOME
from guitu.kernel.labels import Label

RELEASES: Final = ("intake_officer", "brigade_officer", "centre_head")

KINDS: Final = (
    Kind(
        name="belongings_returned",
        label=Label("返还代管物品", "Belongings returned"),
        compartment="custody",
        cites=("戒毒条例#28",),
        recorded_by=RELEASES,
        day=Label("返还日期", "Day returned"),
        summary=Label("返还代管物品，齐全：{complete}", "Belongings returned, all of them: {complete}"),
        fields=(
            Ask(
                name="complete",
                label=Label("是否全部返还", "All of them"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="missing",
                label=Label("缺少什么、如何处理", "What is missing, and what is done"),
                type="long_text",
                required=True,
                sealed=True,
                only_when={"complete": ("no",)},
            ),
            Ask(
                name="to",
                label=Label("交给", "To"),
                type="choice",
                required=True,
                choices=(
                    Choice("person", Label("本人", "The person")),
                    Choice("family", Label("家属（本人同意）", "The family, by consent")),
                    Choice("centre", Label("转往场所", "The centre transferred to")),
                ),
            ),
        ),
    ),
    Kind(
        name="leaving_item",
        label=Label("出所准备", "Made ready for release"),
        compartment="support",
        cites=("戒毒条例#34", "禁毒法#52"),
        recorded_by=(*RELEASES, "doctor", "nurse", "counsellor", "teacher", "assessment_panel"),
        day=Label("办理日期", "Day done"),
        summary=Label("出所准备：{item}，{state}", "For release: {item}, {state}"),
        fields=(
            Ask(
                name="item",
                label=Label("事项", "What"),
                type="choice",
                required=True,
                choices=tuple(Choice(value, label) for value, label in ITEMS.items()),
            ),
            Ask(
                name="state",
                label=Label("情况", "State"),
                type="choice",
                required=True,
                choices=(
                    Choice("ready", Label("已办妥", "Ready")),
                    Choice("not_needed", Label("不需要", "Not needed")),
                    Choice("under_way", Label("办理中", "Under way")),
                ),
            ),
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="paper_template",
        label=Label("文书模板", "Template of a paper"),
        about="unit",
        compartment=WORK,
        recorded_by=("centre_head", "town_office"),
        day=Label("启用日期", "In use from"),
        summary=Label("文书模板：{paper}，第 {n} 版", "Template: {paper}, version {n}"),
        fields=(
            Ask(
                name="paper",
                label=Label("文书", "Paper"),
                type="choice",
                required=True,
                choices=tuple(Choice(value, label) for value, label in {**TEMPLATES, **AT_HOME}.items()),
            ),
            Ask(name="n", label=Label("版本", "Version"), type="whole", required=True, least=1),
            Ask(name="digest", label=Label("文件摘要", "Digest of the file"), required=True, plain=True),
        ),
    ),
    Kind(
        name="paper_made",
        label=Label("出具文书", "Paper made out"),
        compartment="legal",
        own_page=True,
        cites=("戒毒条例#34",),
        recorded_by=("intake_officer", "centre_head"),
        day=Label("出具日期", "Day made out"),
        summary=Label("出具{paper}", "Made out: {paper}"),
        fields=(
            Ask(
                name="paper",
                label=Label("文书", "Paper"),
                type="choice",
                required=True,
                choices=tuple(Choice(value, label) for value, label in PAPERS.items()),
            ),
            Ask(name="number", label=Label("文号", "Number"), plain=True),
            Ask(
                name="template",
                label=Label("模板版本", "Version of the template"),
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="digest",
                label=Label("文书摘要", "Digest of the file"),
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
        ),
    ),
)
