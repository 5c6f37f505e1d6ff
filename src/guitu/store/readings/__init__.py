"""The access log from inside: its tables, its strands, who has seen what, what is unusual, and how old months
go.

Nothing here is changed or deleted but by `prune`, and the database sees to it. What others call is
`guitu.store.access_log`.
"""
