"""What is worked out from entries and kept beside them, in the transaction that changes them."""

from guitu.store.projections.compute import Projection, person_of, project
from guitu.store.projections.tallies import Counted, Tallies
from guitu.store.projections.write import Tables, insert, laid_out, write, write_people

__all__ = [
    "Counted",
    "Projection",
    "Tables",
    "Tallies",
    "insert",
    "laid_out",
    "person_of",
    "project",
    "write",
    "write_people",
]
