"""Guitu 归途: case management for drug rehabilitation, from the first decision to the end of community recovery."""

__version__ = "0.1.0"
