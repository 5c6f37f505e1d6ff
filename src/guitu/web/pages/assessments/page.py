"""The pages of assessments and their named states: the worklist, one person, the form of a sheet."""

from guitu.web.pages.assessments.examples import STATES
from guitu.web.pages.assessments.shown import AssessmentsPage, CentresPage, FilePage, SheetPage

__all__ = ["STATES", "AssessmentsPage", "CentresPage", "FilePage", "SheetPage"]
