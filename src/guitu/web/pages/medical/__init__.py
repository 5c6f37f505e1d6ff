"""The medical centre: its day, the rounds, one person, and what only doctors see."""
