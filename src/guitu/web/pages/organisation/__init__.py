"""Leading groups, staff, places on a watch list, model places, and what became of units."""
