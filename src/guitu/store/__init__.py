"""Where entries are kept: append-only tables, sealed fields, the one gate, and the projections pages read.

A Django app on SQLite or PostgreSQL. Everything in it may be worked out again from the entries, except the
entries themselves, the keys of sealed fields, and the signed daily roots.
"""
