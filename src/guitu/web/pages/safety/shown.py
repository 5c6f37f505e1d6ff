"""How long has nothing of the six classes happened, what nearly did, and what is owed for it? And on a phone:
where does my round lead next?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.tabs.component import Tabs
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Section


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the six classes: days since the last, when it was, how many this year, the near misses beside
    it. `days` is None where none was ever recorded."""

    label: Text
    days: int | None
    last: Text
    year: Text
    near: Text
    href: str
    near_href: str


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """The board of one centre, or of one part of it. `parts` are the other pages of the safety centre."""

    title: Text
    lead: Text
    tiles: tuple[Tile, ...]
    parts: Tabs
    sections: tuple[Section, ...] = ()
    buttons: tuple[Button, ...] = ()
    notices: tuple[Notice, ...] = ()
    crumbs: None = None
    tabs: None = None
    summary: None = None
    periods: None = None
    printed: str = ""

    @property
    def says(self) -> dict[str, Label]:
        """Words of the board."""
        return {
            "heading": Label("六无：距上一次的天数", "The six classes: days since the last"),
            "days": Label("天", "days"),
            "never": Label("没有登记过", "None recorded"),
            "beside": Label(
                "险些发生的与已发生的并列：只奖励零的，得到的是不报。",
                "Near misses stand beside what happened: who rewards zeros only is told zeros.",
            ),
        }


@dataclass(frozen=True, slots=True)
class Stop:
    """One checkpoint of a round and whether it was reached."""

    name: str
    place: str
    word: Word


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round that is being walked: what was reached, a box for a code, and ending it."""

    TEMPLATE: ClassVar = "round"

    title: Text
    lead: Text
    stops: tuple[Stop, ...]
    code: Field
    fields: tuple[Field, ...]
    end: Button
    give_up: Button | None
    mark_at: str
    action: str
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None

    @property
    def says(self) -> dict[str, Label]:
        """Words of the page."""
        return {
            "scan": Label(
                "用手机相机扫下一个巡查点的码，打开后按“到点”。",
                "Scan the next checkpoint's code with the phone's camera, open it and press “Reached”.",
            ),
            "nfc": Label("读 NFC 标签", "Read an NFC tag"),
            "ready": Label("把手机贴近标签。", "Hold the phone to the tag."),
            "failed": Label(
                "这台手机读不了，请扫码或者手输。", "This phone cannot read it: scan or type the code."
            ),
            "mark": Label("到点", "Reached"),
            "stops": Label("巡查点", "Checkpoints"),
            "end": Label("结束", "Ending it"),
            "kept": Label(
                "结束前的到点随账号保存：退出登录、换一部手机都可以接着巡。",
                "What was reached is kept with your account until it is ended: sign out or change phones,"
                " and go on.",
            ),
        }


@dataclass(frozen=True, slots=True)
class Start:
    """A plan that may be begun here: its name, its entry, and the id of the round to be."""

    plan: Text
    entry: str
    id: str


@dataclass(frozen=True, slots=True)
class PointPage:
    """What a code on a wall leads to. `marked` is when it was reached in this round."""

    TEMPLATE: ClassVar = "point"

    title: Text
    place: str
    look: tuple[str, ...]
    action: str
    code: str
    starts: tuple[Start, ...]
    walking: bool
    marked: str
    hazard: str

    @property
    def says(self) -> dict[str, Label]:
        """Words of the page."""
        return {
            "mark": Label("到点", "Reached"),
            "marked": Label(f"{self.marked} 已到", f"Reached at {self.marked}"),
            "back": Label("回到巡查", "Back to the round"),
            "hazard": Label("登记隐患", "Record a hazard"),
            "start": Label("开始巡查并到点", "Begin the round here"),
            "none": Label(
                "您没有正在走的巡查，这个点也不在您的计划里。",
                "You are walking no round, and no plan of yours leads past this checkpoint.",
            ),
            "look": Label("到了看什么", "What to look at"),
            "patrol": Label("巡查", "Patrol"),
        }


@dataclass(frozen=True, slots=True)
class Code:
    """One checkpoint to be printed: its name, where it hangs, the picture, and the code to be typed."""

    name: str
    place: str
    picture: SafeString
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class CodesPage:
    """The checkpoints' codes on paper, to be cut out and hung."""

    TEMPLATE: ClassVar = "codes"

    title: Text
    lead: Text
    codes: tuple[Code, ...]
    back: Button

    @property
    def says(self) -> dict[str, Label]:
        """Words of the page."""
        return {
            "tag": Label("写入 NFC 标签", "Write an NFC tag"),
            "ready": Label("把标签贴近手机。", "Hold the tag to the phone."),
            "done": Label("已写入。", "Written."),
            "failed": Label("没有写入。", "Not written."),
        }
