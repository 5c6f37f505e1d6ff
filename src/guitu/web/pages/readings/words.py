"""The words and small pieces that the pages of the access log share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Final

from django.utils.safestring import SafeString

from guitu import access
from guitu.casefile.kind import COMPARTMENTS
from guitu.kernel.labels import Label
from guitu.store.access_log import LABELS
from guitu.store.readings.seen import Post
from guitu.store.units import tree
from guitu.web.component import Text, say
from guitu.web.components.button.component import Button
from guitu.web.components.word.component import Word

PERIODS: Final[dict[str, tuple[int, Label]]] = {
    "7": (7, Label("最近 7 天", "Last 7 days")),
    "30": (30, Label("最近 30 天", "Last 30 days")),
    "90": (90, Label("最近 90 天", "Last 90 days")),
    "365": (365, Label("最近一年", "Last year")),
    "all": (36_500, Label("全部", "All")),
}
"""How far back a list goes: the word in the address, the days, and what it is called."""

REASONS: Final[dict[str, Label]] = {
    "audit": Label("审计检查", "Audit"),
    "complaint": Label("核查投诉", "Checking a complaint"),
    "inspection": Label("法律监督", "Legal supervision"),
    "person": Label("答复本人", "Answering the person"),
    "court": Label("依法调取", "Required by law"),
}
"""What a list of readings may be taken along for."""

OUTSIDE: Final = Word("gap", Label("无分管关系", "No responsibility"))


@dataclass(frozen=True, slots=True)
class Acts:
    """Some small presses in one cell."""

    buttons: tuple[Button, ...]
    word: Word | None = None

    @property
    def pressed(self) -> bool:
        """Whether there is nothing to read in it."""
        return self.word is None

    def html(self) -> SafeString:
        """The state's word, then the presses."""
        parts = [self.word.html()] if self.word else []
        return SafeString(" ".join([*parts, *(b.html() for b in self.buttons)]))


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts that somebody read in, and the mark of having had no responsibility."""

    posts: tuple[Post, ...]
    outside: bool = False

    def html(self) -> SafeString:
        """Each post in words."""
        words = "；".join(say(post_label(role, unit)) for role, unit in self.posts)
        mark = f" {OUTSIDE.html()}" if self.outside else ""
        return SafeString(f"{escape(words)}{mark}")


def post_label(role: str, unit: str) -> Label:
    """河西镇 · 乡镇禁毒办; a command on the server where there is no post."""
    if not role:
        return Label("服务器上的命令", "A command on the server")
    place = tree().get(unit)
    label = access.role(role).label if role in access.ROLES else Label(role, role)
    name = place.name if place else unit
    return Label(f"{name} · {label.zh}", f"{name} · {label.en}")


def times(counts: Mapping[str, int]) -> Label:
    """查看 3 次、显示证件号 1 次."""
    ordered = [(what, counts[what]) for what in LABELS if counts.get(what)]
    return Label(
        "、".join(f"{LABELS[w].zh} {n} 次" for w, n in ordered) or "—",
        ", ".join(f"{LABELS[w].en.lower()} {n}×" for w, n in ordered) or "—",
    )


def compartments(names: Iterable[str]) -> Label:
    """身份信息、法律文书."""
    known = [COMPARTMENTS[n] for n in names if n in COMPARTMENTS]
    return Label("、".join(k.zh for k in known) or "—", ", ".join(k.en.lower() for k in known) or "—")


def purpose(name: str) -> Text:
    """What a reading was for."""
    return access.PURPOSES.get(name, name)  # type: ignore[call-overload, no-any-return]


def since(period: str, now: datetime) -> datetime:
    """From when a list of that period begins."""
    return now - timedelta(days=PERIODS[period][0])
