"""The pages of packs and their named states: the list of a period, one pack, one being made."""

from guitu.web.pages.packs.examples import STATES
from guitu.web.pages.packs.shown import MakingPage, PackPage, PacksPage

__all__ = ["STATES", "MakingPage", "PackPage", "PacksPage"]
