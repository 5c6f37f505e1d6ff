"""Trials: what breaks on purpose, by a seed, to see that nothing is lost (`guitu trial`). Bounded, on folders
of their own; a smaller run of each stands among the tests."""
