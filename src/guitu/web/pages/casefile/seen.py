"""Who looked at what. Every opening of a file and every number shown in full passes here.

For now it goes to the service's own log; the access log of the house takes it over from here.
"""

from __future__ import annotations

import logging
from typing import Literal

from guitu.access import Actor
from guitu.web.pages.casefile.opened import Opened

_log = logging.getLogger("guitu.seen")

What = Literal["file", "identity_number"]


def seen(actor: Actor, opened: Opened, what: What) -> None:
    """Write down that this account, in this post, saw this of this file."""
    post = actor.posts[0] if actor.posts else None
    where = f"{post.role} {post.unit}" if post else ""
    _log.info("%s (%s) %s %s", actor.name, where, opened.case_no, what)
