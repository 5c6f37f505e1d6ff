"""What endangers a centre and what is done about it: incidents in their classes with near misses beside them
and the reports made, hazards with owner and day, drills with their lessons, tasks of risk meetings; and the
hours of work. Brigades and heads of centres; 司法行政机关强制隔离戒毒工作规定 art. 43 (hours)."""
