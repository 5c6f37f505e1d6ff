"""Telling other systems that there is a new entry: signed, tried again until it is taken, and never with
anything of what the entry says."""
