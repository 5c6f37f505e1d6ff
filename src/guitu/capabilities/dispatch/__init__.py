"""Meetings by which the work is steered (月调度、季小结、年总结, risk meetings), campaigns with what is to be
reached in them, and what owners report of the tasks that were decided. County, town, village, province."""
