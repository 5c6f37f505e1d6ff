"""VR and TMS: when a session may not take place, and when somebody must be seen after it.

Pure; the gate asks `refused` before it takes a session, so that no page, file or partner gets round it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from guitu.casefile import Entry, Value
from guitu.kernel.labels import Label

SESSIONS: Final[Mapping[str, str]] = {"vr_session": "vr", "tms_session": "tms"}
"""The kinds of sessions, and the method of each."""

METHODS: Final[Mapping[str, Label]] = {
    "vr": Label("虚拟现实（VR）", "Virtual reality (VR)"),
    "tms": Label("经颅磁刺激（TMS）", "Magnetic stimulation (TMS)"),
}

STOPS: Final[Mapping[str, tuple[str, ...]]] = {
    "tms": (
        "epilepsy", "implant", "metal", "head_injury", "pregnancy", "seizure_risk", "psychosis", "heart",
    ),
    "vr": ("epilepsy", "psychosis", "heart", "light_seizure"),
}  # fmt: skip
"""What stops which method, answered yes or not known. For TMS after the safety guidelines of the IFCN (Rossi
and others, Clin Neurophysiol 2009 and 2021), read strictly: whoever is held here has no hurry to be treated
with it, so that what the guidelines leave to the physician's balance stops it too."""

KNOWN_FOR: Final = timedelta(days=30)
"""How long a screen holds; then it is asked anew. Our own caution: no source sets a number."""

LONGEST: Final[Mapping[str, int]] = {"vr": 20}
"""After so many minutes a scene ends by itself, whether or not its steps are done. Our own number, against
tiring and sickness: a pack that lasts longer is not read."""

NO_AFTERCARE: Final = frozenset({"technical", "limit"})
"""Why a session may have been stopped without anybody being unwell."""

RISE: Final = 20
"""A rise in craving or distress of so many points (of 100) after which somebody sees the person. Our own
number: it is a site's to set lower, and the person may ask for it at any rise."""


def stopping(method: str, answers: Mapping[str, Value]) -> tuple[str, ...]:
    """The contraindications of the method that hold or are not known."""
    return tuple(name for name in STOPS.get(method, ()) if answers.get(name) != "no")


def screen_wrong(entry: Entry) -> Label | None:
    """Why a screen cannot say what it says: clear, though something stops it."""
    method = str(entry.get("method"))
    asked = [name for name in STOPS.get(method, ()) if entry.get(name) is not None]
    stops = [name for name in asked if entry.get(name) != "no"]
    if entry.get("cleared") == "yes" and stops:
        return Label(
            "有禁忌症或者没有弄清楚的，不能写“可以进行”。",
            "With a contraindication, or one that is not known, it cannot be clear.",
        )
    if entry.get("cleared") == "no" and asked and not stops:
        return Label("没有禁忌症，却写了“不可以进行”。", "It says not clear, and nothing stops it.")
    return None


def consent(method: str, counted: Iterable[Entry]) -> Entry | None:
    """The consent in force to a method: the latest free one, not withdrawn since."""
    found: Entry | None = None
    for entry in sorted(counted, key=lambda e: (e.happened_on, e.recorded_at)):
        if entry.get("method") != method:
            continue
        if entry.kind == "protocol_consent":
            found = entry if entry.get("voluntary") == "yes" else None
        elif entry.kind == "protocol_withdrawn":
            found = None
    return found


def screen(method: str, counted: Iterable[Entry], on: date) -> Entry | None:
    """The latest screen for a method on or before a day, clear or not, however old."""
    screens = [
        e
        for e in counted
        if e.kind == "protocol_screen" and e.get("method") == method and e.happened_on <= on
    ]
    return max(screens, key=lambda e: (e.happened_on, e.recorded_at), default=None)


def barred(method: str, counted: Sequence[Entry], on: date) -> Label | None:
    """Why no session of this method may take place on that day, or None."""
    name = METHODS[method]
    so_far = [e for e in counted if e.happened_on <= on]
    if consent(method, so_far) is None:
        return Label(
            f"{name.zh}：没有本人有效的同意（或者已经撤回），不能进行。",
            f"{name.en}: no consent of the person is in force (or it was withdrawn); not to be done.",
        )
    last = screen(method, so_far, on)
    if last is None:
        return Label(
            f"{name.zh}：还没有做禁忌症筛查，不能进行。",
            f"{name.en}: contraindications were not asked yet; not to be done.",
        )
    if last.get("cleared") != "yes":
        return Label(
            f"{name.zh}：{last.happened_on.isoformat()} 的筛查有禁忌症，不能进行。",
            f"{name.en}: the screen of {last.happened_on.isoformat()} found a contraindication.",
        )
    if on - last.happened_on > KNOWN_FOR:
        return Label(
            f"{name.zh}：禁忌症筛查已过 {KNOWN_FOR.days} 天，先重新筛查。",
            f"{name.en}: the screen is more than {KNOWN_FOR.days} days old; ask anew first.",
        )
    if any(e.kind in SESSIONS and e.get("adverse") == "seizure" for e in so_far):
        return Label(
            f"{name.zh}：以往治疗中发生过抽搐，不能进行。",
            f"{name.en}: a seizure happened in an earlier session; not to be done.",
        )
    return None


def needs_aftercare(fields: Mapping[str, Value]) -> bool:
    """Whether a named person has to see the person after this session."""
    if fields.get("adverse") not in (None, "none"):
        return True
    if fields.get("ended") == "stopped" and fields.get("stop_reason") not in NO_AFTERCARE:
        return True
    return any(rise(fields, what) >= RISE for what in ("craving", "distress"))


def rise(fields: Mapping[str, Value], what: str) -> int:
    """By how many points a rating rose over a session; 0 where it is not known."""
    before, after = fields.get(f"{what}_before"), fields.get(f"{what}_after")
    return after - before if isinstance(before, int) and isinstance(after, int) else 0


def refused(entry: Entry, counted: Sequence[Entry]) -> Label | None:
    """Why this entry cannot be taken into a file in which these count, or None."""
    if entry.kind == "protocol_screen":
        return screen_wrong(entry)
    method = SESSIONS.get(entry.kind)
    if method is None:
        return None
    others = [e for e in counted if e.id != entry.corrects]
    why = barred(method, others, entry.happened_on)
    if why is not None:
        return why
    if needs_aftercare(entry.fields) and not entry.get("aftercare_by"):
        return Label(
            "渴求或痛苦明显上升、中途停止或者有不良反应，结束后须有专人看望；请写明看望人姓名。",
            "Craving or distress rose, it was stopped, or there was an adverse event: name who saw the person"
            " afterwards.",
        )
    return None
