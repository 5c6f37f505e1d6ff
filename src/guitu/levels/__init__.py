"""What county, town and village steer their work by, worked out of units' own files: pure, for pages,
commands and tests."""
