"""Month, quarter and year packs: fixed, checked, signed and sent, and what was decided is followed up.
Statisticians and offices prepare them, heads of offices sign."""
