"""Scenes as data: what is told in relaxation and in practising to refuse, and whom it is not for.

One YAML file each in `data/`; an office adds a folder of its own. Nothing in a scene scores anybody.
"""

from guitu.centre.scenes.model import PHASES, PLACES, SCENES, Breath, Choice, Question, ScenePack, Step
from guitu.centre.scenes.reading import read_pack
from guitu.centre.scenes.registry import house_packs, read_folder
from guitu.centre.scenes.rules import barred, refused

__all__ = [
    "PHASES",
    "PLACES",
    "SCENES",
    "Breath",
    "Choice",
    "Question",
    "ScenePack",
    "Step",
    "barred",
    "house_packs",
    "read_folder",
    "read_pack",
    "refused",
]
