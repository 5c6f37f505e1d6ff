"""An office's own instrument as a workbook: the sheets to be filled in, and how they become an instrument."""
