"""Addresses of scenes, and sentences said in more than one place."""

from __future__ import annotations

from typing import Final

from guitu.centre import protocols
from guitu.centre.scenes import SCENES, ScenePack
from guitu.kernel.labels import Label

PACKS: Final = "/scenes/"
STOP_ANY_TIME: Final = Label(
    "随时可以停，不用说原因：按 Esc，或者按“停止”，或者摘下头戴设备。",
    "It may be stopped at any time, without a reason: press Esc or “Stop”, or take the headset off.",
)
NO_SCORE: Final = Label(
    "记下做到哪一步、歇了几次、什么时候停的；选了哪句话、说了什么不记，也没有对错。",
    "Kept are the steps done, the breaks and when it ended. What was chosen or said is not; none is wrong.",
)


def scene(case_no: str, key: str) -> str:
    """A scene for somebody."""
    return f"/psychology/{case_no}/scene/{key}/"


def length(seconds: int) -> Label:
    """How long, in minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return Label(f"{rest} 秒", f"{rest} s")
    if not rest:
        return Label(f"{minutes} 分钟", f"{minutes} min")
    return Label(f"{minutes} 分 {rest} 秒", f"{minutes} min {rest} s")


def facts(pack: ScenePack) -> tuple[Label, ...]:
    """What is to be known of a pack before it opens."""
    limit = protocols.LONGEST["vr"]
    kind, lasts = SCENES[pack.scene], length(pack.seconds)
    return (
        Label(
            f"{kind.zh} · 共 {len(pack.steps)} 步 · 约 {lasts.zh}；最长 {limit} 分钟，到时自己停。",
            f"{kind.en} · {len(pack.steps)} steps · about {lasts.en}; at most {limit} minutes, then it ends"
            " by itself.",
        ),
        STOP_ANY_TIME,
        NO_SCORE,
        Label(
            f"{pack.credit.zh} · {pack.licence.zh} · 第 {pack.version} 版",
            f"{pack.credit.en} · {pack.licence.en} · version {pack.version}",
        ),
    )
