"""Named states of the pages of scenes. The person is invented."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from guitu.centre import protocols
from guitu.centre.scenes import ScenePack, house_packs
from guitu.kernel.labels import Label
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.pages.record import form as record
from guitu.web.pages.scenes import build, form, words
from guitu.web.pages.scenes.shown import BeforePage, PacksPage, ScenePage

_WHO: Final = Identity(
    "符某某", (Label("男 31 岁", "Male, 31"), Label("责任：一大队", "Responsible: Brigade 1"))
)
_CRUMBS: Final = Crumbs(
    (Crumb(Label("心理中心", "Psychology centre"), "#"), Crumb(Label("心理档案", "Psychological file")))
)
_NOT_TODAY: Final = Notice("barred", Label("今天不打开。先照应本人。", "Not today. See to the person first."))


def _pack(key: str) -> ScenePack:
    return house_packs()[key]


def _packs(*, wrong: bool = False) -> PacksPage:
    told = Label(
        "mine.yaml.steps[2].breathe：每分钟 2.0 次；应在 4 到 12 次之间",
        "mine.yaml.steps[2].breathe: 2.0 breaths a minute; from 4 to 12",
    )
    return PacksPage(_CRUMBS, build.table(tuple(house_packs().values())), (told,) if wrong else ())


def _before(*, unwell: bool = False, wrong: bool = False) -> BeforePage:
    pack = _pack("calm_shore")
    typed = {"operator": "林心", "craving_before": "150" if wrong else "40"}
    faults = {"craving_before": Label("应在 0 到 100 之间", "From 0 to 100")} if wrong else {}
    if unwell:
        typed["ask-unwell"] = "yes"
    before = form.Before(typed, faults, unwell)
    return BeforePage(
        _WHO,
        _CRUMBS,
        pack.label,
        pack.about,
        words.facts(pack),
        "#",
        str(UUID(int=5)),
        form.before_fields(pack, before),
        Button(Label("不做了", "Leave it"), href="#", look="link"),
        _NOT_TODAY if unwell else None,
        form.summary_of(faults, form.labels_of(pack)),
    )


def _scene(key: str) -> ScenePage:
    pack = _pack(key)
    return ScenePage(
        title=pack.label,
        who="符某某",
        about=pack.about,
        facts=words.facts(pack),
        place=pack.place,
        limit=protocols.LONGEST["vr"] * 60,
        action="#",
        back="#",
        id=str(UUID(int=6)),
        steps=build.steps(pack),
        fields=form.after_fields(record.Answers({})),
        carried=(("began", "09:30"),),
    )


def _sent() -> ScenePage:
    fault = Label("请写明看望人姓名。", "Name who saw the person afterwards.")
    typed = {"way": "screen", "minutes": "4", "ended": "stopped", "stop_reason": "request", "adverse": "none"}
    answers = record.Answers(typed, faults={"aftercare_by": fault})
    pack = _pack("calm_shore")
    return replace(
        _scene("calm_shore"),
        sent=True,
        steps=build.steps(pack, frozenset({"settle", "look"})),
        fields=form.after_fields(answers),
        summary=form.summary_of(answers.faults, form.labels_of(pack)),
    )


STATES: Final = (
    State("packs", Label("场景包", "Packs"), _packs),
    State("packs_wrong", Label("有一个文件没有读成", "One file is wrong"), lambda: _packs(wrong=True)),
    State("before", Label("开始以前", "Before"), _before),
    State("before_wrong", Label("填写有误", "Something wrong"), lambda: _before(wrong=True)),
    State("before_unwell", Label("今天不打开", "Not today"), lambda: _before(unwell=True)),
    State("relaxation", Label("放松", "Relaxation"), lambda: _scene("calm_shore")),
    State("refusal", Label("拒绝技巧", "Refusal skills"), lambda: _scene("on_the_way_home")),
    State("sent", Label("退回来补填", "Sent back"), _sent),
)
