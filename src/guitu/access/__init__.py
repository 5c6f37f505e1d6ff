"""Who may see and do what, where: closed tables, one decision function, every answer with its reason.
Pure."""

from guitu.access.acts import ACTS, Act
from guitu.access.decide import Target, decide, may_see_page
from guitu.access.people import Actor, Post, house
from guitu.access.roles import ROLES, Role, role

__all__ = [
    "ACTS",
    "ROLES",
    "Act",
    "Actor",
    "Post",
    "Role",
    "Target",
    "decide",
    "house",
    "may_see_page",
    "role",
]
