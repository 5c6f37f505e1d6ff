"""The pages of outreach, and the states in which the gallery and the tests show them."""

from guitu.web.inside.shown import Board
from guitu.web.pages.outreach.examples import STATES
from guitu.web.pages.outreach.shown import EventPage, ImportPage

__all__ = ["STATES", "Board", "EventPage", "ImportPage"]
