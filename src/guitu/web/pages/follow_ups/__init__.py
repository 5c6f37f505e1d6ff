"""Campaigns of follow-up: lists, weeks, results."""
