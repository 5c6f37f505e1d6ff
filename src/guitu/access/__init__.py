"""Who may see and do what, where: closed tables, one decision function, every answer with its reason.
Pure."""

from guitu.access.decide import Target, decide, may_see_page
from guitu.access.people import Actor, Post, house
from guitu.access.roles import ROLES, Role, needed_by, role

__all__ = ["ROLES", "Actor", "Post", "Role", "Target", "decide", "house", "may_see_page", "needed_by", "role"]
