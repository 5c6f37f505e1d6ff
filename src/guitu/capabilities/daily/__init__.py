"""The day of a brigade: its timetable, the roll, and what is noted of somebody's conduct. Brigade officers; a
person answers what is noted of them."""
