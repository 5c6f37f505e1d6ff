"""Which photos and signatures belong to this file, and to which entry each?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.identity.component import Identity
from guitu.web.components.pager.component import Pager

TITLE: Final = Label("照片和签名", "Photos and signatures")
WHATS: Final = {
    "photo": Label("照片", "Photo"),
    "signature": Label("签名", "Signature"),
    "paper": Label("文件（PDF）", "Document (PDF)"),
}
States = Literal["there", "coming", "gone"]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what it is, its address, what is said of it to who cannot see it; or that it has not come
    from the phone yet (`coming`), or that its key was destroyed (`gone`). A `paper` is taken along, not
    shown."""

    what: Text
    says: Text
    state: States
    href: str = ""
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The pictures of one entry: what it is, its day, who wrote it, where it stands in the history."""

    kind: Text
    on: date
    author: str
    href: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class PicturesPage:
    """The page."""

    identity: Identity
    lead: Text
    groups: tuple[Group, ...]
    back: Button
    pager: Pager | None = None
    empty: Empty | None = None
    title: Label = TITLE
    coming: Label = Label("还没有从手机送到", "Has not come from the phone yet")  # noqa: RUF009 - Label is frozen
    gone: Label = Label("密钥已按规定销毁，看不到了", "Its key was destroyed: it cannot be seen any more")  # noqa: RUF009 - Label is frozen


def lead(count: int, coming: int) -> Label:
    """How many there are, in one line."""
    zh = f"共 {count} 张" + (f"，{coming} 张还没有送到" if coming else "")
    en = f"{count} in all" + (f", {coming} not come yet" if coming else "")
    return Label(zh, en)


NONE: Final = Label(
    "还没有照片。工作人员在手机上登记时可以拍照、请本人签名，送到后在这里看。",
    "There is none yet. Photos and signatures are taken with an entry on the worker's phone, and stand here"
    " once they have come.",
)
_WHO: Final = Identity("符某某", (Label("男 41 岁", "Male, 41"),))
_BACK: Final = Button(Label("回到档案", "Back to the file"), "#", "link")
_DOT: Final = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def _one(what: str, state: States = "there") -> Picture:
    says = Label(f"{WHATS[what].zh}，2026-11-20 联系", f"{WHATS[what].en}, contact of 2026-11-20")
    return Picture(WHATS[what], says, state, _DOT if state == "there" else "")


STATES: Final = (
    State(
        "some", Label("有照片", "Some"),
        PicturesPage(
            _WHO, lead(4, 1),
            (
                Group(Label("联系", "Contact attempt"), date(2026, 11, 20), "李晓梅", "#",
                      (_one("photo"), _one("photo", "coming"), _one("signature"))),
                Group(Label("社区执行协议", "Agreement"), date(2025, 3, 14), "李晓梅", "#",
                      (_one("signature", "gone"),)),
            ),
            _BACK,
        ),
    ),
    State("none", Label("没有", "None"), PicturesPage(_WHO, lead(0, 0), (), _BACK, empty=Empty(NONE))),
)  # fmt: skip
