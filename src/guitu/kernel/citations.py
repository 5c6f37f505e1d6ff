"""References to an article of an instrument, written `戒毒条例#14` or, with a paragraph or item,
`戒毒条例#19(3)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label

_PATTERN = re.compile(r"^(?P<instrument>[^#\s]+)#(?P<article>\d+(?:-\d+)?|\?)(?:\((?P<item>[^)]+)\))?$")


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """An article of an instrument; `item` is a paragraph or item number where one is meant. The article is
    "?" where a rule is known to stand in the instrument and its number was not seen."""

    instrument: str
    article: str
    item: str = ""

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read `instrument#article(item)`; raises DeclarationError that shows the right form."""
        match = _PATTERN.match(text.strip())
        if match is None:
            raise DeclarationError(
                Label(
                    f"引用“{text}”写法不对，应为“戒毒条例#14”",
                    f"citation “{text}” is malformed; write it like 戒毒条例#14",
                )
            )
        return cls(match["instrument"], match["article"], match["item"] or "")

    def __str__(self) -> str:
        return f"{self.instrument}#{self.article}" + (f"({self.item})" if self.item else "")

    @property
    def label(self) -> Label:
        """《戒毒条例》第14条, with its item; in English: 戒毒条例 art. 14."""
        if self.article == "?":
            return Label(
                f"《{self.instrument}》（条文号未见）", f"{self.instrument} (article number not seen)"
            )
        zh = f"《{self.instrument}》第{self.article}条" + (f"第{self.item}项" if self.item else "")
        en = f"{self.instrument} art. {self.article}" + (f"({self.item})" if self.item else "")
        return Label(zh, en)
