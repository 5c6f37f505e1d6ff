"""What a centre works out: pure calculations that its pages, its commands and its tests share."""
"""What a centre works out: scores, plans and checks, pure, for its pages and tests."""
