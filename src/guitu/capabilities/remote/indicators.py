"""Remote consultations: asked for, and held."""

from typing import Final

from guitu.indicators import Events, Indicator
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="remote.requests",
        label=Label("远程会诊请求", "Remote consultations asked for"),
        unit="person_time",
        definition=Label(
            "期间内所内医生请求远程会诊的人次。",
            "Requests for a remote consultation in the period, each counted.",
        ),
        value=Events(of="remote_request"),
        cites=("戒毒条例#29",),
    ),
    Indicator(
        key="remote.calls",
        label=Label("远程会诊通话", "Calls of remote consultations"),
        unit="person_time",
        definition=Label("期间内进行的通话次数。", "Calls held in the period, each counted."),
        value=Events(of="remote_call"),
        breakdowns=("how",),
    ),
)
