"""The safety centre of a place: incidents, hazards, drills, risk meetings, patrol, plans of care."""
