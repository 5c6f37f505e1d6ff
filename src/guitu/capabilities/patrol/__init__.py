"""Patrol of a centre: checkpoints with a code to be scanned, the rounds that are planned, and each round as
it was walked. Brigade officers and whoever commands the shift; no article was found that sets how often."""
