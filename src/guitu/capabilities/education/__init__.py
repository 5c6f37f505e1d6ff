"""Courses, their weekly hours and registers, examinations and certificates. Teachers and brigades in a
centre, town offices outside; 戒毒条例 art. 18 for help with skills and work, 司法部令第127号 art. 45 for
entry education."""
