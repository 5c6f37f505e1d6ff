"""Reading one cell: plain text, names, choices and headings, as clerks type them.

Every reader takes what the spreadsheet holds and gives the value, None for an empty cell, or a Fault. They
are pure and cheap, because a ledger has millions of cells; `Reader` remembers what it has read before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Final

from guitu.casefile import Ask, Choice
from guitu.casefile.fields import MAX_LONG_TEXT, MAX_TEXT
from guitu.exchange.ledgers.fault import NOT_CALCULATED, Fault, shorten
from guitu.kernel.labels import Label

Cell = Any
"""What a spreadsheet cell may hold: text, a number, a truth value, a day, a time, or Uncalculated."""

_INVISIBLE: Final = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_BLANKS: Final = re.compile(r"\s+")
_BRACKETS: Final = re.compile(r"[(\[{<【〔《][^)\]}>】〕》]*[)\]}>】〕》]")
_DOTS: Final = str.maketrans(dict.fromkeys("•・‧∙●．.﹒", "·"))
_KEPT_AS_TEXT: Final = re.compile(r"^'(?![A-Za-z])(.*)$", re.DOTALL)
"""The mark before what a spreadsheet is to keep as text, where another program wrote it out; no name begins
so but one in Latin letters."""
_QUOTED: Final = re.compile(r'^="(.*)"$', re.DOTALL)


DITTO: Final = frozenset({"同上", "同前", "〃", "″"})
"""What a clerk writes for "as above". Only where cells are carried down does it say what was meant."""

_AS_ABOVE: Final = Fault(
    "required_missing",
    Label(
        "{column}写的是“同上”，系统里每行各自成立；请把内容写全。",
        "{column} says only “as above”, and each row stands for itself; write it out in full.",
    ),
)


_UNFINISHED: Final = "?*\ufffd"
"""What stands in a name for letters that were hidden, not known, or lost in conversion."""

_NOT_THE_NAME: Final = Fault(
    "required_missing",
    Label(
        "{column}不完整（有 ?、* 一类的符号），请对照证件写出全名。",
        "{column} is not complete (it has marks like ? or *); write the whole name as on the card.",
    ),
)
_NO_DOCUMENT: Final = Fault(
    "required_missing",
    Label(
        "{column}没有写文号；请对照文书填写，还没有文书的这一行先不导入。",
        "{column} gives no document number; write it as on the document. A row without a document waits.",
    ),
)
_NOTHING: Final = re.compile(
    r"[\W_]+|(?:暂|尚)?(?:无|没有)(?:文号|文书)?|未知|不详|不明|[待未][补定查填办发]\w?"
)


class Uncalculated:
    """Stands in a cell whose formula has no stored result, or an error for a result."""

    def __repr__(self) -> str:
        return "=?"

    def __str__(self) -> str:
        return "=?"


UNCALCULATED: Final = Uncalculated()


def text_of(cell: Cell) -> str:
    """What a cell says, as text: a whole number without its `.0`, invisible characters taken out."""
    if cell.__class__ is not str:
        if cell is None or cell is UNCALCULATED:
            return ""
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        return str(cell)
    text: str = cell.strip()
    if not text.isprintable():
        text = _INVISIBLE.sub("", text).strip()
    if text.startswith(('="', "'")):
        found = _QUOTED.match(text) or _KEPT_AS_TEXT.match(text)
        text = found[1].strip() if found else text
    return text


def squeeze(text: str) -> str:
    """The comparison form of a word: full-width made half-width, no blanks, lower case."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def read_name(cell: Cell) -> str | Fault | None:
    """A person's name as it is compared and kept.

    Blanks inside a Chinese name are only for the eye (吴  志 is 吴志); the dot of a minority name is kept
    and always `·`; between Latin words one blank stays.
    """
    if cell is UNCALCULATED:
        return Fault("required_missing", NOT_CALCULATED)
    text = text_of(cell)
    if not text:
        return None
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = _BLANKS.sub("", text) if _chinese(text) else _BLANKS.sub(" ", text)
        text = text.translate(_DOTS) if _chinese(text) else text
    else:
        text = _BLANKS.sub(" ", text)
    if text in DITTO:
        return _AS_ABOVE
    if any(mark in text for mark in _UNFINISHED) or not text.strip("-/—_."):
        return _NOT_THE_NAME
    return _length(text, MAX_TEXT) or text


def _chinese(text: str) -> bool:
    return any("\u3400" <= letter <= "\u9fff" or letter >= "\U00020000" for letter in text)


def _length(text: str, most: int) -> Fault | None:
    if len(text) <= most:
        return None
    return Fault(
        "choice_unknown",
        Label(
            "{column}最多 {most} 字，现有 {length} 字，请缩短。",
            "{column} may have {most} characters and has {length}; shorten it.",
        ),
        {"most": most, "length": len(text)},
    )


def read_text(cell: Cell) -> str | Fault | None:
    """A short text."""
    if cell is UNCALCULATED:
        return Fault("required_missing", NOT_CALCULATED)
    text = text_of(cell)
    if text in DITTO:
        return _AS_ABOVE
    return _length(text, MAX_TEXT) if len(text) > MAX_TEXT else text or None


def read_document(cell: Cell) -> str | Fault | None:
    """The number of a document: 无 and 待补 are none."""
    text = read_text(cell)
    return _NO_DOCUMENT if isinstance(text, str) and _NOTHING.fullmatch(text) else text


def read_long_text(cell: Cell) -> str | Fault | None:
    """A long text."""
    if cell is UNCALCULATED:
        return Fault("required_missing", NOT_CALCULATED)
    text = text_of(cell)
    if len(text) > MAX_LONG_TEXT:
        return _length(text, MAX_LONG_TEXT)
    return text or None


def read_phone(cell: Cell) -> str | Fault | None:
    """A telephone number: half-width, blanks taken out."""
    text = read_text(cell)
    if text.__class__ is str and not (text.isascii() and text.isalnum()):
        return _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    return text


def read_whole(cell: Cell, *, ask: Ask) -> int | Fault | None:
    """A whole number within the bounds its question declares; 36个月 and 36 are the same."""
    if cell is UNCALCULATED:
        return Fault("choice_unknown", NOT_CALCULATED)
    text = unicodedata.normalize("NFKC", text_of(cell))
    if not text:
        return None
    found = re.match(r"^(\d{1,6})\D{0,3}$", text)
    number = int(found[1]) if found else None
    too_small = number is not None and ask.least is not None and number < ask.least
    too_large = number is not None and ask.most is not None and number > ask.most
    if number is None or too_small or too_large:
        return Fault(
            "choice_unknown",
            Label(
                "{column}“{value}”应为 {least} 到 {most} 之间的整数，请改正。",
                "{column} “{value}” must be a whole number from {least} to {most}; correct it.",
            ),
            {"value": shorten(text), "least": ask.least, "most": ask.most},
        )
    return number


def name_key(name: str) -> str:
    """The comparison form of a person's name: blanks, width, and which dot it has do not matter."""
    return squeeze(name).translate(_DOTS)


def document_key(number: str) -> str:
    """The comparison form of a document number: brackets of any shape, blanks and width do not matter."""
    return squeeze(number).translate(_DOCUMENT)


_DOCUMENT: Final = str.maketrans("〔【﹝[{（〈", "(((((((", "") | str.maketrans("〕】﹞]}）〉", ")))))))", "")


class ChoiceReader:
    """Reads the cells of a choice: each answer's label, value and declared spellings."""

    def __init__(self, ask: Ask, only: tuple[str, ...] = ()) -> None:
        self.choices: tuple[Choice, ...] = tuple(c for c in ask.choices if not only or c.value in only)
        self._known: dict[str, str] = {}
        for choice in self.choices:
            for word in (choice.label.zh, choice.label.en, choice.value, *choice.ledger):
                self._known.setdefault(squeeze(word), choice.value)

    def __call__(self, cell: Cell) -> str | Fault | None:
        if cell is UNCALCULATED:
            return Fault("choice_unknown", NOT_CALCULATED)
        text = text_of(cell)
        if not text:
            return None
        value = self._known.get(squeeze(text))
        if value is not None:
            return value
        return Fault(
            "choice_unknown",
            Label(
                "{column}“{value}”不在可选范围内，请改为：{known_zh}。",
                "{column} “{value}” is not one of the answers; write one of: {known_en}.",
            ),
            {
                "value": shorten(text),
                "known_zh": "、".join(c.label.zh for c in self.choices),
                "known_en": ", ".join(f"{c.label.zh} ({c.label.en})" for c in self.choices),
            },
        )


def plain_text(cells: Sequence[Cell]) -> list[str | None] | None:
    """The values of cells that all already are as `read_text` would give them; None where one is not."""
    return _as_they_are(
        cells,
        lambda text: _is_plain(text) and not any(one in text for one in DITTO),
    )


def _is_plain(text: str) -> bool:
    return " " not in text and text.isprintable() and '="' not in text and "'" not in text


def plain_documents(cells: Sequence[Cell]) -> list[str | None] | None:
    """The same as `read_document` would give them."""
    texts = plain_text(cells)
    return texts if texts is not None and not any(_NOTHING.fullmatch(one) for one in texts if one) else None


def plain_names(cells: Sequence[Cell]) -> list[str | None] | None:
    """The values of names that all already are as `read_name` would give them; None where one is not."""
    return _as_they_are(
        cells,
        lambda text: (
            _is_plain(text)
            and unicodedata.is_normalized("NFKC", text)
            and text == text.translate(_DOTS)
            and not any(one in text for one in (*DITTO, *_UNFINISHED, *"-/—_."))
        ),
    )


def plain_phones(cells: Sequence[Cell]) -> list[str | None] | None:
    """The values of telephone numbers that all already are as `read_phone` would give them; None where one is
    not."""
    return _as_they_are(cells, lambda text: text.isascii() and text.isalnum())


def _as_they_are(cells: Sequence[Cell], plain: Callable[[str], bool]) -> list[str | None] | None:
    """The cells, if `plain` says of their text, one after the other, that each may be taken as it is."""
    try:
        text = "".join(cells)
    except TypeError:  # a number, or an uncalculated formula, among them
        return None
    if not plain(text) or max(map(len, cells)) > MAX_TEXT:
        return None
    return [cell or None for cell in cells]


class Reader:
    """A reader of whole columns: what repeats is read once, what is plain is read together.

    `together` reads many cells faster than `read` would one by one, or says None if they are not all plain.
    """

    def __init__(
        self,
        read: Callable[[Cell], Any],
        *,
        together: Callable[[Sequence[Cell]], list[Any] | None] = lambda cells: None,
        most: int = 20_000,
    ) -> None:
        self._read = read
        self._together = together
        self._known: dict[Any, Any] = {}
        self._most = most

    def column(self, cells: Sequence[Cell]) -> list[Any]:
        """The values of these cells, in their order."""
        known, read = self._known, self._read
        if self._most == 0:
            return self._all(cells)
        distinct = set(cells)
        if len(cells) > 1000 and 2 * len(distinct) > len(cells):
            self._most = 0  # names and numbers hardly repeat: remembering them only costs
            known.clear()
            return self._all(cells)
        if len(known) < self._most:
            new = [cell for cell in distinct if cell not in known]
            known.update(zip(new, self._all(new), strict=True))
            return [known[cell] for cell in cells]
        return [known[cell] if cell in known else read(cell) for cell in cells]

    def _all(self, cells: Sequence[Cell]) -> list[Any]:
        return (self._together(cells) if cells else None) or [self._read(cell) for cell in cells]


def heading(text: str) -> tuple[str, str]:
    """The two comparison forms of a heading: as it stands, and without what is bracketed (units, notes)."""
    full = squeeze(text).strip("*:：、.。_-")
    bare = _BRACKETS.sub("", full)
    return full, bare or full


def heading_words(text: str) -> str:
    """A heading's own words, on one line: blanks inside Chinese words are only for the eye."""
    text = text.strip()
    return _BLANKS.sub("" if _chinese(text) else " ", text)
