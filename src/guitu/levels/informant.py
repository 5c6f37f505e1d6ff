"""Rewards to informants without a name: a code that is all anybody sees, and a phrase by which the money is
collected once.

Of the phrase only the digest is kept; it has eighty bits from the machine's dice, so that nobody comes from
the digest back to it. Who the informant is, the product does not know and cannot be told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hmac import compare_digest
from typing import Final

from guitu.casefile import Entry
from guitu.casefile.chain import sm3
from guitu.casefile.file import VOID
from guitu.casefile.second import second_of
from guitu.kernel.labels import Label

REWARD: Final = "informant_reward"
ENDED: Final = "informant_reward_ended"
KINDS: Final = frozenset({REWARD, ENDED})

DICE: Final = 10
"""Bytes of chance that a phrase takes; a code takes eight."""
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's thirty-two: none is taken for another when read out or written by hand."""
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_CODE: Final = re.compile(r"J\d{9}")
_BOUND: Final = b"guitu informant reward 1|"


def _luhn(digits: str) -> int:
    """The check digit of these digits (ISO/IEC 7812-1, annex B)."""
    total = 0
    for at, letter in enumerate(reversed(digits)):
        value = int(letter) * (2 if at % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10


def code_of(dice: bytes) -> str:
    """A code out of eight bytes of chance: J, eight digits and a check digit."""
    digits = f"{int.from_bytes(dice[:8]) % 10**8:08d}"
    return f"J{digits}{_luhn(digits)}"


def read_code(typed: str) -> str:
    """A code as it was typed, or nothing if it is none."""
    text = re.sub(r"[\s-]+", "", unicodedata.normalize("NFKC", typed)).upper()
    return text if a_code(text) is None else ""


def a_code(text: str) -> Label | None:
    """What is wrong with a code: nothing but J and nine digits, of which the last checks the others."""
    if _CODE.fullmatch(text) and _luhn(text[1:9]) == int(text[9]):
        return None
    return Label(
        "奖励编号是 J 和九位数字，末位是校验位。",
        "The code of a reward is J and nine digits, of which the last checks the others.",
    )


def phrase_of(dice: bytes) -> str:
    """A phrase out of ten bytes of chance: four groups of four."""
    number = int.from_bytes(dice[:DICE])
    letters = "".join(_LETTERS[number >> 5 * at & 31] for at in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def _plain(phrase: str) -> str:
    text = re.sub(r"[\s\-—–_.]+", "", unicodedata.normalize("NFKC", phrase)).upper()
    return text.translate(_READ_AS)


def digest_of(code: str, phrase: str) -> str:
    """What is kept of a phrase: its SM3 digest, bound to its code. How it was typed makes no difference."""
    return sm3(_BOUND + f"{code}|{_plain(phrase)}".encode()).hex()


def opens(reward: Entry, phrase: str) -> bool:
    """Whether it is the phrase of this reward."""
    code, digest = str(reward.get("code")), str(reward.get("digest"))
    return compare_digest(digest_of(code, phrase), digest)


def ending(reward: str) -> bytes:
    """Ten bytes that follow from a reward's id: what ends it has an id of its own that is always the same."""
    return sm3(_BOUND + f"end|{reward}".encode())[:10]


def ended(reward: Entry, there: Sequence[Entry]) -> Entry | None:
    """What ended a reward, if anything did."""
    return next((e for e in there if e.kind == ENDED and e.get("to") == str(reward.id)), None)


def refused(entry: Entry, there: Sequence[Entry]) -> Label | None:
    """Why an entry cannot be so after these of its file, or None: a reward takes two officers, ends once, and
    is never altered, so that money that was collected is not collected again."""
    if entry.corrects is not None:
        touched = any(e.id == entry.corrects for e in there)
        if entry.kind == VOID and not touched:
            return None
        return Label(
            "举报奖励不能更正、不能作废；没有领取的可以取消。",
            "A reward to an informant is not corrected or withdrawn; one not collected may be cancelled.",
        )
    if entry.kind == REWARD:
        if not second_of(entry.source):
            return Label("举报奖励须两人办理。", "A reward to an informant takes two officers.")
        if any(e.kind == REWARD and e.get("code") == entry.get("code") for e in there):
            return Label("这个奖励编号已经用过。", "This code was used before.")
    if entry.kind == ENDED:
        reward = next((e for e in there if e.kind == REWARD and str(e.id) == entry.get("to")), None)
        if reward is None:
            return Label("没有这份奖励。", "There is no such reward.")
        if ended(reward, there) is not None:
            return Label(
                "这份奖励已经领取或者取消，不能再领。",
                "This reward was collected or cancelled already; it is not paid again.",
            )
        if entry.get("outcome") == "collected" and entry.get("amount") != reward.get("amount"):
            return Label("领取的金额与批准的不符。", "The amount is not the one that was approved.")
    return None
