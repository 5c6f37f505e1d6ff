"""Reading many files at once for the pages of a centre: who is inside, and of each only the entries of a few
kinds. Whether the reader may list whom stands before it, in `guitu.access`; nothing is written here."""
