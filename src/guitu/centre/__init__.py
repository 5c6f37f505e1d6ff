"""What a centre works out: scores, plans, timers and checks; pure, for its pages, its commands and its tests."""
