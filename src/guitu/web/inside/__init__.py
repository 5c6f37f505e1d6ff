"""What the pages for work inside a centre share: a board of sections, a form, a sheet to fill in for many."""
