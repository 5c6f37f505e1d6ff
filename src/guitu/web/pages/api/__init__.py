"""Tokens of the API: one's own, those of others for an administrator, and what there is to call."""
