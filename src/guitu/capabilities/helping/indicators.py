"""What became of needs: written down, delivered, and still there. A meeting or a letter delivers nothing."""

from typing import Final

from guitu.indicators import Events, Exists, Indicator, Is, People, Ratio
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="helping.needs",
        label=Label("帮扶需求", "Needs"),
        unit="person_time",
        definition=Label("期间内登记的帮扶需求，每项计一次。", "Needs recorded in the period, each counted."),
        value=Events(of="help_need"),
        breakdowns=("sex", "age_band", "line"),
        cites=("戒毒条例#18",),
    ),
    Indicator(
        key="helping.delivered",
        label=Label("帮扶落实", "Help delivered"),
        unit="person",
        definition=Label(
            "期间内真正得到帮扶的人数，同一人只计一次；开会、发函不算。",
            "Persons who really received help in the period, each once; a meeting or a letter is none.",
        ),
        value=People(of="help_delivered"),
        breakdowns=("sex", "age_band"),
        cites=("戒毒条例#18",),
    ),
    Indicator(
        key="helping.delivered_rate",
        label=Label("需求三个月内落实率", "Needs met within three months"),
        unit="percent",
        definition=Label(
            "期间内登记的需求中，登记当日起 92 天内该人员有帮扶落实的占比；没有着落的在分母里。",
            "Of the needs recorded in the period, the share whose person had help delivered in 92"
            " days; those with nothing are in the denominator.",
        ),
        value=Ratio(
            over=Events(of="help_need", where=Exists(of="help_delivered", least=0, most=92)),
            under=Events(of="help_need"),
        ),
        breakdowns=("sex", "age_band", "line"),
        plausible=(0, 100),
        cites=("戒毒条例#18",),
        note=Label(
            "指标按人对应：同一人同时有几项需求时，落实一项即各项都算。逐项的落实情况在帮扶页上。",
            "It goes by the person: of several needs at once one that was met counts for each. Need by need"
            " it stands on the pages of help.",
        ),
    ),
    Indicator(
        key="helping.lasting_rate",
        label=Label("帮扶复核仍在率", "Help that lasts"),
        unit="percent",
        definition=Label(
            "期间内的帮扶复核中，还在或者已办完的占比；没有问到的计入分母。",
            "Of the times in the period that somebody asked whether help lasts, the share where it did or was"
            " done with; those that could not be asked are in the denominator.",
        ),
        value=Ratio(
            over=Events(of="help_lasting", where=Is("lasts", "yes", "done")),
            under=Events(of="help_lasting"),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("戒毒条例#18",),
    ),
)
