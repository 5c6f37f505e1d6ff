"""What another system sent and this one could not take in: a note of each file, so that somebody here looks
at it, and not only whoever sent it. Of the file nothing is kept but the number it has over there: the other
system sends it again at every exchange, until it is taken in or no longer owed.

The notes lie in the data folder, `handover/held/`, one file each, put in place whole. One that is lost comes
again with the next exchange.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal
from uuid import UUID

from django.conf import settings

from guitu.kernel.labels import Label
from guitu.store import clock

Code = Literal["same_person", "unknown_kind", "not_given", "not_accepted"]
MOST: Final = 2000
"""So many notes at the most: a system that sends nonsense fills no disk."""


@dataclass(frozen=True, slots=True)
class Note:
    """One file that is held: from which system, under which number there, for which unit here ("" where that
    could not be read), why, since when, and how often it came. `other` is the number of the file here whose
    person has the same identity number, 0 where that is not the reason."""

    peer: str
    file: UUID
    case_no: str
    unit: str
    code: Code
    reason: Label
    first: datetime
    last: datetime
    times: int
    other: int = 0

    @property
    def key(self) -> str:
        """What names it in an address."""
        return f"{self.peer}-{self.file.hex}"


def keep(
    peer: str, file: UUID, case_no: str, unit: str, code: Code, reason: Label, now: datetime, other: int = 0
) -> None:
    """Note that a file was held, again or for the first time. That it cannot be noted keeps nothing from its
    answer, which says the same to the sender."""
    with suppress(OSError):
        path = _path(peer, file)
        before = _read(path)
        if before is None and len(list(_folder().glob("*.json"))) >= MOST:
            return
        at = clock.milliseconds(now)
        told = {
            "peer": peer, "file": file.hex, "case_no": case_no[:60], "unit": unit[:32], "code": code,
            "reason": {"zh": reason.zh[:600], "en": reason.en[:600]}, "other": other,
            "first_ms": clock.milliseconds(before.first) if before else at, "last_ms": at,
            "times": before.times + 1 if before else 1,
        }  # fmt: skip
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        os.replace(draft, path)


def release(peer: str, file: UUID) -> None:
    """It was taken in: nobody has to look at it any more."""
    with suppress(OSError):
        _path(peer, file).unlink(missing_ok=True)


def notes() -> tuple[Note, ...]:
    """Everything that is held, the latest first."""
    found = [note for path in _folder().glob("*.json") if (note := _read(path)) is not None]
    return tuple(sorted(found, key=lambda one: (one.last, one.key), reverse=True))


def _folder() -> Path:
    return Path(settings.HOME) / "handover" / "held"


def _path(peer: str, file: UUID) -> Path:
    return _folder() / f"{peer}-{file.hex}.json"


def _read(path: Path) -> Note | None:
    """The note that lies there; None for none, and for one that is damaged: it comes again."""
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Note(
            str(told["peer"]), UUID(hex=told["file"]), str(told["case_no"]), str(told["unit"]), told["code"],
            Label(str(told["reason"]["zh"]) or "—", str(told["reason"]["en"]) or "—"),
            clock.moment(int(told["first_ms"])), clock.moment(int(told["last_ms"])), int(told["times"]),
            int(told["other"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None
