"""The types of the kernel's arrays, as a checker reads them."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
"""The compiled law, and the working memory: of one type throughout, so that each function is made once."""
Days: TypeAlias = NDArray[np.int32]
Ids: TypeAlias = NDArray[np.uint64]
Kinds: TypeAlias = NDArray[np.int16]
Flags: TypeAlias = NDArray[np.uint8]
Rows: TypeAlias = NDArray[np.int32]
"""A table while it is filled: a row of it stands in each column."""
