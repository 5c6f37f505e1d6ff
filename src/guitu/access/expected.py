"""The expected answer, for tests that walk every page, role, place and compartment: looked up in the table
alone, so that what the service answers can be held against it."""

from __future__ import annotations

from typing import Final, Literal, get_args

from guitu.access.compartments import COMPARTMENTS, HANDED_OVER, ONLY_DOCTORS, TABLE
from guitu.access.pages import PAGES
from guitu.access.roles import ROLES

Where = Literal["inside", "outside", "custody", "receiving", "former", "emergency", "own", "consent"]
"""How the reader stands to the file: an account of an office, the person, or somebody of the family."""

WHERE: Final[tuple[Where, ...]] = get_args(Where)

_WHOLE: Final = {"inside", "custody", "emergency", "own", "consent"}
_OWN_REACH: Final = {"own": {"own"}, "consent": {"consent"}}


def comes_to(role: str, where: Where) -> bool:
    """Whether a role comes to a file in that way at all."""
    reach = ROLES[role].reach
    if where in _OWN_REACH or reach & {"own", "consent"}:
        return where in reach
    if where == "custody":
        return "custody" in reach
    if where == "emergency":
        return ROLES[role].breaks_glass
    return where != "outside" and bool(reach)


def expected(role: str, compartment: str, where: Where, action: Literal["read", "write"] = "read") -> bool:
    """Whether that role reads everything recorded in the compartment, or may write there (kinds that name
    it). The compartment "" is the file as such: whether its page opens."""
    row = TABLE[role]
    if not comes_to(role, where) or not any("r" in row[c] for c in COMPARTMENTS):
        return False
    if action == "write":
        return where in {"inside", "custody", "own"} and "w" in row.get(compartment, "w")
    if not compartment:
        return True
    if where == "receiving":
        return "r" in row[compartment] and compartment in HANDED_OVER
    return where in _WHOLE and "r" in row[compartment]


def opens_by_emergency(role: str, compartment: str) -> bool:
    """Whether a stated reason opens a compartment that the role's work does not."""
    return ROLES[role].breaks_glass and ("r" in TABLE[role][compartment] or compartment not in ONLY_DOCTORS)


def expected_page(role: str, page: str) -> bool:
    """Whether that role's posts open the page."""
    return role in PAGES[page]
