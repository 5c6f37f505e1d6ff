"""Answers of a fixed shape, for entries without names: what a text may look like, and nothing else fits.

Each check gives the one sentence that says what is wrong, or None. They are of the file itself and know no
store.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from guitu.kernel.labels import Label

MOST_PLACE: Final = 40
_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LONG_NUMBER: Final = re.compile(r"\d(?:[\s-]?\d){6,}[\dXx]?")
_PERSONS: Final = re.compile(
    r"某某|某(?:男|女)?$|先生|女士|同志|嫌疑人|吸毒人员|戒毒人员|身份证|手机号|联系人|\bMr\b|\bMrs\b|\bMs\b|的家|家里|家中"
)
_NOT_AN_ID: Final = Label("由系统填写，不能手写。", "Filled in by the system; it cannot be written by hand.")


def an_id(text: str) -> Label | None:
    """The id of an entry, as the system writes it."""
    return None if _ID.fullmatch(text) else _NOT_AN_ID


def ids(text: str) -> Label | None:
    """Ids of entries, a blank between them."""
    return None if all(_ID.fullmatch(one) for one in text.split(" ")) else _NOT_AN_ID


def a_digest(text: str) -> Label | None:
    """A digest of 256 bits in hexadecimal."""
    return None if _DIGEST.fullmatch(text) else _NOT_AN_ID


def number_of_a_person(text: str) -> bool:
    """Whether a text holds a run of digits as long as a telephone or identity number."""
    return _LONG_NUMBER.search(unicodedata.normalize("NFKC", text)) is not None


def a_place(text: str) -> Label | None:
    """The name of a place. A name of somebody cannot be told from one of a place with certainty; what betrays
    a person is refused: numbers of identity cards and telephones, forms of address, somebody's home."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > MOST_PLACE:
        return Label(
            f"地点名称最多 {MOST_PLACE} 字，现有 {len(plain)} 字。",
            f"The name of a place has {MOST_PLACE} characters at most; it has {len(plain)}.",
        )
    if number_of_a_person(plain):
        return Label(
            "这里只写地点，不写证件号、电话号码。",
            "Only places stand here, no numbers of identity cards or telephones.",
        )
    if _PERSONS.search(plain):
        return Label(
            "这里只写地点，不写任何人，也不写谁的家。", "Only places stand here: nobody, and nobody's home."
        )
    return None


def a_document(text: str) -> Label | None:
    """The number of an official paper: 澄府〔2026〕12号."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[\w()〔〕\[\]【】第\-. ]{2,40}", plain) and re.search(r"\d", plain) and not (
        number_of_a_person(plain)
    ):  # fmt: skip
        return None
    return Label(
        "请写文号，例如：示例〔2026〕12号。", "Enter the number of the paper, such as 示例〔2026〕12号."
    )


Check = Callable[[str], Label | None]
