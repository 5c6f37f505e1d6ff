"""Closed duty of officers in a centre: batches, their people and their days. Duty planners."""
