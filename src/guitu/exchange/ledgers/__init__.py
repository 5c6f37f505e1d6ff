"""Ledgers 台账: read as offices keep them, checked, imported row by row into case files, printed from them.

`check_workbook` reads and judges a file and writes nothing. `import_workbook` records what passed.
`held_workbook` gives back what did not, in the office's own layout. `export_ledger` writes a ledger from the
files.
"""

from guitu.exchange.ledgers.check import CheckResult, SheetResult, check_workbook
from guitu.exchange.ledgers.declared import ledgers
from guitu.exchange.ledgers.fault import CODES, Problem
from guitu.exchange.ledgers.held import held_workbook
from guitu.exchange.ledgers.ledger import Ledger
from guitu.exchange.ledgers.people import Known
from guitu.exchange.ledgers.refusals import Refused

__all__ = [
    "CODES",
    "CheckResult",
    "Known",
    "Ledger",
    "Problem",
    "Refused",
    "SheetResult",
    "check_workbook",
    "held_workbook",
    "ledgers",
]
