"""The smallest shared words: days, counting, citations, labels, reasons, errors, ids, registries.

Standard library only. Nothing here knows what a case file is, and nothing asks what time it is.
"""
