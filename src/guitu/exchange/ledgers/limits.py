"""What a ledger file may hold before anybody trusts it: every limit of the scan in one place.

They are far above real ledgers (a county's yearly roster has some thousand rows) and exist for files that
were made to exhaust the server. A file beyond one is refused whole, with one sentence.
"""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 20 * 1024 * 1024
"""How large a file may be unless the caller allows more."""
MOST_UNPACKED: Final = 768 * 1024 * 1024
"""What all parts of a workbook may unpack to."""
MOST_RATIO: Final = 400
"""How many times larger than packed a part over 8 MB may be; sheets of real ledgers reach 30."""
MOST_PARTS: Final = 2_000
"""Parts of a workbook's archive."""
MOST_SHEETS: Final = 200
"""Sheets of a workbook."""
MOST_CELLS: Final = 12_000_000
"""Rows times columns of a sheet."""
MOST_ROWS: Final = 1_048_576
"""Rows of a text file: those of a sheet."""
MOST_CELL: Final = 131_072
"""Characters of one cell of a text file."""
