"""What a centre works out: scores, plans, timers and checks; pure, for its pages, commands and tests."""
