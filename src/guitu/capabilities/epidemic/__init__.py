"""Keeping infection out: who was looked at on coming in, who is under observation and until when, supplies,
and cases brought in from outside. Centre staff; 传染病防治法 arts 40, 47."""
