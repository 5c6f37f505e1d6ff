"""Instruments as data: what is asked, how it is scored, who owns it, and what a score may not be used for.

One YAML file each in `data/`. No score here decides liberty, and none is a diagnosis.
"""

from guitu.centre.instruments.model import (
    TRANSLATIONS,
    Band,
    Flag,
    Instrument,
    Item,
    Level,
    Mode,
    Option,
    Scale,
    ScaleScore,
    Score,
    Test,
)
from guitu.centre.instruments.reading import read_instrument
from guitu.centre.instruments.registry import instrument, instruments
from guitu.centre.instruments.scoring import AnswerFault, digits, from_digits, score

__all__ = [
    "TRANSLATIONS",
    "AnswerFault",
    "Band",
    "Flag",
    "Instrument",
    "Item",
    "Level",
    "Mode",
    "Option",
    "Scale",
    "ScaleScore",
    "Score",
    "Test",
    "digits",
    "from_digits",
    "instrument",
    "instruments",
    "read_instrument",
    "score",
]
