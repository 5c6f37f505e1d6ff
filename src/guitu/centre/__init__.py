"""What a centre works out: scores, plans and checks, pure, for its pages and tests."""
