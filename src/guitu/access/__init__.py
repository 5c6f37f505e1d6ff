"""Who may see and do what, where: closed tables, one decision function, every answer with its reason.
Pure."""

from guitu.access.acts import ACTS, Act
from guitu.access.compartments import COMPARTMENTS, TABLE, WORK, needed_by
from guitu.access.decide import Action, compartments, decide, may_see_page, opens_work, sees
from guitu.access.expected import Where, expected
from guitu.access.holders import Holders, Move, holders
from guitu.access.pages import PAGES
from guitu.access.people import Actor, Post, house
from guitu.access.roles import ADMINISTRATORS, PURPOSES, ROLES, Purpose, Role, kept_apart, role
from guitu.access.target import Standing, Target, is_narrow, is_read_only, standings

__all__ = [
    "ACTS",
    "ADMINISTRATORS",
    "COMPARTMENTS",
    "PAGES",
    "PURPOSES",
    "ROLES",
    "TABLE",
    "WORK",
    "Act",
    "Action",
    "Actor",
    "Holders",
    "Move",
    "Post",
    "Purpose",
    "Role",
    "Standing",
    "Target",
    "Where",
    "compartments",
    "decide",
    "expected",
    "holders",
    "house",
    "is_narrow",
    "is_read_only",
    "kept_apart",
    "may_see_page",
    "needed_by",
    "opens_work",
    "role",
    "sees",
    "standings",
]
