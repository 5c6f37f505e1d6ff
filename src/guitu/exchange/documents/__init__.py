"""Documents made for people: the copy of a file that its person is given."""
