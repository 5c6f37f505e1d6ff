"""Duty rosters: the table of a centre, a cell, what is planned with, and one's own shifts."""
