"""One thing said in both languages, Chinese first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


def many(n: int, noun: str, plural: str = "") -> str:
    """A number with its English noun: 1 village, 1,200 villages."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


@dataclass(frozen=True, slots=True)
class Label:
    """A word or a sentence in Chinese and English; neither may be empty."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh or not self.en or self.zh.isspace() or self.en.isspace():
            raise ValueError(f"a label needs both languages: {self!r}")

    def say(self, language: str) -> str:
        """The text in `language`: anything that begins with "en" is English, the rest Chinese."""
        return self.en if language.startswith("en") else self.zh

    def fill(self, **values: object) -> Label:
        """The same sentence with `{name}` places filled in both languages.

        A value that is itself a Label is said in each sentence's own language.
        """
        zh = {k: v.zh if isinstance(v, Label) else v for k, v in values.items()}
        en = {k: v.en if isinstance(v, Label) else v for k, v in values.items()}
        return Label(self.zh.format(**zh), self.en.format(**en))


def listed(words: Iterable[object]) -> Label:
    """Names or figures, one after the other; — for none."""
    some = [str(word) for word in words] or ["—"]
    return Label("、".join(some), ", ".join(some))


def spanned(first: object, last: object = None) -> Label:
    """From one day, hour or figure to another; or from the first on."""
    if last in (None, ""):
        return Label(f"{first} 起", f"from {first}")
    return Label(f"{first} ～ {last}", f"{first} to {last}")
