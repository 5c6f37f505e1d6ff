"""What sort of device a session is open on, in two words: enough to know one's own again, no more.

The browser's own line is not kept. What is not recognised is called unknown; nothing is guessed.
"""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label

BROWSERS: Final = (  # the first that fits: each later one's word stands in an earlier one's line too
    ("wechat", "MicroMessenger", Label("微信", "WeChat")),
    ("edge", "Edg", Label("Edge 浏览器", "Edge")),
    ("opera", "OPR/", Label("Opera 浏览器", "Opera")),
    ("firefox", "Firefox/", Label("Firefox 浏览器", "Firefox")),
    ("chrome", "Chrome/", Label("Chrome 内核浏览器", "A Chromium browser")),
    ("safari", "Safari/", Label("Safari 浏览器", "Safari")),
)
SYSTEMS: Final = (
    ("iphone", "iPhone", Label("苹果手机", "iPhone")),
    ("ipad", "iPad", Label("苹果平板", "iPad")),
    ("harmony", "OpenHarmony", Label("鸿蒙设备", "HarmonyOS device")),
    ("android", "Android", Label("安卓手机或平板", "Android phone or tablet")),
    ("windows", "Windows", Label("Windows 电脑", "Windows computer")),
    ("mac", "Macintosh", Label("苹果电脑", "Mac")),
    ("linux", "Linux", Label("Linux 电脑（含麒麟、统信）", "Linux computer")),
)
UNKNOWN: Final = Label("未知设备", "Unknown device")

_LABELS: Final = {code: label for code, _, label in (*BROWSERS, *SYSTEMS)}


def device_of(user_agent: str) -> str:
    """The device's code: `chrome windows`; empty where nothing is recognised."""
    codes = [
        next((code for code, mark, _ in known if mark in user_agent), "") for known in (BROWSERS, SYSTEMS)
    ]
    return " ".join(code for code in codes if code)


def words_of(device: str) -> Label:
    """The code in words."""
    labels = [_LABELS[code] for code in device.split() if code in _LABELS]
    if not labels:
        return UNKNOWN
    return Label(
        "，".join(each.zh for each in reversed(labels)), ", ".join(each.en for each in reversed(labels))
    )
