"""The pages of packs and their named states: the list of a period, one pack, what was decided."""

from guitu.web.pages.packs.examples import STATES
from guitu.web.pages.packs.shown import ActionsPage, MakingPage, PackPage, PacksPage

__all__ = ["STATES", "ActionsPage", "MakingPage", "PackPage", "PacksPage"]
