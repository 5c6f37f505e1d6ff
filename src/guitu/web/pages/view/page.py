"""Changing how the pages look shows no page of its own."""

STATES = ()
