"""Which files may be one person?"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.kernel.labels import Label
from guitu.store.read.duplicates import One, Pair
from guitu.store.read.duplicates import pairs as found_under
from guitu.store.units import tree
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.noted import noted_list
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.records.page import PAIRS, DuplicatesPage
from guitu.web.unchanged import while_unchanged
from guitu.web.who import who

SAME: Final = {
    "number": Label("证件号（15 位与 18 位）", "identity number, in both forms"),
    "name": Label("姓名、性别、出生日期", "name, sex, birthday"),
}
NONE: Final = Label("没有找到疑似重复的档案。", "No possible duplicates.")


@shows("duplicates")
@while_unchanged()
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs under the reader's own unit."""
    reader = who(request)
    assert reader is not None
    unit = tree().get(reader.post.unit) if reader.post else None
    found = found_under(unit) if unit is not None else ()
    if unit is not None:
        noted_list(request, "list", [one for p in found for one in (p.first, p.second)], unit, "duplicates")
    caption = Label("疑似重复档案", "Possible duplicates")
    table = Table(caption, PAIRS, tuple(_row(p) for p in found), empty=None if found else Empty(NONE))
    summary: Text = Label(f"找到 {len(found)} 对。", f"{len(found)} found.") if found else NONE
    return show(request, DuplicatesPage(summary, table))


def _row(pair: Pair) -> Row:
    href = f"/files/{pair.second.case_no}/records/merge/?other={pair.first.case_no}"
    same = [SAME[why] for why in pair.why]
    return Row(
        (
            _cell(pair.first),
            _cell(pair.second),
            Label("；".join(s.zh for s in same), "; ".join(s.en for s in same)),
            Cell(
                part=Button(
                    Label("并排比较", "Compare"), href=href, look="small", describes=pair.second.case_no
                )
            ),
        )
    )


def _cell(one: One) -> Cell:
    return Cell(one.name, addresses.file(one.case_no), sub=one.case_no)
