"""The psychology centre: its day, one person, filling in a sheet, VR and TMS, the instruments."""
