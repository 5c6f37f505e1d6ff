"""Rule words read into the model: what each may say, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from guitu.kernel.errors import unknown_key
from guitu.policy.model import (
    FACTS,
    MEASURES,
    AllOf,
    AnyOf,
    Bar,
    Becomes,
    Before,
    Ceiling,
    Clean,
    Compare,
    Condition,
    Count,
    Counted,
    DoneLate,
    Earlier,
    Ended,
    Every,
    FindingWhen,
    Held,
    LeftLate,
    Lengthened,
    Moment,
    Names,
    Overdue,
    Paused,
    Pick,
    PrintedDiffers,
    Recorded,
    RightWithin,
    Runs,
    RunsOn,
    Stage,
    TermWord,
    Total,
    Within,
    Word,
)
from guitu.policy.schema import Section, fault, read_all

WORDS: Final = (
    "term", "duty within", "duty before", "duty every", "right within", "finding when", "bar", "ceiling",
)  # fmt: skip
TERMS: Final = ("runs", "counted", "paused", "runs_on", "ended", "lengthened", "becomes")
RISING: Final = ("at_least", "more_than")
"""The counting words a finding may use: what has been reached stays reached."""


def read_word(name: str, value: Any, names: Names, where: str) -> Word:
    """The rule word `name` with its declaration."""
    place = f"{where}.{name}"
    section = Section(value, place)
    match name:
        case "term":
            word: Word = _term(section, names)
        case "duty within":
            word = _within(section, names)
        case "duty before":
            word = _before(section, names)
        case "duty every":
            word = _every(section, names)
        case "right within":
            word = _right(section, names)
        case "finding when":
            word = _finding(section, names)
        case "bar":
            word = _bar(section, names)
        case _:
            word = _ceiling(section, names)
    section.close()
    return word


def read_pick(value: Any, where: str) -> Pick:
    """Entries of a kind: {entry: urine_test, where: {outcome: [evaded, refused]}, unless_it: {occasion:
    extra}}, or the bare name of the kind."""
    if isinstance(value, str):
        return Pick(value)
    section = Section(value, where)
    pick = _pick(section)
    section.close()
    return pick


def _pick(section: Section) -> Pick:
    kind = section.text("entry")
    return Pick(kind, _values(section, "where"), _values(section, "unless_it"))


def _values(section: Section, key: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Fields and the values of each that are meant."""
    if not section.has(key):
        return ()
    chosen = section.raw(key)
    if not isinstance(chosen, Mapping):
        raise fault(f"{section.where}.{key}", "应写明字段和取值", "expected fields and values")
    return tuple(
        (str(name), frozenset(str(v) for v in (values if isinstance(values, list) else [values])))
        for name, values in chosen.items()
    )


# ── terms ─────────────────────────────────────────────────────────────────────────────────────────


def _term(outer: Section, names: Names) -> TermWord:
    written = outer.written()
    for key in written:
        if key not in TERMS:
            raise unknown_key(key, TERMS, where=outer.where)
    if len(written) != 1:
        raise fault(
            outer.where,
            "“term”下应恰好写一项：" + "、".join(TERMS),
            "“term” takes exactly one of: " + ", ".join(TERMS),
        )
    key = written[0]
    section = outer.section(key)
    word: TermWord
    match key:
        case "runs":
            stated = section.raw("months") == "stated"
            word = Runs(
                start=section.word("from", ("order", "reporting_in")),
                months=None if stated else section.whole("months"),
                leave=section.word("leaves_by", ("expiry", "release")),
                unstated=section.label("unstated") if stated else None,
            )
        case "counted":
            word = Counted(section.word("first_day", ("included", "excluded")) == "included")
        case "paused" | "runs_on":
            what = section.word("what", names.spans)
            shape = Paused if key == "paused" else RunsOn
            word = shape(section.text("from"), section.text("until"), what)
        case "ended":
            word = Ended(
                by=read_pick(section.raw("by"), f"{section.where}.by"),
                how=section.word("how", names.endings),
                last_day=section.truth("last_day", False),
                day=section.text("day", ""),
            )
        case "lengthened":
            word = Lengthened(read_pick(section.raw("by"), f"{section.where}.by"), section.text("months"))
        case _:
            word = Becomes(
                by=read_pick(section.raw("by"), f"{section.where}.by"),
                measure=section.word("measure", MEASURES),
                day=section.text("day", ""),
            )
    section.close()
    return word


# ── duties ────────────────────────────────────────────────────────────────────────────────────────


def _moment(value: Any, where: str) -> Moment:
    if value == "expiry":
        return Moment(None)
    if isinstance(value, str):
        return Moment(Pick(value))
    section = Section(value, where)
    moment = Moment(
        _pick(section),
        section.word("take", ("each", "latest", "first", "first_after"), "each"),
        section.text("after", ""),
    )
    section.close()
    if (moment.take == "first_after") != bool(moment.after):
        raise fault(
            where, "“first_after”要写明“after”，其他不写", "“first_after” needs “after”; the others don't"
        )
    return moment


def _done_by(section: Section) -> tuple[Pick, ...]:
    return read_all(section.items("done_by"), f"{section.where}.done_by", read_pick)


def _within(section: Section, names: Names) -> Within:
    word = Within(
        name=section.word("name", names.duties),
        owed_by=section.word("owed_by", ("authority", "person")),
        since=_moment(section.raw("from"), f"{section.where}.from"),
        done_by=_done_by(section),
        days=section.whole("days", None),
        working_days=section.whole("working_days", None),
        hours=section.whole("hours", None),
        months=section.whole("months", None),
        rolls=section.truth("rolls", True),
        opens=section.whole("opens_months", None),
        opens_days=section.whole("opens_days", None),
        outer=section.whole("outer_days", None),
        early=section.truth("early", False),
        excused_by=section.text("excused_by", ""),
        answers=section.text("answers", ""),
        beside=section.truth("beside", False),
        not_sooner=section.truth("not_sooner", False),
    )
    if word.opens is not None and word.opens_days is not None:
        raise fault(
            section.where, "opens_months 和 opens_days 只写一种", "state one of opens_months and opens_days"
        )
    if word.beside and not word.answers:
        raise fault(
            section.where,
            "beside 要写明 answers：两条记录共同所属的是哪一栏",
            "“beside” needs “answers”: the field in which both name what they belong to",
        )
    promptly = section.truth("promptly", False)
    given = [n for n in (word.days, word.working_days, word.hours, word.months) if n is not None]
    if len(given) + promptly != 1:
        raise fault(
            section.where,
            "期限应恰好写一种：days、working_days、hours、months 或 promptly",
            "state exactly one of days, working_days, hours, months or promptly",
        )
    return word


def _before(section: Section, names: Names) -> Before:
    return Before(
        name=section.word("name", names.duties),
        owed_by=section.word("owed_by", ("authority", "person")),
        done_by=_done_by(section),
        days=section.whole("days", 0),
        working_days=section.whole("working_days", None),
        anew=section.truth("anew", False),
    )


def _stage(value: Any, where: str) -> Stage:
    section = Section(value, where)
    stage = Stage(section.whole("until_month"), section.whole("times"))
    section.close()
    return stage


def _every(section: Section, names: Names) -> Every:
    return Every(
        name=section.word("name", names.duties),
        owed_by=section.word("owed_by", ("authority", "person")),
        stages=read_all(section.items("stages"), f"{section.where}.stages", _stage),
        done_by=_done_by(section),
        excused_by=section.text("excused_by", ""),
    )


def _right(section: Section, names: Names) -> RightWithin:
    since = section.raw("from")
    word = RightWithin(
        name=section.word("name", names.remedies),
        since=None if since == "left_late" else read_pick(since, f"{section.where}.from"),
        days=section.whole("days", None),
        months=section.whole("months", None),
        rolls=section.truth("rolls", True),
        of=read_pick(section.raw("of"), f"{section.where}.of") if section.has("of") else None,
        after=section.word("after", names.remedies) if section.has("after") else "",
    )
    if (word.days is None) == (word.months is None):
        raise fault(section.where, "期限应恰好写一种：days 或 months", "state exactly one of days or months")
    return word


# ── findings ──────────────────────────────────────────────────────────────────────────────────────


def _counting(section: Section) -> tuple[str, int]:
    """The counting word of a condition and its number."""
    for stray in ("within", "less_than"):
        if section.has(stray):
            raise fault(
                section.where,
                f"提示的条件只能用 {RISING[0]} 或 {RISING[1]}，不能用 {stray}",
                f"a finding's condition uses {RISING[0]} or {RISING[1]}, not {stray}",
            )
    used = [word for word in RISING if section.has(word)]
    if len(used) != 1:
        raise fault(
            section.where,
            f"应恰好写一个：{RISING[0]}（以上）或 {RISING[1]}（超过）",
            f"state exactly one of {RISING[0]} or {RISING[1]}",
        )
    return used[0], section.whole(used[0])


_CONDITIONS: Final = (
    "any",
    "all",
    "count",
    "total",
    "overdue",
    "done_late",
    "held",
    "left_late",
    "printed_differs",
    "recorded",
    "earlier",
    "fact",
    "clean",
)


def read_condition(value: Any, names: Names, where: str) -> Condition:
    """A condition: one of the closed list, under its own key."""
    section = Section(value, where)
    used = [key for key in _CONDITIONS if section.has(key)]
    if len(used) != 1:
        stray = [key for key in section.written() if key not in _CONDITIONS]
        if stray and not used:
            raise unknown_key(stray[0], _CONDITIONS, where=where)
        raise fault(where, "条件应恰好写一种", "state exactly one condition here")
    key = used[0]
    place = f"{where}.{key}"
    found: Condition
    match key:
        case "any" | "all":
            parts = read_all(section.items(key), place, lambda v, w: read_condition(v, names, w))
            found = AnyOf(parts) if key == "any" else AllOf(parts)
        case "count" | "total":
            inner = section.section(key)
            pick = _pick(inner)
            word, number = _counting(inner)
            says, unless = inner.label("says"), inner.text("unless_excused", "")
            if key == "count":
                found = Count(pick, word, number, says, unless, inner.text("field", ""))
            else:
                found = Total(pick, inner.text("field"), word, number, says, unless)
            inner.close()
        case "overdue":
            found = Overdue(tuple(map(str, section.items(key))))
        case "done_late":
            found = DoneLate(tuple(map(str, section.items(key))))
        case "recorded":
            inner = section.section(key)
            found = Recorded(_pick(inner), inner.whole("look_back_months", 0))
            inner.close()
        case "earlier":
            inner = section.section(key)
            found = Earlier(
                inner.word("measure", MEASURES),
                tuple(map(str, inner.items("found"))),
                read_pick(inner.raw("then"), f"{place}.then"),
            )
            for name in found.found:
                if name not in names.findings:
                    raise unknown_key(name, names.findings, where=f"{place}.found")
            inner.close()
        case "fact":
            found = _compare(section, section.raw("fact"))
        case "clean":
            found = _clean(section.section(key), names)
        case _:
            if section.raw(key) is not True:
                raise fault(place, "此处只能写 true", "only true may stand here")
            plain: dict[str, Condition] = {
                "held": Held(),
                "left_late": LeftLate(),
                "printed_differs": PrintedDiffers(),
            }
            found = plain[key]
    section.close()
    return found


def _clean(inner: Section, names: Names) -> Clean:
    since = inner.raw("since")
    found = Clean(
        None if since == "left" else read_pick(since, f"{inner.where}.since"),
        inner.whole("months"),
        read_all(inner.items("without"), f"{inner.where}.without", read_pick),
        tuple(map(str, inner.items("unless_found", []))),
        read_pick(inner.raw("until"), f"{inner.where}.until"),
    )
    for name in found.unless:
        if name not in names.findings:
            raise unknown_key(name, names.findings, where=f"{inner.where}.unless_found")
    inner.close()
    return found


def _compare(section: Section, fact: Any) -> Compare:
    if fact not in FACTS:
        raise unknown_key(str(fact), FACTS, where=f"{section.where}.fact")
    word, number = _counting(section)
    return Compare(fact, word, number)


def _finding(section: Section, names: Names) -> FindingWhen:
    return FindingWhen(
        name=section.word("name", names.findings),
        when=read_condition(section.raw("when"), names, f"{section.where}.when"),
        holds=section.word("holds", ("in_force", "held", "always"), "in_force"),
        holds_months=section.whole("holds_months", None),
        rights=section.truth("rights", False),
        undecided=section.label("undecided", None),
    )


def _bar(section: Section, names: Names) -> Bar:
    word = Bar(
        name=section.word("name", names.findings),
        entries=read_all(section.items("entries"), f"{section.where}.entries", read_pick),
        months=section.whole("before_months", None),
        after=read_condition(section.raw("after"), names, f"{section.where}.after")
        if section.has("after")
        else None,
        rights=section.truth("rights", False),
    )
    if (word.months is None) == (word.after is None):
        raise fault(
            section.where,
            "应恰好写一项：before_months 或 after",
            "state exactly one of before_months or after",
        )
    return word


def _ceiling(section: Section, names: Names) -> Ceiling:
    word = Ceiling(
        name=section.word("name", names.findings),
        of=tuple(_ceiling_of(fact, section) for fact in section.items("facts")),
        rights=section.truth("rights", True),
    )
    return word


def _ceiling_of(fact: Any, section: Section) -> Compare:
    """A ceiling says what may be: `within: 12` is broken by more than 12, `less_than: 12` by at least 12."""
    if fact not in FACTS:
        raise unknown_key(str(fact), FACTS, where=f"{section.where}.facts")
    used = [word for word in ("within", "less_than") if section.has(word)]
    if len(used) != 1:
        raise fault(
            section.where,
            "应恰好写一个：within（以内）或 less_than（不满）",
            "state exactly one of within or less_than",
        )
    broken = "more_than" if used[0] == "within" else "at_least"
    return Compare(str(fact), broken, section.whole(used[0]))
