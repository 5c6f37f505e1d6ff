"""What pages and commands ask of the store: small frozen answers from a few plain queries. Nothing is
written."""

from guitu.store.read.files import (
    FileView,
    assessment,
    file_by_case_no,
    file_view,
    find_file,
    left_out,
    rules,
)
from guitu.store.read.finding import (
    FEW_FILES,
    NUMBER,
    SORTS,
    PersonLine,
    SearchResult,
    found_among,
    in_order,
    lines_of_files,
    people,
    recent,
    search,
)
from guitu.store.read.kept import looked_up, opened
from guitu.store.read.today import BUCKETS, DutyLine, Today, today, total
from guitu.store.read.units import UnitLine, UnitView, people_under, unit_lines, unit_view

__all__ = [
    "BUCKETS",
    "FEW_FILES",
    "NUMBER",
    "SORTS",
    "DutyLine",
    "FileView",
    "PersonLine",
    "SearchResult",
    "Today",
    "UnitLine",
    "UnitView",
    "assessment",
    "file_by_case_no",
    "file_view",
    "find_file",
    "found_among",
    "in_order",
    "left_out",
    "lines_of_files",
    "looked_up",
    "opened",
    "people",
    "people_under",
    "recent",
    "rules",
    "search",
    "today",
    "total",
    "unit_lines",
    "unit_view",
]
