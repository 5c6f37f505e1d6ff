"""How much a phone may send and ask for at once. The contract's own numbers: docs/reference/phone-sync.md."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

PROTOCOL: Final = 1
MOST_ENTRIES: Final = 100
MOST_BYTES: Final = 512 * 1024
MOST_ATTACHMENTS: Final = 3
MOST_ATTACHMENT: Final = 400 * 1024
MOST_BEFORE: Final = 50
"""How many earlier versions of one entry, each refused, a phone names."""
MOST_CHECKED: Final = 1000
PAGE: Final = 1000
MOST_PAGE: Final = 2000
CALLS_A_MINUTE: Final = 240
KEEP_SENT_DAYS: Final = 60
"""How long a phone keeps what it has delivered: longer than any backup that an office would go back to."""
CACHE_HOURS: Final = 72
"""After so long without contact the phone forgets whom it could read about."""
RECENT_DAYS: Final = 60
MOST_RECENT: Final = 10
TOKEN_LASTS: Final = timedelta(days=30)
RENEWED_AFTER: Final = timedelta(days=7)
