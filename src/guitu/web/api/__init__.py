"""What programs call: the API under /api/v1, described by its own OpenAPI document.

Every operation lets a token in, asks the same decisions as the pages, notes what it shows in the access log
and hands what it records to the one gate. It decides nothing of its own (docs/reference/api.md).
"""
