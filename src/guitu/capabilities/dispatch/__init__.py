"""Meetings by which the work is steered: monthly dispatch, quarterly summary, yearly review, risk
meetings."""
