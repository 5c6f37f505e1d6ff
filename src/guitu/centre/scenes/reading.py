"""Packs of scenes read from YAML: a closed set of keys, and every fault one sentence that names its place."""

from __future__ import annotations

import re
from typing import Any, Final, cast

from guitu.centre import protocols
from guitu.centre.scenes.model import (
    FIGURES,
    PLACES,
    SCENES,
    Breath,
    Choice,
    Place,
    Question,
    Scene,
    ScenePack,
    Step,
)
from guitu.kernel.errors import unknown_key
from guitu.policy.schema import Section, fault, load_yaml, read_all

MOST_STEPS: Final = 40
MOST_CHOICES: Final = 5
SLOWEST, QUICKEST = 4, 12
"""Breaths in a minute that a pack may pace. Our own bounds: slow enough to calm, not so slow that anybody has
to strain for it."""
LONGEST_HOLD: Final = 4
"""Seconds of holding the breath. Our own bound: whoever is unwell should not have to hold it."""
_KEY: Final = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


def read_pack(text: str, where: str) -> ScenePack:
    """One pack from the text of its file. Raises DeclarationError: file and key, and the nearest known."""
    top = Section(load_yaml(text, where), where)
    key = _key(top)
    steps = read_all(top.items("steps"), f"{where}.steps", _step)
    known = sorted({name for names in protocols.STOPS.values() for name in names})
    screen = tuple(str(name) for name in top.items("screen", []))
    for name in screen:
        if name not in known:
            raise unknown_key(name, known, where=f"{where}.screen")
    pack = ScenePack(
        key=key,
        version=top.whole("version"),
        label=top.label("label"),
        about=top.label("about"),
        scene=cast(Scene, top.word("scene", SCENES)),
        place=cast(Place, top.word("place", PLACES)),
        licence=top.label("licence"),
        credit=top.label("credit"),
        last_checked=top.day("last_checked"),
        screen=screen,
        ask=read_all(top.items("ask", []), f"{where}.ask", _question),
        steps=steps,
    )
    top.close()
    _sensible(pack, where)
    return pack


def _key(section: Section) -> str:
    key = str(section.text("key"))
    if not _KEY.match(key):
        raise fault(
            f"{section.where}.key",
            f"“{key}”只能用小写字母、数字和下划线，以字母开头",
            f"“{key}” may hold a-z, 0-9 and _, and begins with a letter",
        )
    return key


def _question(value: Any, where: str) -> Question:
    section = Section(value, where)
    found = Question(_key(section), section.label("text"))
    section.close()
    return found


def _step(value: Any, where: str) -> Step:
    section = Section(value, where)
    found = Step(
        key=_key(section),
        say=section.label("say"),
        seconds=section.whole("seconds"),
        breath=_breath(section.section("breathe")) if section.has("breathe") else None,
        choices=read_all(section.items("choices", []), f"{where}.choices", _choice),
        figure=section.word("figure", FIGURES, "none"),
    )
    section.close()
    if found.seconds < 1:
        raise fault(f"{where}.seconds", "至少 1 秒", "at least one second")
    if found.breath is not None and found.choices:
        raise fault(
            where, "一步里不能又有呼吸又有选择", "a step has a pace of breathing or choices, not both"
        )
    if found.choices and not 2 <= len(found.choices) <= MOST_CHOICES:
        raise fault(
            f"{where}.choices", f"选择应有 2 到 {MOST_CHOICES} 个", f"from 2 to {MOST_CHOICES} choices"
        )
    return found


def _breath(section: Section) -> Breath:
    found = Breath(section.whole("in"), section.whole("hold", 0), section.whole("out"))
    section.close()
    if found.breathe_in < 1 or found.breathe_out < 1 or not 0 <= found.hold <= LONGEST_HOLD:
        raise fault(
            section.where,
            f"吸气、呼气至少 1 秒，屏气 0 到 {LONGEST_HOLD} 秒",
            f"at least a second in and out, and a hold of 0 to {LONGEST_HOLD}",
        )
    if not SLOWEST <= found.per_minute <= QUICKEST:
        raise fault(
            section.where,
            f"每分钟 {found.per_minute:.1f} 次；应在 {SLOWEST} 到 {QUICKEST} 次之间",
            f"{found.per_minute:.1f} breaths a minute; from {SLOWEST} to {QUICKEST}",
        )
    return found


def _choice(value: Any, where: str) -> Choice:
    section = Section(value, where)
    found = Choice(
        key=_key(section),
        say=section.label("say"),
        reply=section.label("reply", None),
        then=section.text("then", ""),
        own=section.truth("own", False),
    )
    section.close()
    return found


def _sensible(pack: ScenePack, where: str) -> None:
    """What makes no sense as a whole."""
    if pack.version < 1:
        raise fault(f"{where}.version", "version 从 1 起", "versions begin with 1")
    if not 1 <= len(pack.steps) <= MOST_STEPS:
        raise fault(f"{where}.steps", f"应有 1 到 {MOST_STEPS} 步", f"from 1 to {MOST_STEPS} steps")
    longest = protocols.LONGEST["vr"]
    if pack.seconds > longest * 60:
        raise fault(
            f"{where}.steps",
            f"合计 {pack.seconds} 秒，超过方案规定的 {longest} 分钟",
            f"{pack.seconds} seconds in all, more than the {longest} minutes of the protocol",
        )
    _unrepeated([question.key for question in pack.ask], f"{where}.ask")
    _unrepeated(list(pack.step_keys), f"{where}.steps")
    for place, step in enumerate(pack.steps):
        _unrepeated([choice.key for choice in step.choices], f"{where}.steps[{place + 1}].choices")
        later = pack.step_keys[place + 1 :]
        for choice in step.choices:
            if choice.then and choice.then not in later:
                raise unknown_key(choice.then, later, where=f"{where}.steps[{place + 1}].{choice.key}.then")
    if pack.scene == "refusal" and not any(choice.own for step in pack.steps for choice in step.choices):
        raise fault(
            f"{where}.steps",
            "拒绝技巧的场景至少有一处让本人用自己的话回答（own: true）",
            "in a refusal scene the person answers in their own words at least once (own: true)",
        )


def _unrepeated(keys: list[str], where: str) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise fault(where, f"key“{key}”写了两次", f"the key “{key}” is written twice")
