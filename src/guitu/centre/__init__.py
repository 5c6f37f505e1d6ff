"""What a centre works out: pure calculations that its pages, its commands and its tests share."""
