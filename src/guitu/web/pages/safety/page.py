"""The safety centre's own pages, and the states in which the gallery and the tests show them."""

from guitu.web.pages.safety.examples import STATES
from guitu.web.pages.safety.shown import CodesPage, PointPage, RoundPage, SafetyPage

__all__ = ["STATES", "CodesPage", "PointPage", "RoundPage", "SafetyPage"]
