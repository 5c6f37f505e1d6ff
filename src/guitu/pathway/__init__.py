"""Assess one person from their case file: the measure in force, its term, what is due, what was found. Pure and explained."""
