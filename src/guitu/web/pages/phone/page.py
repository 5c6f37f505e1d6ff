"""The worker's phone: one page that stays on the device and works for days without a network.

What is on it is made by the device itself, of what it fetched (docs/reference/phone-sync.md) and of what was
written there. The page holds nothing of anybody, so that it may be kept on a device before somebody signs in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State


@dataclass(frozen=True, slots=True)
class Phone:
    """`version` is a digest of everything that the device keeps of the page."""

    version: str
    title: Label = Label("归途手机版", "Guitu on the phone")  # noqa: RUF009 - Label is frozen

    @property
    def opening(self) -> Label:
        """What stands there before the script does."""
        return Label("正在打开…", "Opening…")

    @property
    def without_script(self) -> Label:
        """What to do in a browser that runs no script."""
        return Label(
            "手机版要在本机加密保存，需要浏览器脚本。没有脚本时，请使用网页版。",
            "The phone version encrypts what it keeps, which needs scripts."
            " Without them, use the ordinary pages.",
        )

    @property
    def to_pages(self) -> Label:
        """The link to the ordinary pages."""
        return Label("打开网页版", "Open the ordinary pages")


STATES: Final = (State("opening", Label("正在打开", "Opening"), Phone("0")),)
