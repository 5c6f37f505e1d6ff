"""Looks for duty rosters with OR-tools CP-SAT (docs/decisions/0033): batches first, then week after week
with a look back, then ever better parts of what there is. What a roster is and by which rules stands in
`guitu.centre.roster`; its checker is not used here to find one, only to refuse what is wrong.
"""
