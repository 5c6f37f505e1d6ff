"""Venues that are inspected: places of entertainment, lodging and the like, their inspections and closures.
Towns and county, often with other offices. The office's own work; what the police publish about venues is
`published`. Which finding closes a venue the ordering authority decides: no article is encoded here."""
