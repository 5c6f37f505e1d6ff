"""The pages of rosters and their named states: the table, one cell, what is planned with, one's own
shifts."""

from guitu.web.pages.roster.examples import STATES
from guitu.web.pages.roster.shown import CellPage, MinePage, RosterPage, SetupPage

__all__ = ["STATES", "CellPage", "MinePage", "RosterPage", "SetupPage"]
