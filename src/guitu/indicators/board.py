"""The board: figures worked out beforehand for every unit and the regular periods, so that a page need not
count.

`analysis/board/figures-….parquet` holds one row for every figure that is not empty, sorted by unit;
`board.json` beside it names the one that holds now and says as of what it was made. It is a cache: it may be
deleted and made again. It holds whole figures, small cells too; disclosure control is for whoever shows them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

FIGURES: Final = "figures-{made_ms}.parquet"
"""A new board is a new file: whoever still reads the one before is not disturbed."""
MANIFEST: Final = "board.json"

MONTHS: Final = 36
QUARTERS: Final = 12
YEARS: Final = 3
"""How many of each the board holds, the running one included."""

COLUMNS: Final = (
    "indicator",
    "version",
    "unit",
    "level",
    "period_kind",
    "period_from",
    "period_until",
    "dim",
    "value",
    "figure",
    "over",
    "under",
    "n",
    "parts",
)
"""`unit` is a unit's number; `dim` and `value` the breakdown and its word, both empty for all together;
`figure` a double, null where there is none; `parts` JSON of named sub-counts, null where there are none.
Counts that are zero have no row."""


@dataclass(frozen=True, slots=True)
class Board:
    """A board that is there. `day` is the day it was worked out for (ISO), `made_ms` when; `seq` the entry
    number up to which it counts; `versions` of indicators by key."""

    folder: Path
    seq: int
    day: str
    made_ms: int
    versions: dict[str, int]

    @classmethod
    def open(cls, folder: Path) -> Board:
        """The board in a folder; a GuituError that says what to do when none has been made."""
        try:
            said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return cls(folder, said["seq"], said["day"], said["made_ms"], said["versions"])
        except (OSError, ValueError, KeyError, TypeError):
            raise NoBoard(
                Label(
                    "还没有算过指标；请运行 guitu indicators refresh",
                    "no figures have been worked out yet; run guitu indicators refresh",
                )
            ) from None

    @property
    def figures(self) -> Path:
        """The file of figures, for engines to read."""
        return self.folder / FIGURES.format(made_ms=self.made_ms)


class NoBoard(GuituError):
    """No board has been made yet."""
