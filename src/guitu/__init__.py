"""Guitu 归途: one append-only case file per person, and every date explained."""
