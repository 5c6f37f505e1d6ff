"""Sheets of published figures, from .xlsx, .xls or .csv: aggregates only."""

from guitu.exchange.published.sheet import COLUMNS, MOST, Fault, Line, Place, Read, read_sheet, template

__all__ = ["COLUMNS", "MOST", "Fault", "Line", "Place", "Read", "read_sheet", "template"]
