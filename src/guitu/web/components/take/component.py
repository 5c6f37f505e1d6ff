"""The two links under a list by which it is taken along: as a workbook and as CSV.

Nothing where the page does not offer its lists to this reader (`guitu.web.taking.offered`).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString

from guitu.kernel.labels import Label
from guitu.web.component import State, Text, colon, said
from guitu.web.taking import offered

SAVE: Final = Label("导出本清单：", "Take this list along: ")
NAMES: Final = {"xlsx": Label("Excel 表格", "Excel workbook"), "csv": Label("CSV", "CSV")}


@dataclass(frozen=True, slots=True)
class Take:
    """`list_id` is the list's id on the page, `caption` its name. `path` only where nobody offers it, in
    examples."""

    list_id: str
    caption: Text
    path: str = ""

    def html(self) -> SafeString:
        """A line with both links, or nothing."""
        path = self.path or offered.offered()
        if not path:
            return SafeString("")
        name = f'<span class="hidden">{colon()}{said(self.caption)}</span>'
        links = " · ".join(
            f'<a href="{escape(offered.address(path, self.list_id, ending))}" download>'
            f"{said(NAMES[ending])}{name}</a>"
            for ending in offered.ENDINGS
        )
        return SafeString(f'<p class="take meta on-screen">{said(SAVE)}{links}</p>')


STATES: Final = (
    State(
        "offered",
        Label("可导出", "Offered"),
        Take("list", Label("在册人员", "Current files"), "/people/?measure=community_treatment"),
    ),
)
