"""What cannot be so: the checks between a well-formed entry and the file. Each refusal is one clear
sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile.fields import FieldFault
from guitu.casefile.file import VOID
from guitu.casefile.kind import REASONS, WORK, day_word
from guitu.centre import ceilings, consulting, protocols, safety, scenes, screening
from guitu.centre.ceilings import Day
from guitu.centre.timetable import FIELD_OF
from guitu.home import custody, extra
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels import informant
from guitu.policy import holidays
from guitu.store.placing import BY_RECEIVER, SENT
from guitu.store.units import Tree, Unit

RECORDS: Final = frozenset(
    {
        "sealing_asked", "record_sealed", "record_unsealed", "record_erased", "monitoring_ended",
        "identity_error", "merged_into", "merged_from",
    }
)  # fmt: skip
"""Kinds about the record, not about the life."""
AFTER_DEATH: Final = frozenset({"death", "death_reported", "remark", "end_notice", "void"}) | RECORDS
"""Kinds that may still happen after a person's death."""

CLOCK_MAY_BE_FAST_BY: Final = timedelta(minutes=10)


class NotAccepted(GuituError):
    """An entry that says something wrong or impossible. Nothing was written. `code` is a word of the ledger
    check's closed list, `faults` every wrong field."""

    def __init__(
        self, entry: Entry, label: Label, *, code: str = "contradiction", faults: Sequence[FieldFault] = ()
    ) -> None:
        self.entry = entry
        self.code = code
        self.faults = tuple(faults)
        super().__init__(label, where=entry.source)


class SameIdentity(NotAccepted):
    """The identity number already belongs to another person's file, whose number is `other`."""

    def __init__(self, entry: Entry, other: int | None) -> None:
        self.other = other
        super().__init__(
            entry,
            Label(
                "这个公民身份号码已属于另一份档案；请核对号码，或在那份档案里登记。",
                "This identity number already belongs to another file; check the number, or record it there.",
            ),
            code="same_id_other_name",
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What bounds a person's entries: the days of birth and death, where known."""

    birth: date | None
    death: date | None


def well_formed(entry: Entry, kind: Kind, tree: Tree) -> None:
    """The declared fields are all right, and every unit it names exists."""
    fields = entry.fields
    if entry.version != kind.version:
        if entry.version > kind.version or kind.upgrade is None:
            raise NotAccepted(
                entry,
                Label(
                    f"“{kind.label.zh}”的第 {entry.version} 版此处不认识，现用第 {kind.version} 版；"
                    "请更新本系统。",
                    f"version {entry.version} of “{kind.label.en}” is not known here, {kind.version} is;"
                    " update this system.",
                ),
            )
        fields = kind.upgrade(fields)
    faults = kind.faults(fields)
    if faults:
        raise NotAccepted(entry, faults[0].label, code=faults[0].code, faults=faults)
    if entry.unit and entry.unit not in tree.by_code:
        raise NotAccepted(entry, _no_unit(entry.unit))
    for name in kind.unit_fields:
        if name in fields and fields[name] not in tree.by_code:
            sentence = _no_unit(str(fields[name]))
            fault = FieldFault(name, "choice_unknown", sentence)
            raise NotAccepted(entry, sentence, code="choice_unknown", faults=[fault])


def _no_unit(code: str) -> Label:
    return Label(
        f"没有代码为“{code}”的单位；请从单位树中选择。",
        f"there is no unit with code “{code}”; choose one from the tree.",
    )


def in_its_file(entry: Entry, kind: Kind, whose: Unit | None) -> None:
    """What a unit records of its own work stands in that unit's file, and nothing else does. `whose` is the
    unit whose own file this is, if it is one."""
    if (whose is not None) == (kind.compartment == WORK) or (whose is not None and kind.name == VOID):
        return
    raise NotAccepted(
        entry,
        Label(
            f"“{kind.label.zh}”只能登记在单位自己的档案里。",
            f"“{kind.label.en}” is recorded in a unit's own file only.",
        )
        if whose is None
        else Label(
            f"单位档案里不登记“{kind.label.zh}”。", f"“{kind.label.en}” is not recorded in a unit's own file."
        ),
    )


def in_time(entry: Entry, kind: Kind, now_day: date, latest: datetime) -> None:
    """It did not happen tomorrow, and was not recorded later than now."""
    if entry.happened_on > now_day:
        raise NotAccepted(
            entry,
            Label(
                f"{kind.day.zh} {day_word(entry.happened_on)} 晚于今天（{day_word(now_day)}），请核对。",
                f"{kind.day.en} {day_word(entry.happened_on, 'en')} is after today"
                f" ({day_word(now_day, 'en')}); check it.",
            ),
            code="date_in_future",
        )
    if entry.recorded_at > latest:
        raise NotAccepted(
            entry,
            Label(
                "登记时间晚于现在；请校准登记所用设备的时钟。",
                "It was recorded later than now; set the clock of the device it was written on.",
            ),
            code="date_in_future",
        )


def correction(entry: Entry, kind: Kind, earlier: Mapping[UUID, str]) -> None:
    """A correction names an entry of the same file and the same kind; only a void may name any kind.

    `earlier` gives the kinds of the file's entries by id.
    """
    if entry.corrects is None:
        if entry.kind == VOID:
            raise NotAccepted(
                entry,
                Label("作废必须指明作废哪一条记录。", "A withdrawal must name the entry it withdraws."),
                code="required_missing",
            )
        return
    named = earlier.get(entry.corrects)
    if named is None or entry.corrects == entry.id:
        raise NotAccepted(
            entry,
            Label(
                "要更正的记录不在这份档案里；请从该记录处点“更正”。",
                "The entry to be corrected is not in this file; start from that entry.",
            ),
        )
    if entry.kind != VOID and named != entry.kind:
        raise NotAccepted(
            entry,
            Label(
                f"“{kind.label.zh}”不能更正另一类记录；请作废原记录后重新登记。",
                f"“{kind.label.en}” cannot correct an entry of another kind;"
                " withdraw that one and record anew.",
            ),
        )


HANDED_IN: Final = Label(
    "这是本人交的，单位不能更正、作废；请答复，或者另登一条自己的记录。",
    "This was handed in by the person, and an office neither corrects nor withdraws it: answer it, or record"
    " your own.",
)


def by_person(entry: Entry, kind: Kind) -> bool:
    """Whether the person handed it in on their own page: what is written down for them bears an office."""
    return "person" in kind.recorded_by and not entry.unit


def handed_in(entry: Entry, there: Sequence[Entry], known: Mapping[str, Kind]) -> None:
    """Nobody else alters or takes back what the person handed in. `there` are the entries of the file so far;
    what stands among them already is not asked again."""
    if entry.corrects is None or any(e.id == entry.id for e in there):
        return
    first = next((e for e in there if e.id == entry.corrects), None)
    if first is not None and by_person(first, known[first.kind]) and first.author != entry.author:
        raise NotAccepted(entry, HANDED_IN)


_MARKS: Final = re.compile(r"(?:second:- [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?")
"""What the system itself writes as the source of an entry without names: the proposal that two officers
passed, which says who they were."""
_WORDS: Final = frozenset(reason.zh for reason in REASONS)


def nameless(entry: Entry, earlier: Mapping[UUID, str], known: Mapping[str, Kind]) -> None:
    """Beside an entry without names stands no free word either: not as a reason, not as a source, and not in
    what withdraws it. `earlier` is as in `correction`."""
    about = earlier.get(entry.corrects, entry.kind) if entry.corrects is not None else entry.kind
    if not known[about].nameless:
        return
    words = {entry.reason, str(entry.get("reason") or "") if entry.kind == VOID else ""} - {""}
    if words <= _WORDS and _MARKS.fullmatch(entry.source):
        return
    said_zh, said_en = "、".join(r.zh for r in REASONS), ", ".join(r.en for r in REASONS)
    raise NotAccepted(
        entry,
        Label(
            f"“{known[about].label.zh}”不留写姓名的地方，原因只能是：{said_zh}。",
            f"“{known[about].label.en}” has no room for names; the reason is one of: {said_en}.",
        ),
    )


def answering(entry: Entry, kind: Kind, earlier: Mapping[UUID, str]) -> None:
    """An answer names an entry of the same file. `earlier` is as in `correction`."""
    if not kind.answers:
        return
    try:
        named = earlier.get(UUID(str(entry.get(kind.answers))))
    except ValueError:
        named = None
    if named is None:
        raise NotAccepted(
            entry,
            Label(
                "要答复的请求不在这份档案里；请从该请求处点“答复”。",
                "The request to be answered is not in this file; start from that request.",
            ),
        )


TREATED: Final = frozenset(
    {*protocols.SESSIONS, "protocol_screen", "protocol_consent", "protocol_withdrawn", VOID}
)
"""What the rules of VR and TMS read of a file."""


def treated(entry: Entry, there: Sequence[Entry]) -> None:
    """A screening says what its answers say; no session of VR or TMS is held without consent and a clear
    screen. `there` are the entries of the file so far."""
    wrong: Label | None = None
    if entry.kind == screening.SCREENING:
        wrong = screening.wrong_with(entry)
    elif entry.kind in protocols.SESSIONS or entry.kind == "protocol_screen":
        counted = CaseFile(entry.file, tuple(e for e in there if e.kind in TREATED)).counted()
        wrong = protocols.refused(entry, counted) or scenes.refused(entry, counted)
    if wrong is not None:
        raise NotAccepted(entry, wrong)


def consented(entry: Entry, there: Sequence[Entry]) -> None:
    """No remote consultation is asked for without the person's consent. `there` are the entries so far."""
    if entry.kind != consulting.REQUEST:
        return
    known = CaseFile(entry.file, tuple(e for e in there if e.kind in consulting.KINDS or e.kind == VOID))
    counted = consulting.in_order(known.counted(), there)
    if (wrong := consulting.refused(entry, counted)) is not None:
        raise NotAccepted(entry, wrong)


COPIED: Final = " · "
"""What stands in the source of an entry that was copied from a ledger: file, sheet and row."""


def confirmed(entry: Entry, there: Sequence[Entry]) -> None:
    """Nobody types that a laboratory confirmed a test of which it has reported nothing, nor records one
    besides the draw that nobody asked for with a reason. A ledger says what the paper says, and is not
    asked. `there` are the entries of the file so far."""
    if entry.kind != "urine_test" or COPIED in entry.source:
        return
    asked = CaseFile(entry.file, tuple(e for e in there if e.kind in extra.KINDS or e.kind == VOID))
    if (wrong := extra.unfounded(entry, asked.counted(), entry.happened_on)) is not None:
        raise NotAccepted(entry, wrong, faults=[FieldFault("occasion", "contradiction", wrong)])
    known = CaseFile(entry.file, tuple(e for e in there if e.kind in custody.KINDS or e.kind == VOID))
    if (wrong := custody.unfounded(entry, there, known.counted())) is not None:
        raise NotAccepted(entry, wrong, faults=[FieldFault("confirmed", "contradiction", wrong)])


def decided(entry: Entry, kind: Kind) -> None:
    """Nothing decided takes effect before the day it was decided: let go early from an earlier day, every day
    since would be one held too long; changed from one, days in the centre would be told as days at home. A
    ledger says what the paper says, and is not asked."""
    effect = entry.get("takes_effect_on")
    if entry.kind != "decision" or COPIED in entry.source:
        return
    if isinstance(effect, date) and effect < entry.happened_on:
        what = kind.ask("effect")
        said, day = entry.get("effect"), entry.happened_on
        wrong = Label(
            f"{what.show(said)}不能早于决定之日（{day_word(day)}）生效；请核对两个日期。",
            f"{what.show(said, 'en').lower()} cannot take effect before the day it was decided"
            f" ({day_word(day, 'en')}); check both days.",
        )
        raise NotAccepted(entry, wrong, faults=[FieldFault("takes_effect_on", "contradiction", wrong)])


def handed(entry: Entry, kind: Kind, there: Sequence[Entry]) -> None:
    """A receiver's answer is not dated before the file was sent: it would count before it and say nothing.
    `there` are the entries of the file so far."""
    if entry.kind not in BY_RECEIVER:
        return
    sent = [e.happened_on for e in there if e.kind == SENT]
    if sent and min(sent) > entry.happened_on:
        raise _outside(entry, kind, min(sent), Label("早于移交日期", "before it was sent"))


def ceiling(entry: Entry, there: Sequence[Entry]) -> None:
    """No plan of work goes beyond the ceilings on it. `there` are the entries of the unit's file, of which
    the plan that is corrected does not count."""
    if entry.kind not in ceilings.PLANS:
        return
    if entry.kind == "timetable":
        over = ceilings.over_timetable({s: str(entry.get(name) or "") for s, name in FIELD_OF.items()})
    else:
        on = entry.get("on")
        if not isinstance(on, date):
            return
        day = day_of(on)
        if (asks := ceilings.unchecked(day, entry.get("not_holiday"))) is not None:
            raise NotAccepted(
                entry, asks, code="required_missing",
                faults=[FieldFault("not_holiday", "required_missing", asks)],
            )  # fmt: skip
        counted = CaseFile(entry.file, tuple(e for e in there if e.kind in {"work_plan", VOID})).counted()
        standing = ceilings.plans(e for e in counted if e.id != entry.corrects)
        others = [(when, str(plan.get("hours") or 0)) for when, plan in standing.items()]
        over = ceilings.over_plan(day, str(entry.get("hours") or 0), others)
    if over:
        raise NotAccepted(entry, over[0], faults=[FieldFault("", "contradiction", one) for one in over])


OWED: Final = safety.OF_HAZARDS | safety.OF_TASKS | {VOID}
"""What the rules of hazards and tasks read of a unit's file."""


def owed(entry: Entry, there: Sequence[Entry]) -> None:
    """A hazard is removed once, and checked by somebody else than whose it was. `there` are the entries of
    the unit's file."""
    if entry.kind not in OWED or entry.kind == VOID:
        return
    wrong = safety.refused(entry, (e for e in there if e.kind in OWED))
    if wrong is not None:
        name, sentence = wrong
        raise NotAccepted(entry, sentence, faults=[FieldFault(name, "contradiction", sentence)])


REWARDED: Final = informant.KINDS | {VOID}
"""What the rules of informants' rewards read of a unit's file."""


def rewarded(entry: Entry, there: Sequence[Entry]) -> None:
    """A reward to an informant is collected once, and neither it nor its end is altered. `there` are the
    entries of the unit's file."""
    if entry.kind not in REWARDED:
        return
    wrong = informant.refused(entry, [e for e in there if e.kind in informant.KINDS])
    if wrong is not None:
        raise NotAccepted(entry, wrong)


def day_of(on: date) -> Day:
    """What sort of day it is."""
    name, known = holidays.holiday(on)
    working, _ = holidays.is_working_day(on)
    return Day(on, "holiday" if name else "working" if working else "rest", known, name)


def facts(counted: Sequence[Entry]) -> Facts:
    """Birth and death as the counted entries tell them."""
    birth = death = None
    for entry in counted:
        if entry.kind == "person" and isinstance(day := entry.get("birth"), date):
            birth = day
        elif entry.kind == "death":
            death = entry.happened_on
    return Facts(birth, death)


def lifetime(counted: Sequence[Entry], new: Collection[UUID], known: Mapping[str, Kind]) -> None:
    """No new entry lies before birth or after death, and no new birth or death contradicts an older entry."""
    bounds = facts(counted)
    if bounds.birth is None and bounds.death is None:
        return
    turns = any(e.kind in {"person", "death"} and e.id in new for e in counted)
    for entry in counted:
        if not turns and entry.id not in new:
            continue
        if bounds.birth is not None and entry.happened_on < bounds.birth:
            raise _outside(entry, known[entry.kind], bounds.birth, Label("早于出生日期", "before the birth"))
        if (
            bounds.death is not None
            and entry.happened_on > bounds.death
            and entry.kind not in AFTER_DEATH
            and entry.kind != "person"
        ):
            raise _outside(entry, known[entry.kind], bounds.death, Label("晚于死亡日期", "after the death"))


def _outside(entry: Entry, kind: Kind, bound: date, how: Label) -> NotAccepted:
    return NotAccepted(
        entry,
        Label(
            f"“{kind.label.zh}”的日期 {day_word(entry.happened_on)} {how.zh}（{day_word(bound)}），请核对。",
            f"the day of “{kind.label.en}”, {day_word(entry.happened_on, 'en')}, is {how.en}"
            f" ({day_word(bound, 'en')}); check it.",
        ),
        code="date_order",
    )
