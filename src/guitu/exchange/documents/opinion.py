"""The written opinion of a centre to the deciding organ as an official paper (Word): what was assessed, by
whom, with which reasons, what is proposed, and the days the law sets. It proposes; the organ decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile.kind import day_word
from guitu.exchange.packs.report import Block, Grid, Heading, Para, Report
from guitu.exchange.packs.word import paper

PROPOSES: Final = {
    "early_release": ("提前解除强制隔离戒毒", "《中华人民共和国禁毒法》第四十七条、《戒毒条例》第三十三条"),
    "extension": ("延长强制隔离戒毒期限", "《中华人民共和国禁毒法》第四十七条、《戒毒条例》第三十三条"),
    "change_to_community": ("变更为社区戒毒", "《戒毒条例》第三十一条"),
}
"""What is proposed, and the articles it stands on."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the paper says. `domains` are name, result and reasons; `signers` who signed the assessment."""

    proposes: str
    months: int | None
    reasons: str
    on: date
    document_no: str
    centre: str
    authority: str
    name: str
    sex: str
    born: date | None
    case_no: str
    order_no: str
    ordered: date
    ends_on: date | None
    stage: str
    assessed: date
    domains: Sequence[tuple[str, str, str]]
    signers: Sequence[str]
    digest: str
    objections: str = ""


def opinion(told: Opinion) -> bytes:
    """The paper."""
    what, articles = PROPOSES[told.proposes]
    born = f"，{day_word(told.born)}出生" if told.born else ""
    ends = f"，期满日{day_word(told.ends_on)}" if told.ends_on else ""
    asks = f"建议{what}"
    if told.proposes == "extension" and told.months:
        asks += f"{told.months}个月"
    blocks: list[Block] = [
        Para(f"{told.authority or '强制隔离戒毒决定机关'}："),
        Heading(1, "一、基本情况"),
        Para(
            f"{told.name}，{told.sex}{born}，档案号{told.case_no}。{day_word(told.ordered)}由你单位以"
            f"{told.order_no or '决定书'}决定强制隔离戒毒{ends}。"
        ),
        Heading(1, "二、诊断评估"),
        Para(f"{day_word(told.assessed)}作出{told.stage}，由{'、'.join(told.signers)}签字。"),
        Grid("诊断评估结果和理由", ("方面", "结果", "理由"), tuple(told.domains), widths=(2, 1, 5)),
    ]
    if told.objections:
        blocks.append(Para(told.objections))
    blocks += [
        Heading(1, "三、意见"),
        Para(f"{told.reasons}"),
        Para(f"根据{articles}，{asks}，请予审查决定。"),
        Para("依照上述规定，决定机关应当自收到意见之日起七日内作出是否批准的决定。"),
    ]
    number = told.document_no or f"档案 {told.case_no}"
    return paper(
        Report(
            title=f"关于{asks}的意见",
            subtitle=number,
            blocks=tuple(blocks),
            office=told.centre,
            signed=day_word(told.on),
            notes=(f"评估表签字摘要（SM3）{told.digest.upper()}",),
            foot=("本意见由戒毒场所提出，不是决定；是否批准由决定机关依法决定。",),
            digest=told.digest,
        ),
        told.on,
    )
