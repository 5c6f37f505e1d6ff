"""Guitu 归途: case management for drug rehabilitation, from the first decision to the end of recovery."""

__version__ = "0.1.0"
