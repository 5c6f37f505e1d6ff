"""调度: month, quarter and year packs are fixed, checked, signed and sent, and what was decided is followed up.
Statisticians and offices prepare them, heads of offices sign."""
