"""What a check of a bulletin points out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from guitu.exchange.figures.context import Stated
from guitu.exchange.figures.text import Bulletin
from guitu.kernel.labels import Label

Code = Literal["contradiction", "implausible_unit", "sum_mismatch", "change_mismatch", "unmatched"]

CODES: Final[dict[Code, Label]] = {
    "contradiction": Label("前后矛盾", "Contradiction"),
    "implausible_unit": Label("单位不合理", "Impossible unit"),
    "sum_mismatch": Label("合计不符", "Parts and whole differ"),
    "change_mismatch": Label("增减不符", "Change does not fit"),
    "unmatched": Label("无对应指标", "No indicator says so"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the numbers as printed, the sentences that hold them, in their own words, and
    what is wrong. `places` are the numbers' starts in the bulletin's text."""

    code: Code
    numbers: tuple[str, ...]
    sentences: tuple[str, ...]
    message: Label
    places: tuple[int, ...]

    def as_json(self, language: str) -> dict[str, object]:
        """The finding as `guitu figures check --json` prints it."""
        return {
            "code": self.code,
            "numbers": list(self.numbers),
            "sentences": list(self.sentences),
            "message": self.message.say(language),
        }


def finding(code: Code, bulletin: Bulletin, about: Iterable[Stated], message: Label) -> Finding:
    """The finding about these numbers, each sentence once."""
    listed = list(about)
    sentences = dict.fromkeys(bulletin.quoted(stated.sentence) for stated in listed)
    return Finding(
        code,
        tuple(stated.number.printed for stated in listed),
        tuple(sentences),
        message,
        tuple(stated.number.start for stated in listed),
    )
