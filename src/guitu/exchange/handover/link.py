"""The way between two systems: over HTTP, or as files in a folder that somebody carries. Both say the same
things in any order and as often as it takes; a link that is cut leaves nothing half done."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from guitu.exchange.handover import papers, parcels, taking
from guitu.exchange.handover.peers import Peer
from guitu.exchange.handover.sealed import MOST_BODY, NotReadable
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine

TYPE: Final = "application/x-guitu-handover"
ENDING: Final = ".guitu-handover"
WHERE: Final = "/exchange/handover/"
SECONDS: Final = 60
UNSAID: Final = Label("没有说明原因", "no reason was given")
Send = Callable[[bytes], bytes]
"""Carries a bundle over and brings the answer back; raises LinkCut."""


class LinkCut(GuituError):
    """The other system could not be reached, or the answer was lost. What it took is not known; sending
    again is right."""


@dataclass(slots=True)
class Outcome:
    """What an exchange did: files sent, of them delivered and held (with why), files that came, answers
    noted. `papers`: of how many files photos and papers arrived, there or here."""

    sent: int = 0
    delivered: int = 0
    came: int = 0
    papers: int = 0
    held: list[Label] = field(default_factory=list)


def exchange(peer: Peer, now: datetime, send: Send | None = None) -> Outcome:
    """Send what is owed and fetch what the other owes. Raises LinkCut wherever the link is cut: what was
    done stays done, and the next exchange goes on from there. Papers go last, to whom takes them."""
    carry = send or (lambda raw: post(peer, raw))
    found = Outcome()
    with engine.house():
        for some in parcels.batches(parcels.pending(peer, now)):
            raw = taking.bundle("files", taking.files_of(some, peer, now), peer, now)
            found.sent += len(some)
            _note(carry(raw), peer, now, found)
        if _fetch(peer, now, carry, found):
            for lots in papers.batches(papers.pending(peer, now)):
                raw = taking.bundle("papers", taking.papers_of(lots, peer, now), peer, now)
                _note(carry(raw), peer, now, found)
    return found


def _fetch(peer: Peer, now: datetime, carry: Send, found: Outcome) -> bool:
    """Fetch what the other owes; whether it takes papers. What is held here is named with the next question,
    so that the other goes on with what comes after it."""
    seen: set[str] = set()
    held: set[str] = set()
    while True:
        asked = taking.bundle("ask", {"held": sorted(held)}, peer, now)
        message, whose = _from(carry(asked), peer)
        told = message.content.get("files") or ()
        new = {str(one.get("digest")) for one in told} - seen
        if not new:
            return taking.takes_papers(message)
        seen |= new
        answers = _taken(message, whose, now, found)
        held |= {one.digest for one in answers if one.state == taking.HELD}
        said = {"answers": [one.as_json() for one in answers]}
        carry(taking.bundle("answers", said, peer, now))


def _taken(message: taking.Message, whose: Peer, now: datetime, found: Outcome) -> list[taking.Answered]:
    """Take in what came, entries or papers."""
    does = taking.take_papers if message.header.kind == "papers" else taking.take
    answers = does(message, whose, now)
    found.came += sum(1 for one in answers if one.state == taking.DELIVERED)
    found.papers += sum(1 for one in answers if one.state == taking.PAPERS)
    found.held += [one.reason or UNSAID for one in answers if one.state == taking.HELD]
    return answers


def write_files(peer: Peer, folder: Path, now: datetime) -> list[Path]:
    """Write what is owed as files to be carried, papers after the entries they belong to; each whole or not
    at all."""
    written = []
    with engine.house():
        for some in parcels.batches(parcels.pending(peer, now)):
            raw = taking.bundle("files", taking.files_of(some, peer, now), peer, now)
            written.append(_put(folder, raw, peer, len(written)))
        for lots in papers.batches(papers.pending(peer, now, ahead=True)):
            raw = taking.bundle("papers", taking.papers_of(lots, peer, now), peer, now)
            written.append(_put(folder, raw, peer, len(written)))
    return written


def read_file(path: Path, answers: Path, now: datetime) -> tuple[Outcome, Path | None]:
    """Take in a file that was carried here. To files the answer is written into the folder `answers`, to be
    carried back; where it went is given."""
    if path.stat().st_size > 2 * MOST_BODY:
        raise NotReadable(Label("文件太大。", "The file is too large."), where=str(path))
    found = Outcome()
    with engine.house():
        message, whose = taking.opened(path.read_bytes())
        if message.header.kind == "answers":
            _count(taking.acknowledge(message, whose, now), found)
            return found, None
        done = _taken(message, whose, now, found)
        said = {"answers": [one.as_json() for one in done]}
        return found, _put(answers, taking.bundle("answers", said, whose, now), whose, 0)


def post(peer: Peer, raw: bytes) -> bytes:
    """Carry a bundle over HTTP. Raises LinkCut."""
    if not peer.url:
        raise LinkCut(
            Label(
                f"系统“{peer.name}”没有登记地址；请用文件交换。",
                f"no address is registered for “{peer.name}”; use files.",
            )
        )
    asked = Request(peer.url.rstrip("/") + WHERE, raw, {"Content-Type": TYPE}, method="POST")
    try:
        with urlopen(asked, timeout=SECONDS) as answer:
            found: bytes = answer.read(2 * MOST_BODY)
            return found
    except HTTPError as wrong:
        raise LinkCut(
            Label(
                f"系统“{peer.name}”没有接受：{wrong.code}。",
                f"“{peer.name}” did not take it: {wrong.code}.",
            )
        ) from wrong
    except (URLError, OSError, ValueError) as wrong:
        raise LinkCut(
            Label(
                f"联系不上系统“{peer.name}”；稍后会接着送。",
                f"“{peer.name}” cannot be reached; it will go on later from there.",
            )
        ) from wrong


def _from(raw: bytes, peer: Peer) -> tuple[taking.Message, Peer]:
    """An answer, which must come from whom it was asked of. One that cannot be read is as good as lost."""
    try:
        message, whose = taking.opened(raw)
    except NotReadable as wrong:
        raise LinkCut(wrong.label) from wrong
    if whose.name != peer.name:
        raise LinkCut(Label("回答来自别的系统。", "The answer comes from another system."))
    return message, whose


def _note(raw: bytes, peer: Peer, now: datetime, found: Outcome) -> None:
    message, whose = _from(raw, peer)
    _count(taking.acknowledge(message, whose, now), found)


def _count(answers: Sequence[taking.Answered], found: Outcome) -> None:
    found.delivered += sum(1 for one in answers if one.state == taking.DELIVERED)
    found.papers += sum(1 for one in answers if one.state == taking.PAPERS)
    found.held += [one.reason or UNSAID for one in answers if one.state == taking.HELD]


def _put(folder: Path, raw: bytes, peer: Peer, place: int) -> Path:
    """Put a bundle into a folder. Its place stands first in its name, so that entries are read before the
    papers that belong to them."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{peer.name}-{place:04d}-{raw[8:].hex()[-24:]}{ENDING}"
    draft = folder / f".{name}.{os.getpid()}"
    with draft.open("wb") as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(draft, folder / name)
    return folder / name
