"""Which figures may leave the office: small counts are hidden, and no hidden count can be worked out.

`protect` hides every count that stands for 1 to `threshold - 1` people, and then as many more as it
takes. The guarantee, exactly: for **every** hidden cell there are at least two whole numbers that fit
everything that is published: all shown counts, all sums that hold between the cells, and what the marks
themselves say (`small`, ※不足10: at least one and less than the threshold; `also`, ※: at least one). A second
table that fits is found for each hidden cell before the answer is given; it may differ by as little as one.

Not promised: protection from somebody who knows the same people from elsewhere, and from somebody who
reasons about *why* this cell was hidden along and not another. Against the second, what is hidden along is
chosen by the place of a cell in the table and by whether the sums can still hold, not by taking the smallest.
"""

from guitu.indicators.disclosure.lattice import sums_of
from guitu.indicators.disclosure.protect import MARKS, mark_of, protect, withheld
from guitu.indicators.disclosure.table import THRESHOLD, Cell, Mark, Sum

__all__ = ["MARKS", "THRESHOLD", "Cell", "Mark", "Sum", "mark_of", "protect", "sums_of", "withheld"]
