"""What the access matrix looks at: a file in which something recognisable stands in every compartment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from guitu.access import ROLES, Actor, Post, house
from guitu.casefile import Entry, Kind, Value
from guitu.casefile.fields import Ask
from guitu.compose import kinds
from guitu.store import gate, grants, read, staff
from guitu.store.read.targets import target_of
from guitu.web import clock
from guitu.web.models import ImportBatch
from guitu.web.urls import addresses as every_address
from tests.conftest import NOW
from tests.security.matrix_kinds import NOT_PLANTED
from tests.store.writing import CENTRE, NEXT_COUNTY, TOWN, VILLAGE, WEST_VILLAGE, Pen, id_number
from tests.web.recording import confirm

WEST: Final = "469023101"

POSTED: Final = {
    "home": ("at_home", TOWN),
    "custody": ("in_custody", CENTRE),
    "receiving": ("sent", WEST),
    "former": ("at_home", CENTRE),
    "outside": ("at_home", NEXT_COUNTY),
    "emergency": ("at_home", NEXT_COUNTY),
    "centre": ("in_centre", CENTRE),
    "sender": ("in_centre", TOWN),
}
"""For each situation the file that is looked at, and the unit of the reader's post."""


def posted(role: str, situation: str) -> str:
    """The unit of the reader's post: somebody with a caseload sits in the village itself."""
    return VILLAGE if (role, situation) == ("village_worker", "home") else POSTED[situation][1]


NOW_ANSWERS: Final = "现任专干"
"""Who answers for the person now: the name stands beside the unit on every page of the file and betrays
nothing."""

BEFORE: Final = date(2025, 2, 1)
"""From here on one kind happened a day."""
ENDS_ALL: Final = (
    "identity_error",
    "merged_from",
    "merged_into",
    "record_sealed",
    "record_unsealed",
    "record_erased",
    "monitoring_ended",
    "death",
)
"""Kinds that change what may happen to a file: they stand in one of their own, in this order."""
APART: Final = frozenset({"person", "responsible_unit", "order", "admission", "void", *ENDS_ALL})


BEGINNING: Final = 9
"""So many bytes of a mark are looked for first: three characters, or the part of an id that one file's ids
share. Most answers hold none."""


class Alike:
    """Marks that begin alike, and which of them stand at one place of a text."""

    def __init__(self, marks: Iterable[bytes]) -> None:
        self._sorted = sorted(marks)
        self._longest = max(map(len, self._sorted))
        self._within = {
            mark: frozenset(other for other in self._sorted if mark.startswith(other))
            for mark in self._sorted
        }

    def at(self, text: bytes, place: int) -> frozenset[bytes]:
        """Those that stand there. Whatever stands between a mark and a text that begins with it begins with
        it too: all are among the beginnings of the last mark that is not behind the text."""
        there = text[place : place + self._longest]
        behind = bisect_right(self._sorted, there)
        if not behind:
            return frozenset()
        return frozenset(filter(there.startswith, self._within[self._sorted[behind - 1]]))


@dataclass(frozen=True)
class Planted:
    """One file, who answers for it, and how to recognise each compartment wherever it comes out."""

    case: str
    unit: str
    entries: Mapping[str, tuple[Entry, ...]]
    """By compartment."""

    @cached_property
    def marks(self) -> dict[str, tuple[bytes, ...]]:
        """The bytes that betray a compartment: every text that was planted, and every entry's id."""
        return {
            compartment: tuple(
                dict.fromkeys(
                    mark.encode() for entry in some for mark in marks_of(kinds()[entry.kind], entry)
                )
            )
            for compartment, some in self.entries.items()
        }

    @cached_property
    def beginnings(self) -> dict[bytes, Alike]:
        """How the marks begin, each beginning once, with the marks that begin so."""
        alike: dict[bytes, set[bytes]] = {}
        for marks in self.marks.values():
            for mark in marks:
                alike.setdefault(mark[:BEGINNING], set()).add(mark)
        return {beginning: Alike(marks) for beginning, marks in alike.items()}

    def standing_in(self, text: bytes) -> set[bytes]:
        """The marks that stand in there. Looked for where one begins and not one after the other: a file has
        more than a thousand marks, and the matrix reads more than a hundred thousand answers."""
        found: set[bytes] = set()
        for beginning, alike in self.beginnings.items():
            at = text.find(beginning)
            while at >= 0:
                found |= alike.at(text, at)
                at = text.find(beginning, at + 1)
        return found

    def shown_in(self, text: bytes, *, asked: str = "") -> dict[str, bytes]:
        """The compartments of which something stands in there, each with one thing that does. What the
        reader `asked` for tells nothing."""
        there = self.standing_in(text)
        if not there:
            return {}
        known = asked.encode()
        return {
            compartment: found
            for compartment, marks in self.marks.items()
            if (found := next((mark for mark in marks if mark in there and mark not in known), None))
            is not None
        }


@dataclass
class World:
    """The planted files and the browsers that have looked at them."""

    files: Mapping[str, Planted]
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)

    def file(self, situation: str) -> Planted:
        """The file that is looked at."""
        return self.files[POSTED[situation][0]]

    def client(self, role: str, situation: str) -> Client:
        """A browser in which an account with that one post is signed in."""
        key = role, situation
        if key not in self.clients:
            self.clients[key] = signed_in(f"{role}-{situation}", [(role, posted(role, situation))])
            if situation == "emergency" and ROLES[role].breaks_glass:
                self._break_glass(role, f"{role}-{situation}")
        return self.clients[key]

    def _break_glass(self, role: str, username: str) -> None:
        """This account has stated why it must see the file."""
        actor = Actor(username, (Post(role, posted(role, "emergency")),))
        view = read.opened(self.file("emergency").case)
        assert view is not None
        grants.break_glass(view, target_of(view, actor, clock.now()), actor, "寻找走失的人", (), clock.now())


def signed_in(username: str, posts: Iterable[tuple[str, str]], **options: Any) -> Client:
    """A browser in which that new account is signed in with everything that its roles need."""
    staff.add(username, None, username, posts)
    client = Client(raise_request_exception=False, **options)
    signed_in_again(client, username)
    return client


def signed_in_again(client: Client, username: str) -> None:
    """Sign in, after something has ended the session."""
    user: User = get_user_model().objects.get(username=username)
    client.force_login(user)
    confirm(client)


def marks_of(kind: Kind, entry: Entry) -> Iterable[str]:
    """What betrays this entry."""
    yield str(entry.id)
    yield entry.id.hex
    for ask in kind.fields:
        value = entry.get(ask.name)
        if ask.name in NAMES_AN_ENTRY:
            continue
        if ask.type in ("text", "long_text", "identity_number", "phone") and value not in (None, NOW_ANSWERS):
            yield str(value)


NAMES_AN_ENTRY: Final = frozenset({"to", "entry", "test", "roll", "other", "other_no", "right_file"})
"""Answers that name another entry or file, or parts of one: they betray nothing."""


BEFORE_IT: Final[Mapping[str, Mapping[str, Mapping[str, Value]]]] = {
    "remote_request": {"remote_consent": {"answer": "yes"}},
    "tms_session": {"protocol_consent": {"method": "tms"}, "protocol_screen": {"method": "tms"}},
}
"""What the gate asks for before it takes a kind."""


ANSWERED: Final[Mapping[str, Mapping[str, Value]]] = {
    "belongings_returned": {"complete": "no"},
    "remote_taken_over": {"taken": "no"},
    "withdrawal_score": {"scale": "stimulant"},
    "help_referral_result": {"outcome": "refused"},
    "help_lasting": {"lasts": "no"},
    "help_closed": {"outcome": "impossible"},
}
"""Answers that open the question in which a secret may stand."""


def planted(kind: Kind, tag: str, **fixed: Value) -> dict[str, Value]:
    """Answers to every question of a kind that apply, each text recognisable."""
    answers: dict[str, Value] = {**ANSWERED.get(kind.name, {}), **fixed}
    for ask in kind.fields:
        if ask.name not in answers and ask.applies(answers):
            answers[ask.name] = _answer(kind, ask, tag)
    return {name: value for name, value in answers.items() if value is not None}


def _answer(kind: Kind, ask: Ask, tag: str) -> Value:
    match ask.type:
        case "choice":
            return ask.choices[0].value
        case "whole":
            return ask.least or 1
        case "decimal":
            return f"{ask.least or 1}.5"
        case "day":
            return date(1990, 3, 5) if ask.name == "birth" else BEFORE
        case "unit":
            return VILLAGE
        case "identity_number":
            return id_number(date(1990, 3, 5), int(tag))
        case "phone":
            return f"1980000{tag:0>4}"
        case _ if ask.name == "code":
            return f"Z99.{tag[:3]}"
        case _ if ask.check is not None and ask.check("14:05") is None:
            return "14:05"
        case _:
            return f"标记{tag}{kind.name}.{ask.name}"


def build() -> World:
    """Record the planted files, in the name of the house, and an import of each responsible unit's."""
    return World(
        {
            "at_home": _file(Pen(901), VILLAGE),
            "in_centre": _file(Pen(911), CENTRE),
            "in_custody": _file(Pen(921), VILLAGE, at_home=False),
            "sent": _file(Pen(931), VILLAGE, sent_to=WEST),
        }
    )


def _file(pen: Pen, holder: str, *, at_home: bool = True, sent_to: str = "") -> Planted:
    """One person with an entry of every kind, and a dead one beside them with the kinds that end all."""
    known, tag = kinds(), str(pen.place)
    last = Pen(pen.place + 1)
    first = [
        pen.entry("person", "2025-01-02", **planted(known["person"], tag)),
        pen.entry("responsible_unit", "2025-01-03", unit=WEST_VILLAGE, worker=f"标记{tag}西村专干"),
        pen.entry("responsible_unit", "2025-01-20", unit=VILLAGE, worker=f"标记{tag}东坡专干"),
        pen.entry("order", "2025-01-21", **planted(known["order"], f"{tag}a", measure="community_treatment")),
    ]
    day = BEFORE
    named = {"legal": str(first[3].id), "support": str(first[1].id), "custody": str(first[1].id)}
    for kind in known.values():
        if kind.about == "person" and kind.name not in APART | NOT_PLANTED:
            asked = {a.name for a in kind.fields if a.type == "text"}
            ids = dict.fromkeys(NAMES_AN_ENTRY & asked, named.get(kind.compartment, str(first[1].id)))
            for name, fixed in BEFORE_IT.get(kind.name, {}).items():
                first.append(pen.entry(name, str(day), **planted(known[name], f"{tag}m", **fixed)))
            first.append(pen.entry(kind.name, str(day), **planted(kind, tag, **ids)))
            day += timedelta(days=1)
    remark = next(entry for entry in first if entry.kind == "remark")
    first += [
        pen.entry("remark", "2025-12-02", text=f"标记{tag}另一条备注"),
        pen.entry("void", "2025-12-03", corrects=remark.id, **planted(known["void"], tag)),
        pen.entry(
            "order", "2026-02-01", **planted(known["order"], f"{tag}b", measure="compulsory_isolation")
        ),
        pen.entry("admission", "2026-02-03", **planted(known["admission"], tag, centre=CENTRE)),
    ]
    if holder != CENTRE:
        recovery = planted(known["order"], f"{tag}c", measure="community_recovery")
        first += [
            pen.entry("release", "2026-08-03", **planted(known["release"], f"{tag}b")),
            pen.entry("order", "2026-08-03", **recovery),
        ] * at_home
        first.append(pen.entry("responsible_unit", "2026-08-04", unit=holder, worker=NOW_ANSWERS))
    if sent_to:
        first.append(
            pen.entry("handover_sent", "2026-11-20", **planted(known["handover_sent"], tag, to_unit=sent_to))
        )

    def ids_in(name: str) -> dict[str, Value]:
        return dict.fromkeys({a.name for a in known[name].fields} & NAMES_AN_ENTRY, str(pen.file))

    second = [
        last.entry("person", "2025-01-02", **planted(known["person"], str(last.place))),
        last.entry("responsible_unit", "2025-01-20", unit=holder, worker=NOW_ANSWERS),
        *(last.entry(name, "2026-03-01", **planted(known[name], tag, **ids_in(name))) for name in ENDS_ALL),
    ]
    gate.record_many([*first, *second], actor=house(), now=NOW)
    found: dict[str, list[Entry]] = {}
    for entry in (*first, *second):
        found.setdefault(known[entry.kind].compartment, []).append(entry)
    view = read.file_view(pen.file)
    assert view is not None
    assert view.area[-1] == holder
    ImportBatch.objects.create(
        id=pen.file,
        file_name=f"标记{tag}导入.xlsx",
        digest="0" * 64,
        size=1,
        username="importer",
        name="导入人",
        unit=holder,
        role="village_worker",
        state="done",
        uploaded_at=NOW,
        finished_at=NOW,
    )
    return Planted(view.case_no, holder, {name: tuple(some) for name, some in found.items()})


def arguments(planted: Planted) -> dict[str, tuple[str, ...]]:
    """What each named argument of an address is tried with: one of each compartment where that matters."""
    first = [some[0] for some in planted.entries.values()]
    return {
        "case": (planted.case,),
        "entry": tuple(str(entry.id) for entry in first),
        "kind": tuple(entry.kind for entry in first),
        "code": (planted.unit,),
        "batch": (str(first[0].file),),
        "request_no": ("1",),
        "number": ("1",),
        "way": ("renamed", "merged"),
        "what": ("help", "objection", "family", "pressure"),
        "prescription": (str(first[0].id),),
        "identifier": (str(first[0].id),),
        "row": ("row",),
        "act": ("seal", "unseal", "identity_error", "merge", "split", "erase"),
        "proposal": (str(first[0].id),),
        "campaign": (str(first[0].id),),
        "question": (str(first[0].id),),
        "state": ("usual",),
        "name": ("community_roster",),
        "paper": ("certificate", "release_certificate"),
        "key": ("community.orders",),
        "instrument": ("phq9",),
        "method": ("vr",),
        "pack": ("calm_shore",),
        "part": ("over",),
        "ending": ("csv",),
        "suffix": ("pdf",),
        "period": ("2026-10",),
        "on": ("2026-11-23",),
        "month": ("2026-11",),
        "draw": (str(first[0].id),),
        "partner": ("community_platform",),
        "sha256": ("0" * 64,),
        "file": ("index.html",),
        "hook": (str(first[0].id),),
        "survey": (str(first[0].id),),
        "ledger": ("community_roster",),
    }


def addresses(planted: Planted, pattern: URLPattern) -> list[str]:
    """Every address that the matrix asks for under one pattern."""
    wanted = list(pattern.pattern.converters)
    known = arguments(planted)
    lacking = [name for name in wanted if name not in known]
    assert not lacking, f"tests/security/world.py: arguments() has nothing for {lacking} of {pattern.name}"
    assert pattern.name, f"{pattern} has no name"
    try:
        return [
            reverse(pattern.name, kwargs=dict(zip(wanted, values, strict=True)))
            for values in product(*(known[name] for name in wanted))
        ]
    except NoReverseMatch as problem:
        raise AssertionError(f"{pattern.name}: {problem}") from problem


def patterns() -> list[URLPattern]:
    """Every address of the product."""
    found = []
    for one in every_address:
        assert isinstance(one, URLPattern), f"{one}: the matrix expects plain patterns"
        found.append(one)
    return found
