"""The sentences that these pages say again and again."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label

NEVER_RELEASE: Final = Label(
    "筛查结果不影响解除、奖惩和分区，也不是诊断；心理咨询师不作诊断，怀疑有病的转介精神科。",
    "A screening bears on no release, reward or zone, and is no diagnosis; counsellors do not diagnose, they"
    " refer to a psychiatrist.",
)
IN_CUSTODY: Final = Label(
    "在所内对管理者作答，本人可能顾虑；没有查到这些量表在所内人群的中文效度研究。",
    "People answer their keepers with care; no validation of these scales in Chinese custody was found.",
)
DAYS_ACT: Final = Label("登记看望", "Record that somebody saw them")
"""The act that answers an alert."""


def address(case_no: str = "") -> str:
    """The day's page, or one person's."""
    return f"/psychology/{case_no}/" if case_no else "/psychology/"


def fill(case_no: str, key: str) -> str:
    """Filling in an instrument for somebody."""
    return f"/psychology/{case_no}/fill/{key}/"


def protocol(case_no: str, method: str) -> str:
    """One person's VR or TMS."""
    return f"/psychology/{case_no}/protocol/{method}/"


def device(case_no: str, session: object) -> str:
    """Taking in what a device wrote in a session."""
    return f"/psychology/{case_no}/device/{session}/"


INSTRUMENTS: Final = "/psychology/instruments/"
