"""The law as data: instruments, rules with their articles and dates, local overlays. Pure, with YAML."""

from guitu.policy.checking import Problem, check
from guitu.policy.load import Policy, all_rules, instruments, load, names, preset_names
from guitu.policy.model import Instrument, Names, Rule, Version

__all__ = [
    "Instrument",
    "Names",
    "Policy",
    "Problem",
    "Rule",
    "Version",
    "all_rules",
    "check",
    "instruments",
    "load",
    "names",
    "preset_names",
]
