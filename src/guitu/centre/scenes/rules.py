"""When a scene may not be opened, and which session out of a scene the gate does not take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.centre import protocols
from guitu.centre.scenes.model import SCENES, ScenePack
from guitu.centre.scenes.registry import house_packs
from guitu.kernel.labels import Label

METHOD: Final = "vr"


def barred(pack: ScenePack, counted: Sequence[Entry], on: date) -> Label | None:
    """Why this scene may not be opened for somebody on that day, or None: what bars VR bars it, and so does
    a contraindication that the pack names and the last screen does not answer with no."""
    why = protocols.barred(METHOD, counted, on)
    if why is not None:
        return why
    last = protocols.screen(METHOD, counted, on)
    if last is not None and any(last.get(name) != "no" for name in pack.screen):
        return Label(
            f"“{pack.label.zh}”另有禁忌：{last.happened_on.isoformat()} 的筛查里有一项不是“无”，不能打开。",
            f"“{pack.label.en}” asks for more: the screen of {last.happened_on.isoformat()} does not say"
            " no to all of it; not to be opened.",
        )
    return None


def refused(entry: Entry, counted: Sequence[Entry]) -> Label | None:
    """Why a session out of a pack of the house cannot be taken, or None. The gate reads no folder, so an
    office's own pack is looked at by the page that opens it; and where the answers of a screen are sealed
    to the gate, it knows of them only that the screen was clear."""
    pack = house_packs().get(str(entry.get("scene_pack") or ""))
    if entry.kind != "vr_session" or pack is None:
        return None
    if entry.get("phase") != pack.phase:
        return Label(
            f"“{pack.label.zh}”的阶段应为“{SCENES[pack.scene].zh}”。",
            f"“{pack.label.en}” is {SCENES[pack.scene].en}, and the phase should say so.",
        )
    others = [e for e in counted if e.id != entry.corrects]
    last = protocols.screen(METHOD, others, entry.happened_on)
    if last is not None and any(last.get(name) not in (None, "no") for name in pack.screen):
        return barred(pack, others, entry.happened_on)
    return None
