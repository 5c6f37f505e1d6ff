"""VR and TMS as adjunct treatment: free consent, a screen for contraindications, sessions, a stop rule.

No session without consent in force and a clear screen; whoever wants to stop, stops. No trial on residents
(司法行政机关强制隔离戒毒工作规定). What came of it is shown with its uncertainty, never as a score of the
person.
"""
