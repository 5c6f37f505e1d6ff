"""The public site that the outreach team writes: what it says, in a unit's own file. Nobody's case stands in
it, and nothing in it is worked out from case files."""
