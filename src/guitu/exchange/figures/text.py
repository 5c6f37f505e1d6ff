"""A bulletin's text: paragraphs put together again, articles told apart, sentences and clauses by their
place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

_WIDE: Final = {0xFF10 + n: str(n) for n in range(10)} | {
    0xFF05: "%",
    0xFF0E: ".",
    0xFF0B: "+",
    0xFF0D: "-",
    0x2212: "-",
    0x00A0: " ",
    0x3000: " ",
    0x2030: "‰",
}
_ENDS: Final = "。！？!?；;…"
_CLOSES: Final = _ENDS + "：:”」』）)"
_LONG_LINE: Final = 36
"""A line this long that ends without a full stop was cut by the layout: the next line goes on."""

LONGEST: Final = 1_000
"""Characters of a sentence that are quoted."""

_BYLINE: Final = re.compile(r"^[■●◆]|^(?:本报|本台|特约)?(?:记者|通讯员)\s*\S{2,12}")
_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”」』）)]*|\n|$)")
_CLAUSE: Final = re.compile(r"[,，:：;；。！？!?\n…]")


def plain(text: str) -> str:
    """The same text with full-width digits and signs as plain ones; every character keeps its place."""
    return text.translate(_WIDE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text; `article` counts the articles of a page, from 0."""

    start: int
    end: int
    article: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The text as it is read: paragraphs on one line each."""

    text: str
    sentences: tuple[Sentence, ...]

    def sentence_at(self, place: int) -> int:
        """Which sentence holds that place."""
        return max(0, bisect_right([sentence.start for sentence in self.sentences], place) - 1)

    def quoted(self, number: int) -> str:
        """A sentence in its own words; of one that never ends, the beginning."""
        sentence = self.sentences[number]
        return self.text[sentence.start : min(sentence.end, sentence.start + LONGEST)].strip()

    def clause_start(self, place: int, floor: int) -> int:
        """Where the clause begins in which `place` stands, not before `floor`."""
        found = [m.end() for m in _CLAUSE.finditer(self.text, floor, place)]
        return found[-1] if found else floor

    def clause_end(self, place: int, ceiling: int) -> int:
        """Where it ends."""
        found = _CLAUSE.search(self.text, place, ceiling)
        return found.start() if found else ceiling


def read(raw: str) -> Bulletin:
    """The bulletin of a text: lines that the layout cut are joined, everything else stays as written."""
    lines = _joined(raw.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").split("\n"))
    text = "\n".join(lines)
    sentences: list[Sentence] = []
    article, start = 0, 0
    seen_words = False
    for number, line in enumerate(lines):
        if _BYLINE.match(line) and seen_words:
            article += 1
        seen_words = seen_words or len(line) > _LONG_LINE
        for found in _SENTENCE.finditer(line):
            if found.group().strip():
                sentences.append(Sentence(start + found.start(), start + found.end(), article, number))
        start += len(line) + 1
    return Bulletin(text, tuple(sentences))


def _joined(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in (line.strip(" \t\u3000\u00a0") for line in lines):
        if not line:
            continue
        if found and _goes_on(found[-1], line):
            found[-1] += line
        else:
            found.append(line)
    return found


def _goes_on(before: str, line: str) -> bool:
    if "\t" in before or "\t" in line:
        return False
    return len(before) >= _LONG_LINE and before[-1] not in _CLOSES and not _BYLINE.match(line)
