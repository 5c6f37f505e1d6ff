"""Which of a file's entries have photos or signatures that this reader may see."""

from __future__ import annotations

from guitu.casefile import Entry
from guitu.exchange.phone.reading import Attachment, attachments_in
from guitu.web.pages.casefile.opened import Opened


def with_pictures(opened: Opened) -> list[tuple[Entry, tuple[Attachment, ...]]]:
    """The entries that count, that the reader sees, and that name pictures; the latest first."""
    found = [(e, attachments_in(e.source)) for e in opened.counted if e.source and opened.shows(e)]
    some = [(e, named) for e, named in found if named]
    return sorted(some, key=lambda pair: (pair[0].happened_on, pair[0].recorded_at), reverse=True)
