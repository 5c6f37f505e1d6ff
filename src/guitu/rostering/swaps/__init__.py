"""Looks for rosters by cells that change places, as machine code over arrays."""
