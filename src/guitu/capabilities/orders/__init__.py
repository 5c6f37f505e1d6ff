"""Decisions, service, reporting and the end of a measure: the legal spine. Police decide; offices record;
禁毒法 arts 33-48."""
