"""The analysis snapshot: the entries as Parquet, pseudonymous and without anything sealed or typed
freely.

`take` writes it from the database, incrementally; `memory` from case files in hand, for tests. What
stands in it is declared in `guitu.casefile.columns`, how it is found in `guitu.casefile.snapshot`.
`arrow`, `rows`, `folder`, `merge`, `derived` and `memory` know no database.
"""
