"""Checklists that offices write, hand to those below, and fill in."""
