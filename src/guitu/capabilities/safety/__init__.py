"""Incidents of a centre in their classes, near misses beside them, and the hours of work. Brigades and heads
of centres; 司法行政机关强制隔离戒毒工作规定 art. 43."""
