"""Meetings, tasks and campaigns of an office and those below it."""
