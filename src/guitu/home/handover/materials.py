"""What belongs to the package that goes along, by occasion, and what of it is missing.

The lists are ours. What the law asks for by itself (a certificate, three days' notice, an agreement) is its
own duty with its own article; here stands only what a receiver needs in order to begin. Nothing is ticked by
hand: a line is there when the file has the entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.home.handover.baton import Occasion
from guitu.kernel.labels import Label

Found = Literal["there", "missing", "hidden", "not_needed"]


@dataclass(frozen=True, slots=True)
class Material:
    """One thing of the package: the kind of entry that it is, with an answer that it must have. `unless` is a
    kind whose presence means that it is not needed. `compartment` is where it stands."""

    name: str
    label: Label
    kind: str
    compartment: str
    where: tuple[str, str] | None = None
    cites: tuple[str, ...] = ()


_PERSON: Final = Material("person", Label("身份信息", "Who the person is"), "person", "identity")
_ORDER: Final = Material("order", Label("决定书", "The order"), "order", "legal")
_SERVED: Final = Material("served", Label("送达", "That it was served"), "served", "legal")

MATERIALS: Final[Mapping[Occasion, tuple[Material, ...]]] = {
    "release": (
        _PERSON,
        _ORDER,
        Material("notice", Label("解除前通知决定机关", "Notice to the deciding organ"), "release_notice",
                 "legal", cites=("戒毒条例#34",)),
        Material("assessed", Label("期满前诊断评估", "Assessment before expiry"), "assessment", "legal",
                 ("stage", "before_expiry"), ("禁毒法#47",)),
        Material("certificate", Label("解除证明书", "Certificate of release"), "paper_made", "legal",
                 ("paper", "certificate"), ("戒毒条例#34",)),
        Material("letter", Label("出所衔接函", "Hand-over letter"), "paper_made", "legal",
                 ("paper", "handover_letter")),
        Material("belongings", Label("返还代管物品", "Belongings returned"), "belongings_returned", "custody",
                 cites=("戒毒条例#28",)),
    ),
    "to_justice": (
        _PERSON,
        _ORDER,
        _SERVED,
        Material("family", Label("通知家属", "Family told"), "family_notified", "legal",
                 cites=("禁毒法#40",)),
        Material("admission", Label("公安所入所", "Admission to the police centre"), "admission", "custody",
                 ("place", "police_centre"), ("戒毒条例#27",)),
        Material("health", Label("入所健康检查", "Health at admission"), "intake_health", "medical"),
    ),
    "move": (
        _PERSON,
        _ORDER,
        _SERVED,
        Material("reported", Label("报到记录", "That the person reported"), "reporting_in", "legal",
                 cites=("戒毒条例#14",)),
        Material("agreement", Label("社区戒毒（康复）协议", "The agreement"), "agreement", "support",
                 cites=("戒毒条例#16",)),
        Material("tests", Label("检测记录", "Tests"), "urine_test", "legal"),
    ),
}  # fmt: skip
KINDS: Final = frozenset(one.kind for many in MATERIALS.values() for one in many)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a package as it stands: the entry that it is, if the reader may see it."""

    material: Material
    found: Found
    entry: Entry | None = None


def package(
    counted: Sequence[Entry], about: Occasion, sees: frozenset[str], there: frozenset[str] = frozenset()
) -> tuple[Line, ...]:
    """The package of one file. `counted` are the entries that the reader sees; `sees` the compartments; of
    those in `there` only that they exist may be said (what everybody sees who sees the file)."""
    lines = []
    for one in MATERIALS[about]:
        if one.compartment not in sees and one.kind not in there:
            lines.append(Line(one, "hidden"))
            continue
        entry = _latest(counted, one)
        lines.append(Line(one, "missing" if entry is None else "there", entry))
    return tuple(lines)


def missing(lines: Sequence[Line]) -> tuple[Material, ...]:
    """What is not there."""
    return tuple(line.material for line in lines if line.found == "missing")


def _latest(counted: Sequence[Entry], one: Material) -> Entry | None:
    wanted = one.where
    found = [e for e in counted if e.kind == one.kind and (not wanted or e.get(wanted[0]) == wanted[1])]
    return max(found, key=lambda e: (e.happened_on, e.recorded_at), default=None)
