"""The four zones of a centre: who is where since when, who stays too long and why, and how people flow."""
