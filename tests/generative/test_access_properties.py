"""Whatever happens to a file: somebody always holds it, a hand-over narrows, and two readers together see no
more than one of them may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guitu import access
from guitu.access import COMPARTMENTS, ROLES, Actor, Holders, Post, Target, standings
from guitu.casefile import CaseFile, Entry
from guitu.store.projections.compute import holders_of, responsible
from guitu.store.units import Tree, Unit

CODES = {
    "46": None, "4601": "46", "460101": "4601", "4601011": "460101", "4602": "46", "460201": "4602",
    "46J": "46", "46J1": "46J", "46P": "46",
}  # fmt: skip
"""A province with two counties, their towns, a village, two centres and a brigade."""


def _tree() -> Tree:
    made: dict[str, Unit] = {}
    for no, (code, above) in enumerate(CODES.items(), start=1):
        parent = made.get(above or "")
        path = (*(parent.path if parent else ()), code)
        numbers = [*([n for n in parent.at if n] if parent else []), no]
        at = (*numbers, *[None] * (5 - len(numbers)))
        made[code] = Unit(no, code, code, "", parent.no if parent else None, len(path), path, at, None, None)  # type: ignore[arg-type]
    return Tree(1, made.values())


TREE = _tree()
LEAVES = sorted(set(CODES) - {"46"})
START = datetime(2026, 1, 1, tzinfo=UTC)

EXAMPLES = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow],
)

units = st.sampled_from(LEAVES)
steps = st.one_of(
    st.tuples(st.just("responsible_unit"), st.fixed_dictionaries({"unit": units})),
    st.tuples(st.just("change_of_place"), st.fixed_dictionaries({"to_unit": units})),
    st.tuples(st.just("admission"), st.fixed_dictionaries({"centre": units})),
    st.tuples(st.just("handover_sent"), st.fixed_dictionaries({"to_unit": units})),
    st.tuples(st.just("handover_accepted"), st.just({})),
    st.tuples(st.just("release"), st.just({})),
    st.tuples(st.just("reporting_in"), st.just({})),
    st.tuples(st.just("remark"), st.just({})),
)
histories = st.tuples(units, st.lists(steps, max_size=12))
posts = st.builds(Post, st.sampled_from(list(ROLES)), st.sampled_from(sorted(CODES)))


def entries(history: tuple[str, list[tuple[str, dict[str, str]]]]) -> tuple[Entry, ...]:
    first, happened = history
    rows = [("person", {}), *happened]
    return tuple(
        Entry(
            id=UUID(int=n + 1), file=UUID(int=99), kind=kind, happened_on=(START + timedelta(days=n)).date(),
            recorded_at=START + timedelta(days=n), author=f"a{n}", unit=first, fields=fields,
        )
        for n, (kind, fields) in enumerate(rows)
    )  # fmt: skip


def path(code: str) -> tuple[str, ...]:
    unit = TREE.get(code)
    return unit.path if unit else ()


def target(held: Holders) -> Target:
    return Target(
        path(held.unit),
        custody=path(held.custody),
        receiving=path(held.receiving),
        former=tuple(path(code) for code in held.former),
    )


def held_after(history: tuple[str, list[tuple[str, dict[str, str]]]]) -> Holders:
    return holders_of(CaseFile(UUID(int=99), entries(history)).counted(), TREE)


@EXAMPLES
@given(histories)
def test_somebody_always_holds_the_file_and_it_is_who_the_lists_say(
    history: tuple[str, list[tuple[str, dict[str, str]]]],
) -> None:
    counted = CaseFile(UUID(int=99), entries(history)).counted()
    held = holders_of(counted, TREE)
    unit, _ = responsible(counted, TREE)
    assert unit is not None
    assert held.unit == unit.code
    assert held.unit not in held.former
    assert held.receiving != held.unit
    office = Actor("x", (Post("town_office", held.unit),))
    assert access.decide(office, "open", target(held)).allowed
    assert access.decide(office, "record", Target(path(held.unit), ("town_office",))).allowed


@EXAMPLES
@given(histories, units)
def test_until_it_is_accepted_the_sender_keeps_it_and_the_receiver_reads_two_compartments(
    history: tuple[str, list[tuple[str, dict[str, str]]]], to: str
) -> None:
    before = held_after(history)
    sent = held_after((history[0], [*history[1], ("handover_sent", {"to_unit": to})]))
    assert sent.unit == before.unit
    if to == before.unit:
        return
    head = Actor("h", (Post("centre_head", to),))
    about = target(sent)
    ways = standings(head, head.posts[0], about)
    assert "receiving" in ways
    if not set(ways) & {"inside", "custody"}:
        opened = {c for c, answer in access.compartments(head, about).items() if answer.allowed}
        assert opened == {"identity", "legal"}
        assert not access.decide(
            head, "record", Target(about.area, ("centre_head",), receiving=about.receiving)
        ).allowed


@EXAMPLES
@given(histories, units)
def test_on_acceptance_the_receiver_holds_it_and_the_sender_narrows_to_its_own_entries(
    history: tuple[str, list[tuple[str, dict[str, str]]]], to: str
) -> None:
    before = held_after(history)
    handed = [("handover_sent", {"to_unit": to}), ("handover_accepted", {})]
    after = held_after((history[0], [*history[1], *handed]))  # type: ignore[list-item]
    assert after.unit == to
    about = target(after)
    assert access.decide(Actor("r", (Post("town_office", to),)), "open", about).allowed
    if before.unit == to:
        return
    sender = Actor("s", (Post("town_office", before.unit),))
    ways = standings(sender, sender.posts[0], about)
    assert "former" in ways  # never nothing
    if ways == ("former",):
        assert not any(a.allowed for a in access.compartments(sender, about).values())
        assert not access.decide(
            sender, "record", Target(about.area, ("town_office",), former=about.former)
        ).allowed
        for compartment in ("identity", "legal", "support"):
            one = Target(about.area, compartment=compartment, former=about.former)
            assert access.sees(sender, one, path(before.unit), "x").allowed
            assert not access.sees(sender, one, path(to), "x").allowed or before.unit in path(to)


@EXAMPLES
@given(
    histories,
    posts,
    posts,
    st.frozensets(st.sampled_from(["break_glass", "minor", "sealed", "break_glass:medical"])),
    st.booleans(),
    st.booleans(),
)
def test_two_readers_together_see_no_more_than_one_of_them_may(
    history: tuple[str, list[tuple[str, dict[str, str]]]],
    one: Post,
    other: Post,
    grants: frozenset[str],
    minor: bool,
    sealed: bool,
) -> None:
    held = held_after(history)
    about = target(held)
    about = Target(about.area, custody=about.custody, receiving=about.receiving, former=about.former,
                   minor=minor, sealed=sealed, grants=grants)  # fmt: skip
    each = [Actor("same", (one,)), Actor("same", (other,))]
    both = Actor("same", (one, other))
    for compartment in COMPARTMENTS:
        wanted = Target(about.area, compartment=compartment, custody=about.custody, receiving=about.receiving,
                        former=about.former, minor=minor, sealed=sealed, grants=grants)  # fmt: skip
        apart = any(access.decide(a, "read", wanted).allowed for a in each)
        assert access.decide(both, "read", wanted).allowed == apart
        for entry in entries(history)[:4]:
            recorded = path(entry.unit)
            seen = [access.sees(a, wanted, recorded, entry.author).allowed for a in each]
            assert access.sees(both, wanted, recorded, entry.author).allowed <= any(seen)
            if any(seen):  # then the file as such opens to one of them, by a way of their own
                assert any(access.decide(a, "open", about).allowed for a in each)


@EXAMPLES
@given(histories, posts)
def test_whoever_never_held_it_and_has_no_leave_sees_nothing(
    history: tuple[str, list[tuple[str, dict[str, str]]]], post: Post
) -> None:
    held = held_after(history)
    about = target(held)
    near = {about.area, about.custody, about.receiving, *about.former}
    if any(post.unit in one for one in near) or not ROLES[post.role].reads_files:
        return
    reader = Actor("out", (post,))
    assert standings(reader, post, about) == ()
    assert not access.decide(reader, "open", about).allowed
    assert not access.decide(reader, "find", about).allowed
