"""Fills an empty store with the fictional province: its offices, its accounts, its people's files.

Everything goes through the one gate, as from any other source; nothing is put into tables behind its back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from guitu.casefile import Entry
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.simulate import backlog, grounds, helping, outreach, partners, steering, surveys
from guitu.simulate.accounts import OWN, OwnAccount, accounts
from guitu.simulate.centre import Detail, roster
from guitu.simulate.community import PRESET
from guitu.simulate.institutions import build
from guitu.simulate.ordering import furnish_draws
from guitu.simulate.province import population
from guitu.store import bulk, casefiles, clock, engine, personal, read, roots, staff, units
from guitu.store.divisions import load_province
from guitu.store.models import OneTimePassword
from guitu.store.protocol import DatabaseStore
from guitu.store.units import NewUnit, Unit

PROVINCE: Final = "46"
SEED: Final = 20200626
PEOPLE: Final = 5000
PRESETS: Final = PRESET
"""What the demonstration's offices have turned on: how often people are tested."""


def furnish(
    people: int,
    *,
    today: date,
    now: datetime,
    password: str,
    progress: Callable[[int], None] | None = None,
    stage: Callable[[Label], None] = lambda _: None,
) -> int:
    """Make the province as of `today`; how many entries its files have.

    Every demo account gets `password`. `progress` is told how many files are written, `stage` what comes
    after them. What was recorded up to yesterday is signed as yesterday's root.
    """
    divisions = load_province(PROVINCE)
    add_offices()
    add_accounts(password)
    detail = Detail(today, SEED)
    files = (history.entries for history in population(people, SEED, today, divisions, detail))
    written = bulk.load(files, now, progress=(lambda done, _: progress(done)) if progress else None)
    stage(Label("各单位的文件", "the units' own files"))
    inside = bulk.load(by(now, detail.of_units()), now)
    furnish_draws(today, now)
    backlog.furnish(today, now)
    home = bulk.load(by(now, helping.of_units(today)), now)
    steered = bulk.load(by(now, steering.of_units(today)), now)
    public = bulk.load(by(now, outreach.of_units(today)), now)
    placed = bulk.load(by(now, grounds.of_units(today)), now)
    stage(Label("前一日的签名和本人账号", "yesterday's signature and people's own accounts"))
    roots.sign(today - timedelta(days=1))
    add_people(password, now)
    stage(Label("中心的排班", "the centre's roster"))
    roster.furnish(today, now)
    stage(Label("回访计划", "the plan of the follow-up"))
    helping.plan(today, now)
    stage(Label("问卷和往来", "surveys and exchanges"))
    surveys.furnish(today, now)
    partners.exchange(today, now)
    return sum(lot.new for lot in (written, inside, home, steered, public, placed))


def by(now: datetime, files: Iterable[Sequence[Entry]]) -> Iterator[list[Entry]]:
    """The same files, with what would be written only later today (an office writes during office hours) as
    written now: a demonstration may be made at one in the morning."""
    for file in files:
        yield [e if e.recorded_at <= now else replace(e, recorded_at=now) for e in file]


def add_offices() -> None:
    """The province's places, and the invented institutions laid over them."""
    units.add_province(PROVINCE)
    institutions = build(load_province(PROVINCE)).institutions
    units.add(NewUnit(i.code, i.name, i.kind, i.parent) for i in institutions)


def add_accounts(password: str) -> None:
    """The accounts that the sign-in page offers. They share one digest of one password that is no secret: a
    slow digest for each of them would be half of the waiting."""
    offered = accounts()
    for one in offered:
        staff.add(one.username, None, one.display_name, [(one.role, one.unit)])
    names = [one.username for one in offered]
    get_user_model().objects.filter(username__in=names).update(password=make_password(password))
    staff.mark_demo(names)


def add_people(password: str, now: datetime) -> int:
    """The accounts of a few people and of one mother, each tied to one file; how many were found."""
    made = []
    for one in OWN:
        unit = units.tree().get(one.unit)
        number = _first(unit, one) if unit is not None else None
        if unit is None or number is None:
            continue
        view = read.opened(casefiles.by_numbers([number])[0].case_no)
        assert view is not None
        if one.family:
            consent = Entry(
                id=uuid7(clock.milliseconds(now), bytes(10)), file=view.id, kind="family_consent",
                happened_on=clock.office_day(now) - timedelta(days=3), recorded_at=now, author="me",
                fields={"who": "某某某", "relation": "母亲", "parts": "duties",
                        "until": clock.office_day(now) + timedelta(days=180)},
            )  # fmt: skip
            DatabaseStore(now).append([consent])
            view = read.opened(view.case_no)
            assert view is not None
            personal.give_family(view, consent.id, one.username)
        else:
            personal.give_access(view, one.username)
        made.append(one.username)
    users = get_user_model().objects.filter(username__in=made)
    users.update(password=make_password(password))
    OneTimePassword.objects.filter(user__in=users).delete()
    staff.mark_demo(made)
    return len(made)


def _first(unit: Unit, one: OwnAccount) -> int | None:
    found = engine.row(
        f"SELECT min(file) FROM store_casestatus WHERE {unit.column} = %s AND state = %s"
        f" AND measure IN ({engine.marks(len(one.measures))})",
        [unit.no, one.state, *one.measures],
    )
    return found[0] if found else None
