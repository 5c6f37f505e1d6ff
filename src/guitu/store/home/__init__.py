"""Reading many files at once for the pages of community treatment and recovery: of each file only the entries
of a few kinds. Whether the reader may list whom stands before it, in `guitu.access`; nothing is written
here."""
