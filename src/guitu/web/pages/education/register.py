"""The register of one class: everybody is present until marked otherwise, by keyboard or row by row.

What is kept: one entry in the centre's own file with numbers, and one in the file of each who was
absent. Filling it in again puts both right; what is no longer so is withdrawn, and nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.centre import classes, times
from guitu.centre.classes import EXCUSED, REASONS, Course, Register, Slot
from guitu.kernel.labels import Label
from guitu.store.centre import learning
from guitu.store.centre.learning import Member
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.days import in_words
from guitu.web.inside.asked import ID, ON, Inside, derived, inside
from guitu.web.inside.shown import NAME, NUMBER, Box, Line, Sheet
from guitu.web.page import show, shows
from guitu.web.pages.education.courses import course_of
from guitu.web.pages.education.words import (
    CANCEL,
    PRESENT,
    ROOT,
    SAVE,
    WHY,
    course_at,
    course_crumb,
    crumbs,
    time_of,
)
from guitu.web.unchanged import while_unchanged

QUICK: Final = "absent"
TOPIC: Final = "topic"
WHY_CHANGED: Final = "why"
HINT: Final = Label(
    "写“号=原因”，空格隔开，例如 3=1 7=6。"
    + "，".join(f"{n} {WHY[why].zh}" for n, why in enumerate(REASONS, 1)),
    "Number = reason, divided by blanks, such as 3=1 7=6. "
    + ", ".join(f"{n} {WHY[why].en.lower()}" for n, why in enumerate(REASONS, 1)),
)
_OPTIONS: Final = (Option("", PRESENT), *(Option(name, WHY[name]) for name in REASONS))


@dataclass(frozen=True)
class Sitting:
    """One class on one day: what of it is recorded already."""

    asked: Inside
    slot: Slot
    course: Course
    on: date
    people: tuple[Member, ...]
    before: Register | None

    @property
    def starts(self) -> str:
        """When it began."""
        return times.clock(self.slot.starts)

    def absence(self, member: Member) -> Entry | None:
        """What is recorded about this person's absence."""
        return next(
            (
                e
                for e in member.absences(self.course.id)
                if e.happened_on == self.on and e.get("starts") == self.starts
            ),
            None,
        )


@shows("education")
@while_unchanged()
def register(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The register of a weekly class on a day."""
    sitting = _sitting(request, identifier)
    if request.method != "POST":
        standing = {m.person.no: str(e.get("why")) for m in sitting.people if (e := sitting.absence(m))}
        return _show(sitting, standing, {})
    asked = sitting.asked
    done = f"{ROOT}?on={sitting.on}&saved=register"
    if sitting.before is not None and sitting.before.entry.id == asked.identifier():
        return HttpResponseRedirect(done)  # the form was sent twice
    marked, faults = classes.marks(request.POST.get(QUICK, ""), len(sitting.people))
    chosen = {m.person.no: request.POST.get(f"p{m.person.no}", "") for m in sitting.people}
    for place, why in marked.items():
        chosen[sitting.people[place - 1].person.no] = why
    chosen = {no: why for no, why in chosen.items() if why in WHY}
    told = [Fault(sentence, f"f-{QUICK}") for sentence in faults]
    reason = request.POST.get(WHY_CHANGED, "").strip()
    if sitting.before is not None and not reason:
        told.append(Fault(Label("请写明更正的原因", "Say why it is corrected"), f"f-{WHY_CHANGED}"))
    if sitting.on > asked.today:
        told.append(Fault(Label("这节课还没有上", "This class has not been held yet")))
    if told:
        return _show(sitting, chosen, {QUICK: faults[0] if faults else ""}, ErrorSummary(tuple(told)))
    entries = _entries(sitting, chosen, asked.identifier(), reason)
    summary = asked.record(entries, [m.person for m in sitting.people])
    if summary is not None:
        return _show(sitting, chosen, {}, summary)
    return HttpResponseRedirect(done)


def _sitting(request: HttpRequest, identifier: UUID) -> Sitting:
    asked = inside(request)
    if asked is None:
        raise Http404(str(identifier))
    known = learning.catalogue(asked.centre)
    slot = next((s for s in known.slots if s.id == identifier), None)
    if slot is None or not slot.on(asked.on):
        raise Http404(str(identifier))
    one = course_of(asked, known, slot.course)
    people = learning.members(one, asked.actor, asked.now, asked.on, granted=asked.reader.granted)
    asked.list_noted([m.person for m in people], f"class register {asked.on}")
    held = learning.registers(asked.centre, asked.on, asked.on)
    before = next((r for r in held if r.course == one.id and r.starts == times.clock(slot.starts)), None)
    return Sitting(asked, slot, one, asked.on, people, before)


def _entries(sitting: Sitting, chosen: Mapping[int, str], identifier: UUID, reason: str) -> list[Entry]:
    """What has to be written so that the register stands as it was filled in."""
    asked, one = sitting.asked, sitting.course
    absent = {m.person.no: chosen[m.person.no] for m in sitting.people if m.person.no in chosen}
    excused = sum(why in EXCUSED for why in absent.values())
    fields = {
        "course_id": str(one.id),
        "sort": one.sort,
        "starts": sitting.starts,
        "minutes": sitting.slot.minutes,
        "enrolled": len(sitting.people),
        "present": len(sitting.people) - len(absent),
        "excused": excused,
        "unexcused": len(absent) - excused,
        "topic": asked.request.POST.get(TOPIC, "").strip()[:200],
    }
    before = sitting.before
    entries = [
        asked.work_entry(
            "class_held",
            sitting.on,
            fields,
            identifier,
            corrects=before.entry.id if before else None,
            reason=reason if before else "",
        )
    ]
    for member in sitting.people:
        entries += _absence(sitting, member, absent.get(member.person.no), identifier, reason)
    return entries


def _absence(sitting: Sitting, member: Member, why: str | None, identifier: UUID, reason: str) -> list[Entry]:
    asked, there = sitting.asked, sitting.absence(member)
    person = member.person.id
    if there is not None and why is None:
        gone = {"reason": reason}
        return [
            asked.entry(
                person,
                VOID,
                asked.today,
                gone,
                derived(identifier, f"void {person}"),
                corrects=there.id,
                reason=reason,
            )
        ]
    if why is None or (there is not None and there.get("why") == why):
        return []
    fields = {
        "sort": sitting.course.sort,
        "why": why,
        "starts": sitting.starts,
        "course_id": str(sitting.course.id),
    }
    return [
        asked.entry(
            person,
            "class_absence",
            sitting.on,
            fields,
            derived(identifier, str(person)),
            corrects=there.id if there else None,
            reason=reason if there else "",
        )
    ]


def _show(
    sitting: Sitting,
    chosen: Mapping[int, str],
    errors: Mapping[str, Label | str],
    summary: ErrorSummary | None = None,
) -> HttpResponse:
    asked, one = sitting.asked, sitting.course
    post = asked.request.POST
    again = sitting.before is not None
    quick = [
        Field(
            QUICK,
            Label("缺课的号", "Numbers absent"),
            "text",
            value=post.get(QUICK, ""),
            hint=HINT,
            error=errors.get(QUICK, ""),
            optional=True,
            focus=summary is None,
        )
    ]
    foot = [
        Field(
            TOPIC,
            Label("内容", "Topic"),
            "text",
            optional=True,
            value=post.get(TOPIC, "")
            or (str(sitting.before.entry.get("topic") or "") if sitting.before else ""),
        )
    ]
    if again:
        foot.append(
            Field(
                WHY_CHANGED,
                Label("更正原因", "Why it is corrected"),
                "text",
                value=post.get(WHY_CHANGED, ""),
                hint=Label(
                    "例如：漏了一个人。原来的仍保留。",
                    "For example: somebody was left out. What was there is kept.",
                ),
            )
        )
    page = Sheet(
        Label(f"点名：{one.title}", f"Register: {one.title}"),
        Label(
            f"{in_words(sitting.on).zh} {time_of(sitting.slot)} · 应到 {len(sitting.people)} 人，"
            "不标的都算到课",
            f"{in_words(sitting.on).en} {time_of(sitting.slot)} · {len(sitting.people)} on the"
            " list; present unless"
            " marked",
        ),
        f"{ROOT}register/{sitting.slot.id}/",
        (NUMBER, NAME, Label("到课", "Present or why not")),
        _lines(sitting.people, chosen),
        ((ID, str(_id_of(asked))), (ON, sitting.on.isoformat())),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=f"{ROOT}?on={sitting.on}", look="link"),
        Label(f"{len(sitting.people)} 人", f"{len(sitting.people)} persons"),
        crumbs(*course_crumb(one), Crumb(Label("点名", "Register"))),
        tuple(quick),
        summary,
        _notices(sitting),
        None
        if sitting.people
        else Empty(
            Label("这一天名单上没有人。", "Nobody is on the list that day."),
            (Button(Label("看名单", "See the list"), href=course_at(one.id)),),
        ),
        tuple(foot),
    )
    return show(asked.request, page, status=422 if summary else 200)


def _id_of(asked: Inside) -> UUID:
    """The form's id."""
    return asked.identifier()


def _lines(people: Sequence[Member], chosen: Mapping[int, str]) -> tuple[Line, ...]:
    return tuple(
        Line(
            str(n),
            m.person.name,
            f"{ROOT}people/{m.person.case_no}/",
            (Box(f"p{m.person.no}", m.person.name, "choice", chosen.get(m.person.no, ""), _OPTIONS),),
        )
        for n, m in enumerate(people, 1)
    )


def _notices(sitting: Sitting) -> tuple[Notice, ...]:
    before = sitting.before
    if before is None:
        return ()
    said = Label(
        f"已经点过名：实到 {before.present}，应到 {before.enrolled}。再保存就是更正。",
        f"Filled in already: {before.present} of {before.enrolled} present. Saving again corrects it.",
    )
    return (Notice("info", said),)
