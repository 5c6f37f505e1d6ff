"""What the page says."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.field.component import Field
from guitu.web.inside.shown import Ask

TITLE: Final = Label("同一件事，两人所记不同", "One event, recorded differently")
HEAD: Final = Label("待核对", "To be looked into")
NONE: Final = Label(
    "辖区内没有两人对同一件事记得不同的记录。",
    "Nobody in your area has two differing entries about one event.",
)
PEOPLE: Final = Label("看人员", "See people")
OPEN: Final = Label("打开档案", "Open the file")
SETTLED: Final = Label("已登记：确系两件事。", "Recorded: they are two events.")
GONE: Final = Label(
    "这一处已经不在：可能刚被更正、作废或者认定。", "It is gone: corrected, withdrawn or settled meanwhile."
)
EMPTY: Final = Label("未填", "Empty")
QUESTION: Final = Label("项目", "Question")
TWO: Final = Label("确系两件事", "They are two events")
NOTE: Final = Label("说明", "Note")
HOW: Final = Label(
    "两条都已保存，都在计数。请核对：错的那条更正或者作废；如果确是两件事，在此认定。",
    "Both are kept, and both count. Look into it: correct or withdraw the one that is wrong; if they are two"
    " events, say so here.",
)


def lead(n: int) -> Label:
    """How many there are."""
    return Label(
        f"{n} 处：两名工作人员对同一人、同一天、同一类事所记不同。",
        f"{n}: two workers recorded different things of one person, one day and one kind.",
    )


def correct(name: str) -> Label:
    """Correcting the entry of that worker."""
    return Label(f"更正{name}所记", f"Correct what {name} recorded")


def withdraw(name: str) -> Label:
    """Withdrawing it."""
    return Label(f"作废{name}所记", f"Withdraw what {name} recorded")


def ask(case_no: str, one: str, other: str, identifier: str, fault: Text) -> Ask:
    """The form that says that they are two events."""
    return Ask(
        "/same-event/",
        (Field(f"note-{one[-12:]}", NOTE, "long_text", error=fault, optional=True),),
        Button(TWO),
        (("case", case_no), ("one", one), ("other", other), ("id", identifier)),
        says=HOW,
    )
