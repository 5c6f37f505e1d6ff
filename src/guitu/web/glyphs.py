"""Our own fourteen drawings: 20-px grid, 1.75 stroke, the colour of the words beside them. Never alone."""

from __future__ import annotations

from typing import Final

from django.utils.safestring import SafeString, mark_safe

_PATHS: Final[dict[str, str]] = {
    "today": '<rect x="3" y="4.5" width="14" height="12.5" rx="1"/><path d="M3 8.5h14M7 2.5v4M13 2.5v4"/>'
    '<circle cx="10" cy="12.7" r="1.6" fill="currentColor" stroke="none"/>',
    "people": '<circle cx="10" cy="6.5" r="3.25"/><path d="M3.5 17c.6-3.8 3.2-5.6 6.5-5.6s5.900 1.800 6.500 5.600"/>',
    "handover": '<path d="M2.500 7h13M12 3.500 15.500 7 12 10.500M17.500 13h-13M8 9.500 4.500 13 8 16.500"/>',
    "ledger": '<rect x="3" y="3" width="14" height="14" rx="1"/><path d="M3 7.500h14M3 12.200h14M8 7.500V17"/>',
    "units": '<rect x="7" y="2.500" width="6" height="4.500"/><rect x="2.500" y="13" width="5" height="4.500"/>'
    '<rect x="12.500" y="13" width="5" height="4.500"/><path d="M10 7v3M5 13v-3h10v3"/>',
    "figures": '<path d="M3 17h14M5.500 17v-5M10 17V4M14.500 17V8.500"/>',
    "pack": '<path d="M5 2.500h7l3.500 3.500v11.500H5zM12 2.500V6h3.500M7.500 10h5.500M7.500 13.500h5.500"/>',
    "roster": '<rect x="2.500" y="4" width="15" height="12" rx="1"/><path d="M2.500 8h15M7.500 4v12M12.500 4v12"/>',
    "log": '<path d="M1.800 10S5 4.500 10 4.500 18.200 10 18.200 10 15 15.500 10 15.500 1.800 10 1.800 10z"/>'
    '<circle cx="10" cy="10" r="2.400"/>',
    "search": '<circle cx="8.700" cy="8.700" r="5.400"/><path d="m12.700 12.700 4.800 4.800"/>',
    "help": '<circle cx="10" cy="10" r="7.500"/><path d="M7.800 7.800c0-1.300 1-2.200 2.300-2.200s2.200.8 2.200 2c0 1.700-2.300 '
    '1.900-2.300 3.700M10 14.200v.3"/>',
    "print": '<path d="M5.500 7.500V2.500h9v5M5.500 14H2.500V7.500h15V14h-3M5.500 11.500h9v6h-9z"/>',
    "outbox": '<path d="M10 12V3M6.500 6.500 10 3l3.500 3.500M3 11v6h14v-6"/>',
    "more": '<path d="M4.500 10h.1M10 10h.1M15.500 10h.1" stroke-width="2.800" stroke-linecap="round"/>',
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
