"""Reading a citizen's identity number (GB 11643-1999): region, birth, order with sex, check digit.

Blanks, hyphens, full-width digits, a small x and a leading apostrophe are only how it was typed. A number of
fifteen digits is the first generation and is completed to eighteen. A cell that held the number as a *number*
has lost its last digits for good: spreadsheets keep fifteen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from itertools import repeat
from operator import mul
from typing import Any, Final, NamedTuple

from guitu.exchange.ledgers.cells import UNCALCULATED, text_of
from guitu.exchange.ledgers.fault import NOT_CALCULATED, Fault, mask
from guitu.kernel.labels import Label

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ZEROS: Final = 48 * sum(_WEIGHTS)
"""What the weights make of seventeen characters "0", whose code is 48."""
_CHECK: Final = "10X98765432"
_RESTS: Final = tuple(
    bytes.maketrans(b"0123456789X", bytes(digit * weight % 11 for digit in range(11)))
    for weight in (*_WEIGHTS, 1)
)
"""For each place, what a character adds to the check sum modulo 11; the sum of a right number leaves 1."""
_RIGHT: Final = bytes(range(1, 181, 11))
_SEXES: Final = ("female", "male")
_EIGHTEEN: Final = re.compile(r"\d{17}[\dX]\Z", re.ASCII)
_ALL_EIGHTEEN: Final = re.compile(r"(?:\d{17}[\dX]\n)*+", re.ASCII)
_FIFTEEN: Final = re.compile(r"^\d{15}$", re.ASCII)
_EXPONENT: Final = re.compile(r"^\d(?:\.\d+)?E\+?\d{1,2}$|^\d{16,18}\.0*$", re.ASCII)
_NOISE: Final = re.compile(r"[\s\-—–―−'‘’`\"“”]+")
_LOOKS_LIKE_X: Final = str.maketrans(dict.fromkeys("×ХхΧχ✕✖", "X"))

PROVINCES: Final = frozenset(
    str(number)
    for first, last in (
        *((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83)),
        (91, 97),  # foreigners' permanent residence cards: 9, then the province that issued them
    )
    for number in range(first, last + 1)
)
"""The first two digits a number may begin with (GB/T 2260)."""
_EARLIEST_YEAR: Final = 1850
DEMO_PREFIX: Final = "98"
"""Not assigned to any province: demo and test data, accepted only where the site says so."""


class Identity(NamedTuple):
    """A number that holds: all eighteen characters, and the birth and sex that stand in it."""

    number: str
    birth: date
    sex: str
    first_generation: bool = False


MALFORMED: Final = Label(
    "{column}“{value}”不是18位公民身份号码（现为{length}位），请核对证件后改正。",
    "{column} “{value}” does not have the 18 characters of an identity number but {length}; "
    "check it against the card.",
)
_CHARACTERS: Final = Label(
    "{column}“{value}”含有不该有的字符；身份号码只有数字，末位可为X。请核对证件后改正。",
    "{column} “{value}” has characters that do not belong: only digits, and X at the end; "
    "check it against the card.",
)
_BIRTH: Final = Label(
    "{column}“{value}”中的出生日期不存在，请核对证件后改正。",
    "The birth date inside {column} “{value}” does not exist; check it against the card.",
)
_PREFIX: Final = Label(
    "{column}“{value}”开头两位“{prefix}”不是任何省份的代码，请核对证件后改正。",
    "{column} “{value}” begins with {prefix}, which is no province's code; check it against the card.",
)
_DEMO: Final = Label(
    "{column}“{value}”以98开头，只用于演示；正式使用的系统不接受。请填写真实号码。",
    "{column} “{value}” begins with 98, which is for demonstrations only; enter the real number.",
)
_CHECKSUM: Final = Label(
    "{column}“{value}”的校验码不对，多半有一位录错，请核对证件后改正。",
    "The check digit of {column} “{value}” is wrong, so a digit is mistyped; check it against the card.",
)
_LOST: Final = Label(
    "{column}被存成了数字，末几位已经丢失。请把单元格设为文本，再照证件重新录入18位号码。",
    "{column} was stored as a number and its last digits are lost; make the cell text and type all 18 again.",
)
_A_WORD: Final = Label(
    "{column}写的是“{value}”；台账靠号码认人，请补上。没有号码的人请用“人员”页的“新建人员”登记。",
    "{column} says “{value}”, and a ledger knows people by their number: fill it in. "
    "Register whoever has none by “Add a person” on the People page.",
)
MISSING_NUMBER: Final = Fault(
    "required_missing",
    Label(
        "{column}没有填写，请补上。没有号码的人请用“人员”页的“新建人员”登记，不随台账导入。",
        "{column} is empty; fill it in. Register whoever has no number by “Add a person” on the People page, "
        "not by a ledger.",
    ),
)
BY_CASE: Final = Label(
    "没有身份号码，只写了档案号 {value}：这样的行须与档案完全相同。"
    "要登记变化请打开这份档案，或补上18位号码。",
    "There is no identity number, only case number {value}: such a row must say just what the file says. "
    "Record a change in that file, or write all 18 characters of the number.",
)
FIFTEEN: Final = Fault(
    "id_15_digit",
    Label(
        "{column}是15位的旧号码，已按规则换算成18位；请核对现在的证件。",
        "{column} is an old number of 15 digits and was completed to 18 by rule; "
        "check it against the present card.",
    ),
    warning=True,
)


_CASE: Final = "档案号 "
_CASE_NUMBER: Final = re.compile(r"档案号[:\s]*([0-9A-Z]{1,20}-\d{4}-\d{5,8})", re.ASCII)


def case_mark(case_no: str) -> str:
    """What an export says instead of a number that it cannot name: the case number, by which the person is
    known again, as nobody is by a name."""
    return f"{_CASE}{case_no}"


def case_in(cell: Any) -> str | None:
    """The case number that such a cell names."""
    found = _CASE_NUMBER.fullmatch(unicodedata.normalize("NFKC", text_of(cell)))
    return found[1] if found else None


def check_digit(first17: str) -> str:
    """The eighteenth character for seventeen digits: ISO 7064 MOD 11-2."""
    return _CHECK[(sum(map(mul, _WEIGHTS, first17.encode())) - _ZEROS) % 11]


class IdentityReader:
    """Reads identity numbers. `demo` accepts numbers that begin with 98."""

    def __init__(self, *, demo: bool) -> None:
        self._demo = demo
        self._prefixes = PROVINCES | {DEMO_PREFIX} if demo else PROVINCES
        self._births: dict[str, date | None] = {}

    def __call__(self, cell: Any) -> Identity | Fault | None:
        """The number a cell holds, None if it is empty, else a Fault: `id_precision_lost`, `id_malformed`,
        `id_checksum`, or `required_missing` where a case number stands in its place."""
        if cell.__class__ is str and _EIGHTEEN.match(cell):
            return self._eighteen(cell)
        if cell is None or cell == "":
            return None
        if cell is UNCALCULATED:
            return Fault("id_malformed", NOT_CALCULATED)
        if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell >= 1e15:
            return Fault("id_precision_lost", _LOST)
        typed = unicodedata.normalize("NFKC", text_of(cell)).strip()
        if (case := case_in(cell)) is not None:
            return Fault("required_missing", BY_CASE, {"value": case})
        if _EXPONENT.match(typed.upper()):
            return Fault("id_precision_lost", _LOST)
        text = _NOISE.sub("", typed.upper()).translate(_LOOKS_LIKE_X)
        if not text:
            return None
        if _EIGHTEEN.match(text):
            return self._eighteen(text)
        if _FIFTEEN.match(text):
            return self._fifteen(text)
        if text.isascii() and text.isalnum() and (text[:-1].isdigit() or len(text) == 1):
            return Fault("id_malformed", MALFORMED, {"value": mask(text), "length": len(text)})
        says = _CHARACTERS if any(one.isascii() and one.isalnum() for one in text) else _A_WORD
        return Fault("id_malformed", says, {"value": mask(text)})

    def column(self, cells: Sequence[Any]) -> list[Identity | Fault | None]:
        """The same for many cells at once.

        Plain numbers are checked all together: they are laid one under the other, each of the 18 columns
        is translated to digit × weight modulo 11, and the columns are added as long integers, one byte for
        each number (eighteen times at most ten never carries over). Whatever is not plain, or does not come
        out right, is read on its own, so that there is one place that says what is wrong.
        """
        plain = self._plain(cells)
        laid = "".join(plain).encode()
        columns = (laid[at::18].translate(table) for at, table in enumerate(_RESTS))
        rests = sum(int.from_bytes(column, "big") for column in columns).to_bytes(len(plain), "big")
        written = [number[6:14] for number in plain]
        for digits in set(written).difference(self._births):
            self._birth(digits)
        births = [self._births[digits] for digits in written]
        sexes = [_SEXES[order & 1] for order in laid[16::18]]
        read: list[Identity | Fault | None] = [
            *map(tuple.__new__, repeat(Identity), zip(plain, births, sexes, repeat(False)))
        ]
        doubted: Sequence[int] = [at for at, rest in enumerate(rests) if rest not in _RIGHT]
        if None in births or not {number[:2] for number in plain} <= self._prefixes:
            doubted = range(len(plain))
        for at in doubted:
            read[at] = self(plain[at])
        if len(plain) == len(cells):
            return read
        rest = iter(read)
        return [next(rest) if c.__class__ is str and _EIGHTEEN.match(c) else self(c) for c in cells]

    @staticmethod
    def _plain(cells: Sequence[Any]) -> Sequence[str]:
        """Those of the cells that look like numbers of eighteen characters: mostly all of them."""
        try:
            laid = "\n".join(cells) + "\n"
            if len(laid) == 19 * len(cells) and _ALL_EIGHTEEN.fullmatch(laid):
                return cells
        except TypeError:  # a number among them
            pass
        return [c for c in cells if c.__class__ is str and _EIGHTEEN.match(c)]

    def _birth(self, digits: str) -> date | None:
        """The day eight digits mean, None if there is no such day. There are few, so they are remembered."""
        if digits in self._births:
            return self._births[digits]
        try:
            birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            birth = None
        if birth is not None and birth.year < _EARLIEST_YEAR:
            birth = None
        self._births[digits] = birth
        return birth

    def _eighteen(self, text: str) -> Identity | Fault:
        birth = self._birth(text[6:14])
        if birth is None:
            return Fault("id_malformed", _BIRTH, {"value": mask(text)})
        if _CHECK[(sum(map(mul, _WEIGHTS, text.encode())) - _ZEROS) % 11] != text[17]:
            if text.endswith("000"):  # typed as a number once, then turned into text: the end is gone
                return Fault("id_precision_lost", _LOST)
            return Fault("id_checksum", _CHECKSUM, {"value": mask(text)})
        if text[:2] not in self._prefixes:
            return self._prefix(text)
        return Identity(text, birth, "male" if text[16] in "13579" else "female")

    def _fifteen(self, text: str) -> Identity | Fault:
        if text[:2] not in self._prefixes:
            return self._prefix(text)
        body = f"{text[:6]}19{text[6:]}"
        birth = self._birth(body[6:14])
        if birth is None:
            return Fault("id_malformed", _BIRTH, {"value": mask(text)})
        sex = "male" if text[14] in "13579" else "female"
        return Identity(body + check_digit(body), birth, sex, first_generation=True)

    def _prefix(self, text: str) -> Fault:
        if text.startswith(DEMO_PREFIX):
            return Fault("id_malformed", _DEMO, {"value": mask(text)})
        return Fault("id_malformed", _PREFIX, {"value": mask(text), "prefix": text[:2]})
