"""The figures desk 数字核对: a draft bulletin's numbers against the declared indicators and against each
other.

Pure: no store, no clock. `reading` gets the text out of a file, `text` puts its sentences in order,
`numbers` finds what is stated, `context` what it is stated of, `matching` which indicator is meant;
`contradictions`, `implausible`, `sums` and `changes` say what cannot be right; `check` does it all.
"""

from guitu.exchange.figures.check import Checked, check
from guitu.exchange.figures.finding import CODES, Code, Finding
from guitu.exchange.figures.reading import Refused, read_bytes, read_file

__all__ = ["CODES", "Checked", "Code", "Finding", "Refused", "check", "read_bytes", "read_file"]
