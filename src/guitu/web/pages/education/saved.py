"""What was just saved, said on the page that follows."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.web.components.notice.component import Notice
from guitu.web.inside.asked import Inside

SAVED: Final = {
    "course": Label("已保存教学班", "The class is saved"),
    "slot": Label("已加入课程表", "It is on the timetable"),
    "people": Label("名单已保存", "The list is saved"),
    "left": Label("已登记离班", "Leaving is recorded"),
    "register": Label("已保存点名", "The register is saved"),
    "exam": Label("成绩已保存", "The results are saved"),
    "certificates": Label("证书已登记", "The certificates are recorded"),
    "entry": Label("已登记", "Recorded"),
}


def saved_notice(asked: Inside) -> tuple[Notice, ...]:
    """What was just saved."""
    said = SAVED.get(asked.request.GET.get("saved", ""))
    return (Notice("fresh", said),) if said else ()
