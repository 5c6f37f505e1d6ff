"""Whether the work is still there after one, three, six and twelve months. Those nobody asked are lost, and
in the denominator."""

from typing import Final

from guitu.indicators import Indicator, Is, Rows, Survival
from guitu.kernel.labels import Label

MONTHS: Final = (1, 3, 6, 12)


def _held(at: int) -> Indicator:
    months = f"{at} month{'s' if at > 1 else ''}"
    return Indicator(
        key=f"jobs.held_{at}_rate",
        label=Label(f"帮扶就业满 {at} 个月在岗率", f"Still at work after {months}"),
        unit="percent",
        definition=Label(
            f"期间内经帮扶上岗的全部人员中，满 {at} 个月时此前一个月内本人说仍在岗、且没有离岗的占比；"
            "没有问到的计入分母。",
            f"Of everybody helped into work in the period, the share who within the month before {months} had"
            f" passed said that they were still at work and had not left; those nobody asked are in the"
            f" denominator.",
        ),
        value=Survival(
            start=Rows(of="job_placement"),
            kept=(
                Rows(of="job_check", where=Is("still", "yes")),
                Rows(of="follow_up", where=Is("at_work", "yes")),
            ),
            failed=(Rows(of="job_check", where=Is("still", "no")),),
            ended=(Rows(of="death"),),
            months=MONTHS,
            window=1,
            at=at,
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("戒毒条例#18",),
    )


INDICATORS: Final = tuple(_held(at) for at in MONTHS)
