"""Assess one person from their case file: the measure in force, its term, what is due, what was found.
Pure and explained."""

from guitu.pathway.assess import assess
from guitu.pathway.model import Assessment, Duty, Finding, Measure, Span

__all__ = ["Assessment", "Duty", "Finding", "Measure", "Span", "assess"]
