"""Bundles between two systems: what one gives away, what is refused, and who may write into which file."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from guitu.access import Actor, Post, house
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.exchange.handover import NotReadable, content, held, papers, parcels, taking
from guitu.exchange.handover.peers import Card, Peer, add_peer, card, name_this, peers
from guitu.exchange.handover.sealed import Header, Message, seal, unseal
from guitu.exchange.phone.reading import Attachment, attachments_in, handed_source
from guitu.kernel.errors import GuituError
from guitu.store import attachments, engine, erasure, gate, keys, read
from guitu.store.keys import SiteKey
from tests.store.writing import CLERK, Pen

HERE, THERE = ("469023", "46J01"), ("469024",)
NEXT_TOWN = "469024100"
THEIR_SIGN, THEIR_BOX = SiteKey(b"s" * 32), X25519PrivateKey.from_private_bytes(b"b" * 32)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, places: object) -> Iterator[None]:
    """This system is `here`; the other is played by the test, which holds its keys."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    keys.exchange_key.cache_clear()
    keys.site_key.cache_clear()
    name_this("here", HERE)
    their = Card("there", THEIR_SIGN.public, THEIR_BOX.public_key().public_bytes_raw(), THERE)
    add_peer(their.as_json(), "https://there.example")
    yield
    keys.exchange_key.cache_clear()
    keys.site_key.cache_clear()


@pytest.fixture
def there() -> Peer:
    return peers()[0]


def from_there(kind: str, told: dict[str, object], sign: SiteKey = THEIR_SIGN, to: str = "here") -> bytes:
    header = Header(kind, "0" * 32, "there", to, 0)
    return seal(header, told, sign, card().box)


def heard(raw: bytes) -> Message:
    """What the other system reads of an answer."""
    return unseal(raw, "there", THEIR_BOX, lambda name: card().sign if name == "here" else None)


def sent(place: int, now: datetime) -> Pen:
    """Somebody whose file was sent to the other system."""
    pen = Pen(place)
    gate.record_many(
        [
            *pen.on_community_treatment(served="2026-02-01"),
            pen.entry("reporting_in", "2026-02-05"),
            pen.entry("remark", "2026-03-01", text="秘密的备注"),
            pen.entry("restricted_condition", "2026-03-02", what="hiv", state="confirmed",
                      report="known", time=1000),
            pen.entry("handover_sent", "2026-11-10", to_unit=NEXT_TOWN),
        ],
        actor=house(),
        now=now,
    )  # fmt: skip
    return pen


def theirs(pen: Pen, kind: str, day: str, unit: str = NEXT_TOWN, **fields: str) -> Entry:
    pen.next += 1
    return replace(pen.entry(kind, day, **fields), unit=unit, author="they")


def files(pen: Pen, *entries: Entry) -> dict[str, object]:
    return {
        "files": [
            {
                "file": pen.file.hex, "case_no": "x", "role": "receiver",
                "digest": content.digest_of(pen.file, entries),
                "entries": [content.written(e) for e in entries],
            }
        ]
    }  # fmt: skip


def answered(pen: Pen, now: datetime, *entries: Entry) -> tuple[str, str]:
    """What this system says to entries that come from there."""
    (one,) = heard(taking.answer(from_there("files", files(pen, *entries)), now)).content["answers"]
    return one["state"], (one["reason"] or {}).get("en", "")


def kinds_in(pen: Pen) -> list[str]:
    view = read.file_view(pen.file)
    return [e.kind for e in view.entries] if view else []


def test_a_bundle_tells_nobody_but_its_receiver_anything(now: datetime, there: Peer) -> None:
    sent(1, now)
    raw = taking.answer(from_there("ask", {}), now)
    assert b"hand" not in raw[100:]
    assert "王小明".encode() not in raw
    (one,) = heard(raw).content["files"]
    said = str(one["entries"])
    assert "王小明" in said
    assert "秘密的备注" in said
    assert "restricted_condition" not in said  # what only one's own doctors know stays where it is
    stranger = X25519PrivateKey.generate()
    with pytest.raises(NotReadable):
        unseal(raw, "there", stranger, lambda _: card().sign)


@pytest.mark.parametrize("place", [0, 9, 40, -200, -70, -1])
def test_one_bit_anywhere_is_noticed_and_nothing_is_taken(now: datetime, place: int) -> None:
    pen = sent(2, now)
    raw = bytearray(from_there("files", files(pen, theirs(pen, "handover_accepted", "2026-11-12"))))
    raw[place] ^= 1
    with pytest.raises(NotReadable):
        taking.answer(bytes(raw), now)
    assert "handover_accepted" not in kinds_in(pen)


def test_a_bundle_by_somebody_else_or_for_somebody_else_is_refused(now: datetime) -> None:
    with pytest.raises(NotReadable, match="signature"):
        taking.answer(from_there("ask", {}, SiteKey(b"x" * 32)), now)
    with pytest.raises(NotReadable, match="not for this system"):
        taking.answer(from_there("ask", {}, to="elsewhere"), now)
    with pytest.raises(NotReadable, match="not for this system"):  # its own, read where it was written
        taking.answer(seal(Header("ask", "1", "here", "there", 0), {}, keys.site_key(), card().box), now)
    with pytest.raises(NotReadable, match="not known"):
        taking.answer(seal(Header("ask", "1", "nobody", "here", 0), {}, THEIR_SIGN, card().box), now)
    with pytest.raises(NotReadable):
        taking.answer(b"GUITUHO1", now)
    with pytest.raises(NotReadable):
        taking.answer(b"", now)


def test_the_answers_of_a_receiver_are_taken_once_however_often_they_come(now: datetime) -> None:
    pen = sent(3, now)
    said = (theirs(pen, "handover_opened", "2026-11-11"), theirs(pen, "handover_accepted", "2026-11-12"))
    for _ in range(3):
        assert answered(pen, now, *said) == ("delivered", "")
    assert kinds_in(pen).count("handover_accepted") == 1
    view = read.file_view(pen.file)
    assert view is not None
    assert view.unit is not None
    assert view.unit.code == NEXT_TOWN


def test_what_is_acknowledged_is_not_sent_again_until_something_is_new(now: datetime, there: Peer) -> None:
    pen = sent(4, now)
    (one,) = parcels.pending(there, now)
    told = {"answers": [{"file": pen.file.hex, "digest": one.digest, "state": "delivered", "reason": None}]}
    for _ in range(2):
        taking.answer(from_there("answers", told), now)
    assert parcels.pending(there, now) == ()
    assert kinds_in(pen).count("handover_exchanged") == 1
    gate.record(pen.entry("remark", "2026-11-20", text="补充"), actor=CLERK, now=now)
    assert [p.no for p in parcels.pending(there, now)] == [one.no]


def test_a_file_that_is_withdrawn_is_told_to_whoever_has_it_and_nothing_more_of_it(
    now: datetime, there: Peer
) -> None:
    pen = sent(5, now)
    (one,) = parcels.pending(there, now)
    told = {"answers": [{"file": pen.file.hex, "digest": one.digest, "state": "delivered", "reason": None}]}
    taking.answer(from_there("answers", told), now)
    view = read.file_view(pen.file)
    assert view is not None
    last = next(e for e in view.entries if e.kind == "handover_sent")
    gate.record(pen.entry("remark", "2026-11-20", text="以后的事"), actor=CLERK, now=now)
    gate.record(pen.entry("void", "2026-11-20", corrects=last.id, reason="发错"), actor=CLERK, now=now)
    (again,) = parcels.pending(there, now)
    assert again.role == "told"
    (entries,) = parcels.contents([again]).values()
    assert [e.kind for e in entries] == ["handover_sent", "void"]


def test_the_other_system_writes_nothing_into_files_it_was_never_given(now: datetime) -> None:
    pen = Pen(6)
    gate.record_many(pen.on_community_treatment(served="2026-02-01"), actor=house(), now=now)
    for kind, more in (
        ("handover_accepted", {}), ("release", {}), ("handover_sent", {"to_unit": "469023100"}),
    ):  # fmt: skip
        state, why = answered(pen, now, theirs(pen, kind, "2026-11-12", **more))
        assert (state, "never handed over" in why) == ("held", True), kind
    new = Pen(7)
    assert answered(new, now, new.person(), theirs(new, "release", "2026-11-12"))[0] == "held"
    assert kinds_in(new) == []


def test_a_receiver_answers_and_does_nothing_else(now: datetime) -> None:
    pen = sent(8, now)
    state, why = answered(pen, now, theirs(pen, "relapse", "2026-11-12"))
    assert (state, "Only" in why or "only" in why) == ("held", True)
    state, _ = answered(pen, now, theirs(pen, "handover_accepted", "2026-11-12", unit="469023100"))
    assert state == "held"  # nobody answers in the name of our own offices
    assert "relapse" not in kinds_in(pen)


def test_a_file_comes_in_whole_or_not_at_all_and_the_reason_goes_back(now: datetime) -> None:
    pen = Pen(9, author="they", unit=NEXT_TOWN)
    good = [
        *pen.on_community_treatment(unit="469024100200", served="2026-02-01"),
        pen.entry("handover_sent", "2026-11-10", to_unit="469023100"),
    ]
    bad = pen.entry("responsible_unit", "2026-11-11", unit="999999", worker="无")
    state, why = answered(pen, now, *good, bad)
    assert (state, "999999" in why) == ("held", True)
    assert kinds_in(pen) == []
    assert answered(pen, now, *good) == ("delivered", "")
    late = replace(good[-1], recorded_at=now + timedelta(hours=1))
    other = Pen(10, author="they", unit=NEXT_TOWN)
    ahead = [*other.on_community_treatment(unit="469024100200", served="2026-02-01"),
             replace(late, id=other.entry("remark", "2026-11-10").id, file=other.file)]  # fmt: skip
    state, why = answered(other, now, *ahead)
    assert state == "held"  # recorded later than now: a clock is wrong, and it goes through afterwards
    assert answered(other, now + timedelta(hours=2), *ahead)[0] == "delivered"


def test_somebody_who_has_a_file_here_already_is_held_for_a_person_to_look_at(now: datetime) -> None:
    mine = Pen(11)
    gate.record_many(mine.on_community_treatment(served="2026-02-01"), actor=house(), now=now)
    pen = Pen(12, author="they", unit=NEXT_TOWN)
    same = replace(pen.person(), fields=dict(mine.person().fields))
    sent_on = pen.entry("handover_sent", "2026-11-10", to_unit="469023100")
    state, why = answered(pen, now, same, sent_on)
    assert (state, "already belongs to another file" in why) == ("held", True)
    assert answered(pen, now + timedelta(hours=1), same, sent_on)[0] == "held"
    (note,) = held.notes()
    there = read.file_view(mine.file)
    assert there is not None
    assert (note.peer, note.file, note.case_no, note.unit) == ("there", pen.file, "x", "469023100")
    assert (note.code, note.other, note.times) == ("same_person", there.no, 2)
    assert note.last - note.first == timedelta(hours=1)
    lying = b"".join(path.read_bytes() for path in Path(settings.HOME, "handover").rglob("*.json"))
    assert "王小明".encode() not in lying
    assert str(same.fields["id_number"]).encode() not in lying


def test_what_was_held_is_no_longer_once_it_was_taken_in(now: datetime) -> None:
    pen = Pen(14, author="they", unit=NEXT_TOWN)
    sent_on = pen.entry("handover_sent", "2026-11-10", to_unit="469023100")
    whole = [*pen.on_community_treatment(unit="469024100200", served="2026-02-01"), sent_on]
    bad = pen.entry("responsible_unit", "2026-11-11", unit="999999", worker="无")
    assert answered(pen, now, *whole, bad)[0] == "held"
    assert [(n.code, n.times) for n in held.notes()] == [("not_accepted", 1)]
    assert answered(pen, now, *whole)[0] == "delivered"
    assert held.notes() == ()


def test_a_file_of_a_unit_that_is_not_here_is_held_with_its_code_and_not_as_one_never_sent(
    now: datetime,
) -> None:
    pen = Pen(15, author="they", unit="46J99")
    sent_on = pen.entry("handover_sent", "2026-11-10", to_unit="469023100")
    state, why = answered(pen, now, pen.person(), sent_on)
    assert (state, "“46J99”, which the system that received it does not have" in why) == ("held", True)
    assert [n.code for n in held.notes()] == ["not_accepted"]


def test_a_note_that_is_damaged_is_none_and_comes_again(now: datetime) -> None:
    pen = Pen(15)
    gate.record_many(pen.on_community_treatment(served="2026-02-01"), actor=house(), now=now)
    assert answered(pen, now, theirs(pen, "handover_accepted", "2026-11-12"))[0] == "held"
    (path,) = Path(settings.HOME, "handover", "held").glob("*.json")
    path.write_text("{", encoding="utf-8")
    assert held.notes() == ()
    assert answered(pen, now, theirs(pen, "handover_accepted", "2026-11-12"))[0] == "held"
    assert [n.code for n in held.notes()] == ["not_given"]


def test_what_comes_from_there_is_not_sent_back_there(now: datetime, there: Peer) -> None:
    pen = Pen(13, author="they", unit=NEXT_TOWN)
    came = [
        *pen.on_community_treatment(unit="469024100200", served="2026-02-01"),
        pen.entry("handover_sent", "2026-11-10", to_unit="469023100"),
    ]
    assert answered(pen, now, *came)[0] == "delivered"
    assert parcels.pending(there, now) == ()
    clerk = Actor("clerk", (Post("town_office", "469023100"),))
    ours = Pen(13, author="clerk", unit="469023100")
    ours.next += 500
    gate.record(ours.entry("handover_accepted", "2026-11-12"), actor=clerk, now=now)
    gate.record(ours.entry("remark", "2026-11-13", text="我们的"), actor=clerk, now=now)
    (back,) = parcels.pending(there, now)
    assert back.role == "receiver"
    (entries,) = parcels.contents([back]).values()
    assert [e.kind for e in entries] == ["handover_accepted"]


def test_another_system_with_the_name_of_one_that_is_known_is_refused_and_this_one_itself() -> None:
    other = Card("there", b"o" * 32, b"p" * 32, THERE)
    with pytest.raises(GuituError, match="other keys"):
        add_peer(other.as_json())
    with pytest.raises(GuituError, match="no card"):
        add_peer({"format": "x"})
    with pytest.raises(GuituError, match="https"):
        add_peer(replace(other, name="new").as_json(), "ftp://x")
    for own in (card(), replace(card(), name="other"), Card("here", b"o" * 32, b"p" * 32, THERE)):
        with pytest.raises(GuituError, match="of this system itself"):
            add_peer(own.as_json())


PDF = b"%PDF-1.4 a sick note %%EOF"
OTHER = b"%PDF-1.4 of the doctors alone %%EOF"


def named(*contents: bytes) -> str:
    """What the source of an entry says that was handed in with these."""
    papers = tuple(Attachment("paper", sha256(one).hexdigest(), len(one)) for one in contents)
    return handed_source("窗口", date(2026, 3, 1), papers)


def sent_with_papers(place: int, now: datetime) -> tuple[Pen, Entry]:
    """Somebody whose file was sent to the other system, with a paper, and another that only doctors see."""
    pen = sent(place, now)
    seen = replace(pen.entry("remark", "2026-03-03", text="有材料"), source=named(PDF))
    apart = replace(
        pen.entry("restricted_condition", "2026-03-04", what="hepatitis_c", state="confirmed", report="known",
                  time=1000),
        source=named(OTHER),
    )  # fmt: skip
    gate.record_many([seen, apart], actor=house(), now=now)
    for entry, content_ in ((seen, PDF), (apart, OTHER)):
        attachments.keep(entry, "paper", sha256(content_).hexdigest(), content_, now)
    return pen, seen


def asked(now: datetime, *held: str, takes: bool = True) -> Message:
    told = {"takes": ["papers"] if takes else [], "held": list(held)}
    return heard(taking.answer(from_there("ask", told), now))


def acknowledged(message: Message, state: str, now: datetime) -> None:
    told = [
        {"file": one["file"], "digest": one["digest"], "state": state, "reason": None}
        for one in message.content["files"]
    ]
    taking.answer(from_there("answers", {"answers": told}), now)


def test_what_is_held_there_keeps_back_neither_the_next_file_nor_the_papers_of_another(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "AT_ONCE", 1)
    sent(19, now)
    sent_with_papers(20, now)
    (held,) = asked(now).content["files"]
    after = asked(now, held["digest"])
    assert [one["file"] for one in after.content["files"]] == [Pen(20).file.hex]
    acknowledged(after, "delivered", now)
    assert asked(now, held["digest"]).header.kind == "papers"


def test_papers_follow_the_entries_once_and_what_only_doctors_see_stays(now: datetime) -> None:
    pen, seen = sent_with_papers(20, now)
    entries = asked(now)
    assert entries.header.kind == "files"
    (told,) = [e for e in entries.content["files"][0]["entries"] if e.get("papers")]
    assert told["papers"] == [["paper", sha256(PDF).hexdigest(), len(PDF)]]
    acknowledged(entries, "delivered", now)
    assert asked(now, takes=False).content["files"] == [], "an earlier edition is sent none"
    came = asked(now)
    assert came.header.kind == "papers"
    (lot,) = came.content["files"]
    assert [(p["entry"], base64.b64decode(p["bytes"])) for p in lot["papers"]] == [(seen.id.hex, PDF)]
    again = asked(now)
    assert again.content["files"] == came.content["files"], "nobody has said that it has them"
    acknowledged(came, "papers", now)
    assert asked(now).content["files"] == []
    assert kinds_in(pen).count("handover_exchanged") == 2


def test_papers_whose_key_was_destroyed_do_not_leave(now: datetime) -> None:
    pen, _ = sent_with_papers(21, now)
    acknowledged(asked(now), "delivered", now)
    of_paper = kinds()["remark"].compartment
    erasure.erase(pen.file, [of_paper], actor=house(), reason="到期", now=now)
    assert asked(now).header.kind == "files"


def came_with_paper(place: int, now: datetime, *, say: bool = True) -> tuple[Pen, Entry]:
    """Somebody whose file came from the other system, with one entry that names a paper."""
    pen = Pen(place, author="they", unit=NEXT_TOWN)
    with_paper = replace(pen.entry("remark", "2026-03-03", text="有材料"), source=named(PDF) if say else "")
    whole = [
        *pen.on_community_treatment(unit="469024100200", served="2026-02-01"), with_paper,
        pen.entry("handover_sent", "2026-11-10", to_unit="469023100"),
    ]  # fmt: skip
    assert answered(pen, now, *whole) == ("delivered", "")
    return pen, with_paper


def brought(pen: Pen, now: datetime, *some: tuple[Entry, bytes], digest: str = "") -> tuple[str, str]:
    """What this system says to papers that come from there."""
    told = [
        {"entry": e.id.hex, "sha256": digest or sha256(c).hexdigest(), "bytes": base64.b64encode(c).decode()}
        for e, c in some
    ]
    whole = papers.digest_of(pen.file, [(UUID(hex=one["entry"]), one["sha256"]) for one in told])
    lot = {"file": pen.file.hex, "case_no": "x", "digest": whole, "papers": told}
    (one,) = heard(taking.answer(from_there("papers", {"files": [lot]}), now)).content["answers"]
    return one["state"], (one["reason"] or {}).get("en", "")


def test_papers_are_kept_once_and_sealed_however_often_they_come(now: datetime) -> None:
    pen, entry = came_with_paper(22, now)
    for _ in range(3):
        assert brought(pen, now, (entry, PDF)) == ("papers", "")
    view = read.file_view(pen.file)
    assert view is not None
    stored = next(e for e in view.entries if e.id == entry.id)
    assert stored.source.startswith("handover:there 0")
    assert [(a.what, a.sha256) for a in attachments_in(stored.source)] == [("paper", sha256(PDF).hexdigest())]
    assert attachments.opened(stored, sha256(PDF).hexdigest()) == PDF
    rows = engine.rows("SELECT sealed FROM store_attachment")
    assert len(rows) == 1
    assert PDF not in bytes(rows[0][0])


def test_papers_that_come_before_their_entries_wait_and_are_sent_again(now: datetime) -> None:
    ahead = Pen(23, author="they", unit=NEXT_TOWN)
    entry = replace(ahead.entry("remark", "2026-03-03", text="x"), source=named(PDF))
    state, why = brought(ahead, now, (entry, PDF))
    assert (state, "not come yet" in why) == ("held", True)
    assert engine.rows("SELECT 1 FROM store_attachment") == []


def test_a_paper_that_is_not_what_its_entry_names_is_not_taken(now: datetime) -> None:
    pen, entry = came_with_paper(24, now)
    mine = pen.entry("remark", "2026-11-20", text="我们的")
    ours = replace(mine, unit="469023100", author="clerk", source=named(PDF))
    gate.record(ours, actor=house(), now=now)
    for some, digest, word in (
        ((entry, PDF + b" "), sha256(PDF).hexdigest(), "damaged"),
        ((entry, b"MZ a program"), "", "neither a photo nor a PDF"),
        ((entry, PDF + b"%" * papers.MOST), "", "at most 2 MB"),
        ((ours, PDF), "", "did not come from there"),
    ):
        state, why = brought(pen, now, some, digest=digest)
        assert (state, word in why) == ("held", True), (word, why)
    state, why = brought(pen, now, (entry, OTHER))
    assert (state, "name none here" in why) == ("papers", True), "that it was not taken is said once"
    assert engine.rows("SELECT 1 FROM store_attachment") == []


def test_a_bundle_of_an_earlier_edition_names_no_papers_and_is_taken(now: datetime) -> None:
    pen, entry = came_with_paper(25, now, say=False)
    view = read.file_view(pen.file)
    assert view is not None
    assert next(e for e in view.entries if e.id == entry.id).source == f"handover:there {'0' * 32}"


def test_names_of_papers_that_are_none_hold_the_file(now: datetime) -> None:
    pen = Pen(26, author="they", unit=NEXT_TOWN)
    whole = [
        *pen.on_community_treatment(unit="469024100200", served="2026-02-01"),
        pen.entry("handover_sent", "2026-11-10", to_unit="469023100"),
    ]
    for wrong in ([["paper", "x" * 64, 5]], [["paper", "a" * 64, 5]] * 4, [["paper", "a" * 64]], "abc", 5):
        told = files(pen, *whole)
        told["files"][0]["entries"][0]["papers"] = wrong  # type: ignore[index]
        (one,) = heard(taking.answer(from_there("files", told), now)).content["answers"]
        assert one["state"] == "held", wrong
    assert kinds_in(pen) == []


def test_many_papers_go_in_several_bundles_and_each_is_acknowledged_by_itself(
    now: datetime, there: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "AT_ONCE", 60)
    pen = sent(27, now)
    for n in range(5):
        content_ = b"%%PDF-1.4 number %d %%%%EOF" % n
        entry = replace(pen.entry("remark", "2026-03-03", text=f"第{n}次"), source=named(content_))
        gate.record(entry, actor=house(), now=now)
        attachments.keep(entry, "paper", sha256(content_).hexdigest(), content_, now)
    acknowledged(asked(now), "delivered", now)
    whole: set[str] = set()
    for left in (3, 2, 1):
        assert len(papers.pending(there, now)) == left
        came = asked(now)
        whole |= {p["sha256"] for lot in came.content["files"] for p in lot["papers"]}
        acknowledged(came, "papers", now)
    assert len(whole) == 5
    assert asked(now).content["files"] == []
