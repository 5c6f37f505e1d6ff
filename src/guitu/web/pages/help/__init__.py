"""Needs, work, recovery places and guidance stations of an area, and of one person."""
