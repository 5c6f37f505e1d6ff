"""How a reader likes the pages: language, contrast, text size, row height. In one cookie, and per account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

COOKIE: Final = "guitu_view"
KEEP_FOR: Final = 365 * 24 * 60 * 60

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "language": ("zh-hans", "en"),
    "contrast": ("normal", "high", "dark"),
    "size": ("normal", "large"),
    "rows": ("normal", "compact"),
}
"""Every word a preference may have; the first is the default."""


@dataclass(frozen=True, slots=True)
class View:
    """One reader's choices, each one of CHOICES."""

    language: str = "zh-hans"
    contrast: str = "normal"
    size: str = "normal"
    rows: str = "normal"

    def with_(self, name: str, value: str) -> View:
        """The same choices with one changed; an unknown name or word changes nothing."""
        return replace(self, **{name: value}) if value in CHOICES.get(name, ()) else self

    @property
    def cookie(self) -> str:
        """The cookie's text."""
        return ".".join(getattr(self, f.name) for f in fields(self))


def read(cookies: Mapping[str, str]) -> View:
    """The choices in the cookie; whatever is not understood is the default."""
    view = View()
    words = cookies.get(COOKIE, "").split(".")
    for field, word in zip(fields(View), words, strict=False):
        view = view.with_(field.name, word)
    return view
