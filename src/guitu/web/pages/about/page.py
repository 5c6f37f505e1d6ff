"""Help: whose system this is, what it will not do, its keys. The smallest page: the pattern for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or keys, and what they do."""

    keys: tuple[str, ...]
    does: Label


@dataclass(frozen=True, slots=True)
class About:
    """`office` is the unit that answers for this installation, if it has said so; `phone` its telephone."""

    version: str
    office: str = ""
    phone: str = ""
    title: Label = Label("关于归途", "About Guitu")  # noqa: RUF009 - Label is frozen

    @property
    def keys(self) -> tuple[Key, ...]:
        """What the keyboard can do beside Tab and Enter."""
        return KEYS

    @property
    def will_not(self) -> tuple[Label, ...]:
        """What this system does not do; decisions, not gaps."""
        return WILL_NOT


KEYS: Final = (
    Key(("/",), Label("跳到查找框", "Go to the search box")),
    Key(("g", "t"), Label("打开今日", "Open Today")),
    Key(("g", "p"), Label("打开人员", "Open People")),
    Key(("Enter",), Label("登记表中：到下一格", "In an entry form: next box")),
    Key(("Ctrl", "Enter"), Label("登记表中：保存", "In an entry form: save")),
)

WILL_NOT: Final = (
    Label("不定位、不人脸识别、不监控手机。", "No location tracking, face recognition or phone monitoring."),
    Label("不给任何人打复吸或危险性分数。", "No score that predicts relapse or dangerousness."),
    Label(
        "不自动作出违反、限制自由的决定；系统只提示，由具名的人决定。",
        "No automatic breach or detention decision: it advises, a named officer decides.",
    ),
    Label(
        "不存个人涉案情报；公安数字只收已公布的汇总数。",
        "No person-level police intelligence; police figures enter only as published totals.",
    ),
    Label("不把健康信息提供给公安机关或用人单位。", "No feed of health data to police or employers."),
    Label(
        "法律规定的期限一到，不再把任何人留在名单上。",
        "Nobody is kept on a list past the day the law ends it.",
    ),
)

STATES: Final = (
    State("plain", Label("未填责任单位", "No office named"), About("0.1.0")),
    State(
        "office",
        Label("已填责任单位", "Office named"),
        About("0.1.0", "示例县禁毒委员会办公室", "0000-12345678"),
    ),
)
