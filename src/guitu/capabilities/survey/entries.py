"""One question of one survey. Two questions are two entries: what people feel about safety and whether they
are satisfied are never one figure."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label


def _people(name: str, label: Label, least: int) -> Ask:
    return Ask(
        name=name, label=label, type="whole", unit=Label("人", "people"), least=least, most=100_000_000,
        required=True,
    )  # fmt: skip


KINDS: Final = (
    Kind(
        name="survey_result",
        label=Label("民意调查结果", "Survey result"),
        about="unit",
        compartment=WORK,
        recorded_by=("statistician", "county_supervisor", "provincial_supervisor"),
        day=Label("调查结束日期", "Last day of the survey"),
        summary=Label(
            "{question}：{sample} 人中 {favourable} 人肯定", "{question}: {favourable} of {sample}"
        ),
        fields=(
            Ask(
                name="question",
                label=Label("问题", "Question"),
                type="choice",
                required=True,
                choices=(
                    Choice("safety", Label("安全感", "Feeling safe")),
                    Choice("satisfaction", Label("满意度", "Satisfied")),
                    Choice("other", Label("其他", "Another question")),
                ),
            ),
            Ask(
                name="wave",
                label=Label("第几次", "Which survey"),
                type="choice",
                required=True,
                choices=(
                    Choice("before", Label("整治以前", "Before the campaign")),
                    Choice("after", Label("整治以后", "After the campaign")),
                    Choice("regular", Label("例行", "Regular")),
                ),
            ),
            _people("sample", Label("有效样本", "Valid answers"), 1),
            _people("favourable", Label("作肯定回答", "Favourable answers"), 0),
            Ask(
                name="asked_by",
                label=Label("由谁调查", "Asked by"),
                type="choice",
                choices=(
                    Choice("own", Label("本单位", "The unit itself")),
                    Choice("statistics", Label("统计部门", "The statistical office")),
                    Choice("third_party", Label("第三方", "A third party")),
                ),
            ),
            Ask(name="anonymous", label=Label("是否匿名", "Anonymous"), type="choice", choices=YES_NO),
        ),
    ),
)
