"""The case file: an append-only list of entries of declared kinds, about one person or one unit. Pure."""

from guitu.casefile.entry import Entry, Value
from guitu.casefile.fields import YES_NO, Ask, Choice, time_of_day
from guitu.casefile.file import CaseFile
from guitu.casefile.kind import Kind, ReadAs

__all__ = ["YES_NO", "Ask", "CaseFile", "Choice", "Entry", "Kind", "ReadAs", "Value", "time_of_day"]
