"""The day of a brigade: who is here, the roll, the timetable, work and pay, visits, leave, the box."""
