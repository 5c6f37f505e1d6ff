"""Talks and other events for the public, in a unit's own file. Lecturers, town offices, centres."""
