"""Outreach: what was asked for, planned and held; who was never reached; photos and reach as they come in."""
