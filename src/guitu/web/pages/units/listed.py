"""The units of a page as a table, for who takes them along: figures as the page tells them, hidden where
the page hides them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.pages.units.nodes import SUPPRESSED, Count, Node

_CODE: Final = Column(Label("代码", "Code"))
_NAME: Final = Column(Label("单位", "Unit"))
_LEVEL: Final = Column(Label("级别", "Level"))
_STAFF: Final = Column(Label("在岗", "In post"))


def table_of(name: str, caption: Label, nodes: Iterable[Node], pager: Pager | None = None) -> Table:
    """These units, one a row."""
    some = tuple(nodes)
    counts = some[0].counts if some else ()
    columns = (_CODE, _NAME, _LEVEL, *(Column(c.label, numeric=True) for c in counts), _STAFF)
    rows = tuple(
        Row(
            (
                n.code,
                n.name,
                n.level,
                *map(_figure, n.counts),
                Cell(part=n.word) if n.word is not None else n.staff,
            )
        )
        for n in some
    )
    return Table(caption, columns, rows, pager=pager, id=name)


def _figure(count: Count) -> Cell:
    return Cell(part=SUPPRESSED[count.mark]) if count.mark else Cell(str(count.n))
