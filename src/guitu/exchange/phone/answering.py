"""The answers to a phone's calls, whole: what a view sends and a trial hears."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from guitu.exchange.phone import marks, taking
from guitu.exchange.phone.bounds import MOST_CHECKED, MOST_ENTRIES
from guitu.exchange.phone.taking import By, New
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

Json = dict[str, Any]

UNREADABLE: Final = Label("请求的格式读不懂。", "This request cannot be read.")


class CannotRead(GuituError):
    """A call that says nothing of what it should."""

    def __init__(self) -> None:
        super().__init__(UNREADABLE)


def push(told: Mapping[str, Any], by: By) -> tuple[Json, tuple[New, ...]]:
    """Take what is sent; the answer, and the entries about people that are new. Raises CannotRead."""
    entries = told.get("entries")
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise CannotRead
    restored = marks.restored(str(told.get("mark") or ""), by.now)
    taken = taking.take(entries, by)
    mark = marks.mark()
    return {
        "results": list(taken.results),
        "mark": mark.text,
        "epoch": f"{mark.epoch:x}",
        "restored": restored,
    }, taken.new


def check(told: Mapping[str, Any], by: By) -> Json:
    """What of that, for which the phone holds receipts, is not there. Raises CannotRead."""
    sent = told.get("sent")
    if not isinstance(sent, list) or len(sent) > MOST_CHECKED:
        raise CannotRead
    pairs = [one for one in sent if isinstance(one, list)]
    return {"missing": taking.missing(pairs, by.actor), "epoch": f"{marks.epoch():x}"}
