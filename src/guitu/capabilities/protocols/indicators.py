"""How many sessions of VR and TMS were held, and what went wrong. Whether it helped is no indicator."""

from typing import Final

from guitu.indicators import All, Events, Indicator, Is, Not, Present
from guitu.kernel.labels import Label

HARMED: Final = All(Present("adverse"), Not(Is("adverse", "none")))


def _sessions(kind: str, zh: str, en: str) -> Indicator:
    return Indicator(
        key=f"protocols.{kind}",
        label=Label(f"{zh}治疗次数", f"{en} sessions"),
        unit="person_time",
        definition=Label(f"期间内进行的{zh}治疗人次。", f"{en} sessions held in the period."),
        value=Events(of=kind),
        breakdowns=("sex", "ended"),
    )


def _adverse(kind: str, zh: str, en: str) -> Indicator:
    return Indicator(
        key=f"protocols.{kind}_adverse",
        label=Label(f"{zh}不良反应", f"Adverse events of {en}"),
        unit="event",
        definition=Label(
            f"期间内登记了不良反应的{zh}治疗次数。", f"{en} sessions in the period with an adverse event."
        ),
        value=Events(of=kind, where=HARMED),
    )


INDICATORS: Final = (
    _sessions("vr_session", "虚拟现实（VR）", "VR"),
    _adverse("vr_session", "虚拟现实（VR）", "VR"),
    _sessions("tms_session", "经颅磁刺激（TMS）", "TMS"),
    _adverse("tms_session", "经颅磁刺激（TMS）", "TMS"),
)
