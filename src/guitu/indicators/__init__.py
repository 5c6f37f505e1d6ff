"""Figures over many files: what is counted, and what may be shown of it."""
