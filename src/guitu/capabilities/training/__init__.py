"""Rehabilitation training: fitness tests, exercise prescriptions under a doctor's clearance, training of
groups. Coaches and doctors of a centre."""
