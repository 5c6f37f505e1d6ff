"""The rules as machine code over columns: what `assess` does for one person, for everybody in turn."""
