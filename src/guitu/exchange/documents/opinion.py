"""The written opinion of a centre to the deciding organ as a Word file, from a template that the office may
edit: what was assessed, by whom, with which reasons, what is proposed, and the days the law sets. It
proposes; the organ decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from guitu.casefile.kind import day_word
from guitu.centre.way_out import OPINION
from guitu.exchange.documents.papers import default_template, fill

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


def opinion(told: Opinion, template: bytes | None, made_at: datetime) -> bytes:
    """The paper, from the office's template or the one that comes with the product. The same opinion from the
    same template is the same bytes."""
    return fill(template or default_template(OPINION), _values(told), made_at, OPINION)


def _values(told: Opinion) -> dict[str, str]:
    what, articles = PROPOSES[told.proposes]
    asks = f"建议{what}"
    if told.proposes == "extension" and told.months:
        asks += f"{told.months}个月"
    return {
        "name": told.name,
        "sex": told.sex,
        "birth": day_word(told.born) if told.born else "",
        "case_no": told.case_no,
        "centre": told.centre,
        "organ": told.authority or "强制隔离戒毒决定机关",
        "decision_no": told.order_no or "决定书",
        "decided_on": day_word(told.ordered),
        "ends_on": day_word(told.ends_on) if told.ends_on else "",
        "stage": told.stage,
        "assessed_on": day_word(told.assessed),
        "signers": "、".join(told.signers),
        "domains": "\n".join(
            f"{name}：{result}。{reason}".rstrip("。") + "。" for name, result, reason in told.domains
        ),
        "objections": told.objections or "没有登记本人的异议。",
        "reasons": told.reasons,
        "articles": articles,
        "asks": asks,
        "digest": told.digest.upper(),
        "number": told.document_no or f"档案 {told.case_no}",
        "made_on": day_word(told.on),
    }
