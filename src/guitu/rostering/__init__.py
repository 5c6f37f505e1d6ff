"""Looks for duty rosters (docs/decisions/0033): batches with OR-tools CP-SAT, then cells that change places,
and CP-SAT again for what stays open and for why not. What a roster is and by which rules stands in
`guitu.centre.roster`; its checker is not used here to find one, only to refuse what is wrong.
"""
