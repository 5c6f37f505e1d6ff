"""A zip package (Word, Excel) whose bytes depend on its parts alone: no times, one order."""

from __future__ import annotations

import io
import zipfile
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
FIRST: Final = "[Content_Types].xml"
"""The part that stands first in an Office package."""


def steady(package: bytes) -> bytes:
    """The same package, its parts in the order of their names and without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != FIRST, n)):
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            part.create_system = 3
            new.writestr(part, old.read(name), compresslevel=6)
    return out.getvalue()
