"""Figures that others published (police statistics, registers): copied as printed, never worked out from
persons. Statisticians, county and province."""
