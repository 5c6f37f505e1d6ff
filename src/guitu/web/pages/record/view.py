"""Records an entry."""
