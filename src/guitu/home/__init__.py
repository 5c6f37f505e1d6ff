"""What the way home works out: contact, draws, help, rounds of follow-up; pure, for pages, commands and
tests."""
