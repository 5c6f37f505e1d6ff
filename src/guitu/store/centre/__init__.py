"""Reading many files for the pages of a centre, through `store.read` and the access decision."""
