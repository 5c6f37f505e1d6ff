"""Our own drawings: 20-px grid, 1.75 stroke, the colour of the words beside them. Never alone."""

from __future__ import annotations

from typing import Final

from django.utils.safestring import SafeString, mark_safe

_PATHS: Final[dict[str, str]] = {
    "today": '<rect x="3" y="4.5" width="14" height="12.5" rx="1"/><path d="M3 8.5h14M7 2.5v4M13 2.5v4"/>'
    '<circle cx="10" cy="12.7" r="1.6" fill="currentColor" stroke="none"/>',
    "people": '<circle cx="10" cy="6.5" r="3.25"/><path d="M3.5 17c.6-3.8 3.2-5.6 6.5-5.6s5.9 1.8 6.5 5.6"/>',
    "handover": '<path d="M2.5 7h13M12 3.5 15.5 7 12 10.5M17.5 13h-13M8 9.5 4.5 13 8 16.5"/>',
    "ledger": '<rect x="3" y="3" width="14" height="14" rx="1"/><path d="M3 7.5h14M3 12.2h14M8 7.5V17"/>',
    "units": '<rect x="7" y="2.5" width="6" height="4.5"/><rect x="2.5" y="13" width="5" height="4.5"/>'
    '<rect x="12.5" y="13" width="5" height="4.5"/><path d="M10 7v3M5 13v-3h10v3"/>',
    "second": '<path d="M2 10.8 5.3 14 12 6M9.2 13.2l.9.8L17.8 6"/>',
    "figures": '<path d="M3 17h14M5.5 17v-5M10 17V4M14.5 17V8.5"/>',
    "pack": '<path d="M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5.5M7.5 13.5h5.5"/>',
    "roster": '<rect x="2.5" y="4" width="15" height="12" rx="1"/><path d="M2.5 8h15M7.5 4v12M12.5 4v12"/>',
    "log": '<path d="M1.8 10S5 4.5 10 4.5 18.2 10 18.2 10 15 15.5 10 15.5 1.8 10 1.8 10z"/>'
    '<circle cx="10" cy="10" r="2.4"/>',
    "search": '<circle cx="8.7" cy="8.7" r="5.4"/><path d="m12.7 12.7 4.8 4.8"/>',
    "help": '<circle cx="10" cy="10" r="7.5"/><path d="M7.8 7.8c0-1.3 1-2.2 2.3-2.2s2.2.8 2.2 2c0 1.7-2.3 '
    '1.9-2.3 3.7M10 14.2v.3"/>',
    "print": '<path d="M5.5 7.5V2.5h9v5M5.5 14H2.5V7.5h15V14h-3M5.5 11.5h9v6h-9z"/>',
    "outbox": '<path d="M10 12V3M6.5 6.5 10 3l3.5 3.5M3 11v6h14v-6"/>',
    "phone": '<path d="M4 3h3.5l1.5 4-2 1.5a11 11 0 0 0 4.5 4.5l1.5-2 4 1.5V16c0 .6-.5 1-1 1C9.5 17 3 10.5 3'
    ' 4c0-.5.4-1 1-1z"/>',
    "steps": '<path d="M2.5 5.5 4.5 7.5 8 3.5M2.5 13.5l2 2 3.5-4M11 5.5h6.5M11 13.5h6.5"/>',
    "draw": '<rect x="3" y="3" width="14" height="14" rx="1"/><path d="M6.5 6.5h.1M13.5 6.5h.1M10 10h.1'
    'M6.5 13.5h.1M13.5 13.5h.1" stroke-width="2.6" stroke-linecap="round"/>',
    "gate": '<path d="M3 17.5V3.5h14v14M10 3.5v14M7.2 10.5h.1M12.7 10.5h.1M1.5 17.5h17"/>',
    "bed": '<path d="M2.5 4.5v12M2.5 13.5h15M17.5 16.5v-5.5l-8-2h-7"/><circle cx="5.8" cy="6.6" r="1.5"/>',
    "zones": '<rect x="2.5" y="2.5" width="6.5" height="6.5"/><rect x="11" y="2.5" width="6.5" height="6.5"/>'
    '<rect x="2.5" y="11" width="6.5" height="6.5"/><rect x="11" y="11" width="6.5" height="6.5"/>',
    "daily": '<circle cx="10" cy="10" r="7.5"/><path d="M10 5.5V10l3.2 2"/>',
    "medical": '<rect x="2.5" y="2.5" width="15" height="15" rx="1"/><path d="M10 6v8M6 10h8"/>',
    "infection": '<circle cx="10" cy="10" r="4.2"/><path d="M10 5.8V2.2M10 17.8v-3.6M5.8 10H2.2M17.8 10h-3.6'
    'M7 7 4.5 4.5M13 7l2.5-2.5M7 13l-2.5 2.5M13 13l2.5 2.5"/>',
    "remote": '<rect x="2" y="5" width="11" height="10" rx="1"/><path d="m13 9 5-3v8l-5-3"/>',
    "mind": '<path d="M13.5 17.5v-3h2v-4h1.5L15.4 7A6 6 0 1 0 5 12.4v5.1"/>',
    "book": '<path d="M10 5C8 3.5 5.5 3.2 2.5 3.5v12C5.5 15.2 8 15.5 10 17c2-1.5 4.5-1.8 7.5-1.5v-12'
    'C14.5 3.2 12 3.5 10 5v12"/>',
    "heart": '<path d="M10 16.8 3.6 10.3a4 4 0 0 1 6.4-4.8 4 4 0 0 1 6.4 4.8z'
    'M3.5 10.5h3.5l1.5-2.5 2 4 1.3-1.5h4.5"/>',
    "scales": '<path d="M10 3v14M5.5 17h9M4 5.5h12M4 5.5l-2.2 6h4.4zM16 5.5l-2.2 6h4.4z"/>',
    "shield": '<path d="M10 2.5 3.5 5v5c0 4 2.8 6.5 6.5 7.5 3.7-1 6.5-3.5 6.5-7.5V5z"/>',
    "way_out": '<path d="M11.5 3H3.5v14h8M8 10h10M14.5 6.5 18 10l-3.5 3.5"/>',
    "support": '<circle cx="10" cy="10" r="7.5"/><circle cx="10" cy="10" r="3"/>'
    '<path d="M4.7 4.7 7.9 7.9M15.3 4.7l-3.2 3.2M4.7 15.3l3.2-3.2M15.3 15.3l-3.2-3.2"/>',
    "follow_up": '<path d="M3.5 3.5h3.8l1.5 4-2 1.4a9.6 9.6 0 0 0 4.3 4.3l1.4-2 4 1.5v3.8'
    'C9.6 17.2 2.8 10.4 3.5 3.5z"/>',
    "more": '<path d="M4.5 10h.1M10 10h.1M15.5 10h.1" stroke-width="2.8" stroke-linecap="round"/>',
}

GLYPHS: Final[dict[str, SafeString]] = {
    name: mark_safe(
        '<svg class="glyph" width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor"'
        f' stroke-width="1.75" aria-hidden="true" focusable="false">{path}</svg>'
    )
    for name, path in _PATHS.items()
}


def glyph_svg(name: str) -> SafeString:
    """The drawing of that name; an unknown name is a KeyError, found by the first test that renders it."""
    return GLYPHS[name]
