"""With which systems do we exchange, what goes and comes, and what was refused? The pages have the shapes of
`guitu.web.inside`; here are the states in which gallery and tests show them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.exchange.partners.mapping import HERE, read_partner
from guitu.exchange.partners.refusing import Refusal, kept
from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.inside.shown import Board
from guitu.web.pages.partners import words

__all__ = ["STATES", "Board"]

_PLATFORM: Final = read_partner(HERE / "community_platform.yaml")
_HOSPITAL: Final = read_partner(HERE / "hospital.yaml")
_LABELS: Final = {one.name: one.label for one in (_PLATFORM, _HOSPITAL)}
_LEAD: Final = Label(
    "与哪些系统交换、送出什么、收什么；哪些被退回，为什么。",
    "With which systems data is exchanged, what goes and comes; what was refused, and why.",
)
_REFUSED: Final = (
    Refusal("4", "", "person_unknown"),
    Refusal("7", "结果", "code_unknown"),
    Refusal("9", "发生日期", "date_unreadable"),
)


def _exchange(n: int, partner: str, way: str, lines: int, refused: tuple[Refusal, ...] = ()) -> Entry:
    came = way == "in"
    return Entry(
        id=UUID(int=n),
        file=UUID(int=1),
        kind="partner_exchange",
        happened_on=date(2026, 11, 23 - n),
        recorded_at=datetime(2026, 11, 23 - n, 1, 0, tzinfo=UTC),
        fields={
            "partner": partner,
            "way": way,
            "lines": lines,
            "proposed": lines - len(refused) if came else None,
            "known": 0 if came else None,
            "refused": len(refused),
            "reasons": kept(refused),
        },
    )


_EXCHANGES: Final = (
    _exchange(1, "community_platform", "in", 12, _REFUSED),
    _exchange(2, "community_platform", "out", 86),
    _exchange(3, "hospital", "out", 1),
)

STATES: Final = (
    State(
        "used",
        Label("有交换", "With exchanges"),
        Board(
            words.TITLE,
            _LEAD,
            (words.mappings((_PLATFORM, _HOSPITAL)), words.exchanges(_EXCHANGES, _LABELS, 1)),
        ),
    ),
    State(
        "new",
        Label("还没有交换", "Nothing yet"),
        Board(words.TITLE, _LEAD, (words.mappings((_PLATFORM, _HOSPITAL)), words.exchanges((), _LABELS, 1))),
    ),
    State(
        "table",
        Label("一个表格映射", "One mapping: a table"),
        Board(
            _PLATFORM.label,
            _PLATFORM.says,
            (
                words.refusals(_EXCHANGES[0]),
                words.about(_PLATFORM),
                words.gives_list(_PLATFORM, 86, None, exports=True),
                words.takes(_PLATFORM, ""),
            ),
            words.crumbs(Crumb(_PLATFORM.label)),
            notices=(
                Notice(
                    "fresh",
                    Label(
                        "已读入 12 条：待采纳 9，以前送来过 0，退回 3。",
                        "12 lines taken in: 9 proposed, 0 came before, 3 refused.",
                    ),
                    actions=(Button(Label("去采纳", "Decide them"), href="#"),),
                ),
            ),
        ),
    ),
    State(
        "fhir",
        Label("一个 FHIR 映射", "One mapping: FHIR"),
        Board(
            _HOSPITAL.label,
            _HOSPITAL.says,
            (
                words.about(_HOSPITAL),
                words.gives_person(
                    _HOSPITAL,
                    "469023-2026-00001",
                    Label("本人没有同意。", "There is no consent."),
                    exports=True,
                ),
                words.takes(_HOSPITAL, ""),
            ),
            words.crumbs(Crumb(_HOSPITAL.label)),
            summary=ErrorSummary(
                (Fault(Label("本人没有同意。", "There is no consent."), f"f-{words.CASE}"),)
            ),
        ),
    ),
)
