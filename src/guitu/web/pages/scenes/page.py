"""The pages of scenes, and the states in which the gallery and the tests show them."""

from guitu.web.pages.scenes.examples import STATES
from guitu.web.pages.scenes.shown import BeforePage, PacksPage, ScenePage

__all__ = ["STATES", "BeforePage", "PacksPage", "ScenePage"]
