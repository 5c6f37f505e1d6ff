"""Which bodies there are in a place, who works there, and which teams: stocks, each entry valid from its day
to its last. Town, county and province."""
