"""The pages of the psychology centre, and the states in which the gallery and the tests show them."""

from guitu.web.pages.psychology.examples import STATES
from guitu.web.pages.psychology.shown import DayPage, FillPage, InstrumentsPage, PersonPage, ProtocolPage

__all__ = ["STATES", "DayPage", "FillPage", "InstrumentsPage", "PersonPage", "ProtocolPage"]
