"""Packs of scenes: what is read, what is refused and where the fault is said to be, for whom one opens."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from guitu.capabilities.protocols.entries import WAYS
from guitu.centre import protocols, scenes
from guitu.compose import kinds
from guitu.kernel.errors import DeclarationError
from tests.unit.test_protocols import DAY, entry, ready

MINE = """\
key: mine
version: 1
label: {zh: 院子里, en: In the yard}
about: {zh: 坐一会儿, en: Sitting a while}
scene: relaxation
place: shore
licence: {zh: 本所自编, en: Our own}
credit: {zh: 本所心理中心, en: Our centre}
last_checked: 2026-11-26
screen: [pregnancy]
ask:
  - {key: unwell, text: {zh: 不舒服吗？, en: "Unwell?"}}
steps:
  - {key: sit, seconds: 20, say: {zh: 坐好, en: Sit}}
  - {key: breathe, seconds: 60, breathe: {in: 4, out: 6}, say: {zh: 呼吸, en: Breathe}}
"""
REFUSAL = MINE.replace("relaxation", "refusal").replace(
    "breathe: {in: 4, out: 6},",
    "choices: [{key: a, say: {zh: 甲, en: A}}, {key: b, own: true, say: {zh: 乙, en: B}}],",
)


def wrong(text: str) -> str:
    with pytest.raises(DeclarationError) as said:
        scenes.read_pack(text, "mine.yaml")
    return f"{said.value.where}: {said.value.label.en}"


def test_every_pack_of_the_house_is_read_and_both_kinds_of_scene_are_there() -> None:
    packs = scenes.house_packs().values()
    assert {pack.scene for pack in packs} == set(scenes.SCENES)
    for pack in packs:
        assert pack.seconds <= protocols.LONGEST["vr"] * 60
        assert {"epilepsy", "light_seizure"} <= set(pack.screen)
        assert pack.ask, "something is asked on the day"


def test_the_pace_of_breathing_is_declared_and_worked_out() -> None:
    pack = scenes.read_pack(MINE, "mine.yaml")
    breath = pack.steps[1].breath
    assert breath is not None
    assert breath.per_minute == 6
    assert pack.seconds == 80


def test_a_refusal_scene_that_does_not_let_the_person_speak_is_none() -> None:
    assert scenes.read_pack(REFUSAL, "mine.yaml").steps[1].choices[1].own
    assert "in their own words" in wrong(REFUSAL.replace("own: true, ", ""))


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        (("place: shore", "place: shroe"), "mine.yaml.place", "shore"),
        (("seconds: 20", "second: 20"), "mine.yaml.steps[1]", "seconds"),
        (("in: 4, out: 6", "in: 10, out: 20"), "mine.yaml.steps[2].breathe", "2.0 breaths"),
        (("in: 4, out: 6", "in: 2, out: 2"), "mine.yaml.steps[2].breathe", "15.0 breaths"),
        (("in: 4, out: 6", "in: 4, hold: 9, out: 6"), "mine.yaml.steps[2].breathe", "hold"),
        (("seconds: 60", "seconds: 1300"), "mine.yaml.steps", "20 minutes"),
        (("[pregnancy]", "[pregnency]"), "mine.yaml.screen", "pregnancy"),
        (("key: breathe", "key: sit"), "mine.yaml.steps", "twice"),
        (("version: 1", "version: 0"), "mine.yaml.version", "begin with 1"),
        (("{zh: 坐好, en: Sit}", "{zh: 坐好}"), "mine.yaml.steps[1].say", "en"),
        (("licence:", "license:"), "mine.yaml", "licence"),
    ],
)
def test_a_fault_is_named_with_its_file_its_key_and_the_nearest_word(
    change: tuple[str, str], place: str, says: str
) -> None:
    said = wrong(MINE.replace(*change))
    assert said.startswith(place + ":"), said
    assert says in said


def test_a_choice_leads_to_a_later_step_only() -> None:
    back = REFUSAL.replace("{key: a, say", "{key: a, then: sit, say")
    assert "sit" in wrong(back)


def test_a_wrong_file_of_an_office_keeps_out_neither_the_others_nor_the_house(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("key: broken\nsteps: [", encoding="utf-8")
    (tmp_path / "other.yaml").write_text(MINE, encoding="utf-8")
    (tmp_path / "calm_shore.yaml").write_text(MINE.replace("key: mine", "key: calm_shore"), encoding="utf-8")
    packs, faults = scenes.read_folder(tmp_path, frozenset(scenes.house_packs()))
    assert [pack.key for pack in packs] == ["mine"]
    assert [fault.where for fault in faults] == ["broken.yaml", "calm_shore.yaml.key", "other.yaml.key"]


# ── for whom it opens ─────────────────────────────────────────────────────────────────────────────


def test_what_bars_vr_bars_a_scene_and_so_does_what_the_pack_adds() -> None:
    pack = scenes.read_pack(MINE, "mine.yaml")
    assert scenes.barred(pack, ready("vr"), DAY) is None
    assert "no consent" in str(scenes.barred(pack, ready("vr")[1:], DAY))
    carrying = ready("vr", pregnancy="yes")
    assert protocols.barred("vr", carrying, DAY) is None
    why = scenes.barred(pack, carrying, DAY)
    assert why is not None
    assert "asks for more" in why.en


def test_a_screen_of_long_ago_opens_nothing() -> None:
    pack = scenes.house_packs()["calm_shore"]
    assert "days old" in str(scenes.barred(pack, ready("vr"), DAY + timedelta(days=40)))


def test_the_gate_refuses_a_session_out_of_a_pack_that_was_not_for_this_person() -> None:
    usual = {"ended": "completed", "adverse": "none", "scene_pack": "calm_shore", "phase": "relax"}
    withdrawing = ready("vr", seizure_risk="unknown")
    assert "asks for more" in str(scenes.refused(entry(9, "vr_session", DAY, **usual), withdrawing))
    assert scenes.refused(entry(9, "vr_session", DAY, **usual), ready("vr")) is None
    assert scenes.refused(entry(9, "vr_session", DAY, **usual | {"phase": "exposure"}), ready("vr"))


def test_a_session_of_the_first_version_means_what_it_meant() -> None:
    kind = kinds()["vr_session"]
    old = {"phase": "relax", "minutes": 20, "craving_before": 5, "ended": "completed", "adverse": "none",
           "operator": "林心"}  # fmt: skip
    assert kind.upgrade is not None
    assert kind.faults(kind.upgrade(old)) == []


def test_what_a_scene_records_belongs_together() -> None:
    kind = kinds()["vr_session"]
    base = {"phase": "relax", "minutes": 20, "craving_before": 5, "ended": "completed", "adverse": "none",
            "operator": "林心"}  # fmt: skip
    assert {f.field for f in kind.faults(base | {"way": WAYS[0]})} == {"scene_pack", "scene_version"}
    assert {f.field for f in kind.faults(base | {"breaks": 1})} == {"breaks"}
    whole = base | {"way": "screen", "scene_pack": "calm_shore", "scene_version": 1, "began": "14:05"}
    assert kind.faults(whole) == []
