"""Courses, examinations and certificates. Teachers and brigades in a centre, town offices outside; 戒毒条例
art. 18 for help with skills and work."""
