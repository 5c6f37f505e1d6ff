"""Visits, calls, letters, leave to see relatives, and the complaints box. Brigade officers, those at the
door, heads of centres; 禁毒法 art. 46."""
