"""Outreach: the calendar of talks, requests, speakers, events with photos, coverage, channels, stores."""
