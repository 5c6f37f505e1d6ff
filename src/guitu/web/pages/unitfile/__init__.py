"""A unit's own file: what it did, has and spent, and recording it."""
