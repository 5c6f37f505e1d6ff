"""From packs to what the pages show of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guitu.casefile import Entry
from guitu.centre import scenes
from guitu.centre.scenes import PLACES, SCENES, ScenePack, Step, house_packs
from guitu.compose import kinds
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.scenes import words
from guitu.web.pages.scenes.shown import ChoiceShown, StepShown


def steps(pack: ScenePack, done: frozenset[str] = frozenset()) -> tuple[StepShown, ...]:
    """The steps of a pack, in order."""
    return tuple(_step(step, step.key in done) for step in pack.steps)


def _step(step: Step, done: bool) -> StepShown:
    breath = step.breath
    return StepShown(
        key=step.key,
        say=step.say,
        seconds=step.seconds,
        length=words.length(step.seconds),
        breath=(breath.breathe_in, breath.hold, breath.breathe_out) if breath else None,
        pace=pace(step),
        choices=tuple(ChoiceShown(c.say, c.reply or "", c.then, c.own) for c in step.choices),
        figure=step.figure,
        done=done,
    )


def pace(step: Step) -> Text:
    """The pace of breathing of a step, in words."""
    breath = step.breath
    if breath is None:
        return ""
    hold_zh = f"，停 {breath.hold} 秒" if breath.hold else ""
    hold_en = f", hold {breath.hold} s" if breath.hold else ""
    rate = (
        f"{breath.per_minute:g}"
        if breath.per_minute == int(breath.per_minute)
        else f"{breath.per_minute:.1f}"
    )
    return Label(
        f"吸 {breath.breathe_in} 秒{hold_zh}，呼 {breath.breathe_out} 秒，每分钟 {rate} 次",
        f"in {breath.breathe_in} s{hold_en}, out {breath.breathe_out} s, {rate} a minute",
    )


def table(known: Sequence[ScenePack]) -> Table:
    """Every pack: what it is, how long, whom it is not for, whose it is."""
    screen = kinds()["protocol_screen"]
    rows = []
    for pack in known:
        asked = [screen.ask(name).label for name in pack.screen]
        own = pack.key not in house_packs()
        rows.append(
            Row(
                (
                    Cell(pack.label, sub=pack.about),
                    Label(
                        f"{SCENES[pack.scene].zh} · {PLACES[pack.place].zh}",
                        f"{SCENES[pack.scene].en} · {PLACES[pack.place].en}",
                    ),
                    Cell(
                        words.length(pack.seconds),
                        sub=Label(f"{len(pack.steps)} 步", f"{len(pack.steps)} steps"),
                    ),
                    Label("；".join(a.zh for a in asked) or "—", "; ".join(a.en for a in asked) or "—"),
                    Cell(
                        Label("本单位", "This office") if own else Label("系统自带", "Of the house"),
                        sub=Label(f"第 {pack.version} 版 · {pack.licence.zh}",
                                  f"version {pack.version} · {pack.licence.en}"),
                    ),
                )
            )
        )  # fmt: skip
    return Table(
        Label("可以打开的场景", "Scenes that can be opened"),
        (
            Column(Label("场景", "Scene"), phone="lead"),
            Column(Label("种类", "Kind")),
            Column(Label("时长", "Length")),
            Column(Label("筛查须为“无”", "The screen must say no to")),
            Column(Label("来源", "Whose")),
        ),
        tuple(rows),
        (Label(f"共 {len(rows)} 个", f"{len(rows)} packs"),),
        id="packs",
    )


def wrong(fault: DeclarationError) -> Label:
    """What is wrong with a file, and where."""
    return Label(f"{fault.where}：{fault.label.zh}", f"{fault.where}: {fault.label.en}")


def offered(
    case_no: str, known: Sequence[ScenePack], counted: Sequence[Entry], on: date
) -> tuple[tuple[Word, Text, Button | None], ...]:
    """Each pack for one person: it can be opened, or why it cannot."""
    found: list[tuple[Word, Text, Button | None]] = []
    for pack in known:
        why = scenes.barred(pack, counted, on)
        kind = SCENES[pack.scene]
        lasts = words.length(pack.seconds)
        if why is not None:
            found.append((Word("barred", pack.label), why, None))
        else:
            found.append(
                (
                    Word("open", pack.label),
                    Label(
                        f"{kind.zh} · {lasts.zh}。{pack.about.zh}", f"{kind.en} · {lasts.en}. {pack.about.en}"
                    ),
                    Button(
                        Label("打开", "Open"),
                        href=words.scene(case_no, pack.key),
                        look="small",
                        describes=pack.label,
                    ),
                )
            )
    return tuple(found)
