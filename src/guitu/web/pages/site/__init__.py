"""The public site: writing it, looking at it beforehand, publishing it."""
