"""Kinds of a person's file with a page of their own, recorded through that page like those of a unit's file
(`own_pages`); and of every kind that stays a page, why.

A page that works something out (a score, a target, whether a dose is due) works it out here too: what it
fills in by itself is not sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest

from guitu.access import Actor, Target
from guitu.casefile import Entry, Kind
from guitu.casefile.protocol import Receipt
from guitu.centre import fitness
from guitu.centre.medication import NEEDED
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.centre import psychology
from guitu.web.accounts.tokens import Refused
from guitu.web.api import centre_pages, desk_pages, own_pages
from guitu.web.api.calling import NOT_THERE, id_in, told_faults
from guitu.web.api.through import through
from guitu.web.inside.asked import derived
from guitu.web.pages.casefile.opened import Opened, may_write, open_whole
from guitu.web.pages.remote.asking import ASKED, CONSENT, SHARE
from guitu.web.pages.training import batteries
from guitu.web.pages.training.testing import SURE
from guitu.web.pages.wards.build import SEPARATOR
from guitu.web.who import Who

Fields = Mapping[str, str]
Boxes = dict[str, str | list[str]]

ONLY_TODAY: Final = Label("这一项只登记当天的。", "This is recorded for today only.")
NOT_SENT: Final = Label("“{name}”由页面得出，不填。", "“{name}” is worked out by the page: leave it out.")
MISSING: Final = Label("缺少“{name}”。", "“{name}” is missing.")
WITH_REQUEST: Final = Label(
    "同意随会诊请求一起登记（remote_request）；单独登记的只有不同意。",
    "Consent is recorded along with the request (remote_request); by itself only its refusal is.",
)
NOW: Final = Label("按次发药，时间就是现在，不填。", "A dose of a round is given now: send no time.")


@dataclass(frozen=True, slots=True)
class Way:
    """The page of a kind: the name of its address and what stands in that; `boxes` fills in its form from
    what was sent. `sent` is what may be sent, `must` what has to be. `today`: the page writes today's day
    only. `before` finds what a first call wrote where the page gives the entry an id of its own."""

    name: Callable[[Fields], str] | str
    args: Callable[[Opened, Fields], tuple[Any, ...]]
    boxes: Callable[[Opened, Fields], Boxes]
    sent: tuple[str, ...]
    must: tuple[str, ...]
    today: bool = True
    before: Callable[[Opened, UUID, Fields], Entry | None] | None = None


def _case(opened: Opened, _sent: Fields) -> tuple[Any, ...]:
    return (opened.case_no,)


def _nothing(_opened: Opened, _sent: Fields) -> tuple[Any, ...]:
    return ()


def _as_sent(_opened: Opened, sent: Fields) -> Boxes:
    return dict(sent)


def _answers(opened: Opened, sent: Fields) -> Boxes:
    """The answers in the order of the items, as they are kept (`0,2,-,1`), each into its box."""
    unit, key = opened.view.unit, sent.get("instrument", "")
    found = {i.key: i for i in psychology.usable(unit)} if unit is not None else {}
    if key not in found:
        raise Refused(404, "not_there", NOT_THERE)
    items, parts = found[key].items, [p.strip() for p in sent.get("answers", "").split(",")]
    if len(parts) != len(items):
        told = Label(
            f"应有 {len(items)} 个答案，现有 {len(parts)} 个", f"{len(items)} answers,, not {len(parts)}"
        )
        raise Refused(422, "faults", told, faults=told_faults({"answers": told}))
    boxes: Boxes = {f"a-{item.key}": p for item, p in zip(items, parts, strict=True) if p not in ("", "-")}
    return {**{name: value for name, value in sent.items() if name != "answers"}, **boxes}


def _battery(sent: Fields) -> fitness.Battery:
    name = sent.get("battery", "").partition("@")[0]
    found = next((b for b in batteries.known()[0] if b.name == name), None)
    if found is None:
        raise Refused(404, "not_there", NOT_THERE)
    return found


def _results(_opened: Opened, sent: Fields) -> Boxes:
    """`item=value`, one a line, each into its box."""
    told = {k: v for k, v in sent.items() if k != "results"} | {"battery": _battery(sent).name}
    lines = (line.partition("=") for line in sent.get("results", "").splitlines())
    known = {item.name for item in _battery(sent).items}
    values: dict[str, str] = {}
    for name, _, value in lines:
        if name.strip() not in known:
            wrong = Label(f"没有“{name[:40]}”这个项目", f"There is no item “{name[:40]}”")
            raise Refused(422, "faults", wrong, faults=told_faults({"results": wrong}))
        values[name.strip()] = value.strip()
    if told.get(SURE) != "yes":
        told.pop(SURE, None)
    return {**told, **values}


def _bed(_opened: Opened, sent: Fields) -> Boxes:
    place = SEPARATOR.join(sent.get(name, "") for name in ("unit", "ward", "room", "bed"))
    return {**sent, "place": place}


def _two(opened: Opened, sent: Fields) -> Boxes:
    one, other = str(id_in(sent, "one")), str(id_in(sent, "other"))
    return {"case": opened.case_no, "one": one, "other": other, f"note-{one[-12:]}": sent.get("note", "")}


def _given(sent: Fields) -> bool:
    """Whether a dose is one of a round that was given: one key on the round, at this moment."""
    return sent.get("outcome") == "given" and sent.get("round") != str(NEEDED)


def _dose_page(sent: Fields) -> str:
    return "medical_rounds" if _given(sent) else "medical_say"


def _dose(opened: Opened, sent: Fields) -> Boxes:
    which = str(id_in(sent, "prescription"))
    unit = {"unit": opened.view.unit.code} if opened.view.unit else {}
    if _given(sent):
        if sent.get("time"):
            raise Refused(422, "faults", NOW, faults=told_faults({"time": NOW}))
        return {**unit, "given": f"{opened.case_no}|{which}", "round": sent.get("round", "")}
    return {**unit, **sent, "case": opened.case_no, "rx": which}


def _same_dose(opened: Opened, _identifier: UUID, sent: Fields) -> Entry | None:
    """The dose of that round of today, if it is recorded the same: it has an id of its own, by which nobody
    records it twice. One given when needed has the id that is sent."""
    from guitu.web.clock import today

    if sent.get("round") == str(NEEDED):
        return None
    names = ("prescription", "round", "outcome", "why")
    wanted = tuple(sent.get(name, "") for name in names)
    return next(
        (
            e for e in opened.counted
            if e.kind in ("dose", "restricted_dose") and e.happened_on == today()
            and tuple(str("" if e.get(n) is None else e.get(n)) for n in names) == wanted
        ),
        None,
    )  # fmt: skip


def _same_stop(opened: Opened, _identifier: UUID, sent: Fields) -> Entry | None:
    ends = ("prescription_end", "restricted_prescription_end")
    wanted = (sent.get("prescription", ""), sent.get("why", ""))
    found = (e for e in opened.counted if e.kind in ends)
    return next((e for e in found if (str(e.get("prescription")), str(e.get("why"))) == wanted), None)


def _stop_at(opened: Opened, sent: Fields) -> tuple[Any, ...]:
    return (opened.case_no, id_in(sent, "prescription"))


def _ask(_opened: Opened, sent: Fields) -> Boxes:
    """Consent and request on one sheet, as on the page."""
    consent = {name: sent.get(f"consent_{name}", "") for name in ("by", "video", "named")}
    asked = {n: v for n, v in sent.items() if n != "shares" and not n.startswith("consent_")}
    return {
        f"{CONSENT}-answer": "yes",
        **{f"{CONSENT}-{n}": v for n, v in consent.items()},
        **{f"{ASKED}-{n}": v for n, v in asked.items()},
        SHARE: sent.get("shares", "").split(),
    }


def _no(_opened: Opened, sent: Fields) -> Boxes:
    if sent.get("answer") != "no":
        raise Refused(422, "contradiction", WITH_REQUEST)
    return {f"{CONSENT}-answer": "no"}


def _refused_before(opened: Opened, identifier: UUID, _sent: Fields) -> Entry | None:
    return opened.entry(derived(identifier, CONSENT))


def _of_consultation(act: str) -> Callable[[Opened, Fields], Boxes]:
    def boxes(_opened: Opened, sent: Fields) -> Boxes:
        return {"act": act, **{f"{act}-{n}": v for n, v in sent.items() if n != "to"}}

    return boxes


def _to(_opened: Opened, sent: Fields) -> tuple[Any, ...]:
    return (id_in(sent, "to"),)


def _take(_opened: Opened, sent: Fields) -> Boxes:
    told = {f"take0-{n}": v for n, v in sent.items() if n in ("taken", "why")}
    return {"act": "take0", "rx": sent.get("to", ""), **told}


def _consultation(_opened: Opened, sent: Fields) -> tuple[Any, ...]:
    return (id_in(sent, "consultation"),)


def _paper(opened: Opened, sent: Fields) -> tuple[Any, ...]:
    return (opened.case_no, sent.get("paper", "") or "-")


def _fill(opened: Opened, sent: Fields) -> tuple[Any, ...]:
    return (opened.case_no, sent.get("instrument", "") or "-")


_PRESCRIBED: Final = ("form", "formula", "resting", "from_percent", "to_percent", "times", "minutes")
_DOSE: Final = Way(
    _dose_page, _nothing, _dose, ("prescription", "round", "time", "outcome", "why"),
    ("prescription", "round", "outcome"), before=_same_dose,
)  # fmt: skip
_STOP: Final = Way(
    "medical_stop", _stop_at, _as_sent, ("prescription", "why"), ("prescription", "why"), before=_same_stop
)

WAYS: Final[Mapping[str, Way]] = {
    "screening": Way("psychology_fill", _fill, _answers, ("instrument", "answers", "administered_by", "way"),
                     ("instrument", "answers", "administered_by", "way"), today=False),
    "fitness_test": Way("training_test", _case, _results, ("occasion", "battery", "results", SURE),
                        ("occasion", "battery", "results"), today=False),
    "exercise_prescription": Way("training_prescribe", _case, _as_sent,
                                 (*_PRESCRIBED, "highest", "until", "goal"), _PRESCRIBED),
    "bed_placed": Way("ward_bed", _case, _bed, ("unit", "ward", "room", "bed", "why", "head_reason"),
                      ("unit", "ward", "room", "bed", "why"), today=False),
    "two_events": Way("same_event", _nothing, _two, ("one", "other", "note"), ("one", "other")),
    "dose": _DOSE,
    "restricted_dose": _DOSE,
    "prescription_end": _STOP,
    "restricted_prescription_end": _STOP,
    "paper_made": Way("way_out_make", _paper, _as_sent, ("paper", "number"), ("paper",)),
    "remote_request": Way("remote_ask", _case, _ask,
                          ("hospital", "department", "urgency", "question", "summary", "shares",
                           "consent_by", "consent_video", "consent_named"),
                          ("hospital", "urgency", "question", "summary", "consent_by", "consent_video",
                           "consent_named")),
    "remote_consent": Way("remote_ask", _case, _no, ("answer",), ("answer",), before=_refused_before),
    "remote_call": Way("remote_write", _to, _of_consultation("call"),
                       ("to", "time", "minutes", "how", "why", "present"),
                       ("to", "time", "minutes", "how", "present")),
    "remote_closed": Way("remote_write", _to, _of_consultation("closed"), ("to", "outcome"),
                         ("to", "outcome")),
    "remote_withdrawn": Way("remote_write", _to, _of_consultation("withdrawn"), ("to", "why"), ("to", "why")),
    "remote_taken_over": Way("remote_write", _consultation, _take, ("consultation", "to", "taken", "why"),
                             ("consultation", "to", "taken")),
}  # fmt: skip
"""The kinds of a person's file that a program records through their pages, and how those are filled in."""


# ── what stays a page ─────────────────────────────────────────────────────────────────────────────

_TWO: Final = Label(
    "须两人办理：在页面上提出，第二人可由接口复核（/proposals）。",
    "Takes two people: proposed on its page; the second one may decide through the API (/proposals).",
)
_HOSPITAL: Final = Label(
    "由协作医院的医生登记；医院的账号没有接口范围，在页面上或者以文件答复。",
    "A partner hospital's doctor writes it; that account has no scope, and answers on the page or by file.",
)
_WRITTEN: Final = Label(
    "由办理本身写入，没有人填写；否则会有没有做过的事留下记录。",
    "Written by what is done and typed by nobody: else something never done could stand recorded.",
)
_FILE: Final = Label(
    "要随文件或照片提交，并在页面上核对。", "Comes with a file or photo that is checked on its page."
)
_DRAWN: Final = Label(
    "抽取或发布要有人在页面上看清后确认。", "A draw or publication is confirmed by somebody who looked at it."
)
_OPERATION: Final = Label("有自己的接口操作（/packs）。", "Has operations of its own (/packs).")
NOT_YET: Final = Label(
    "在它自己的页面上逐行登记，接口暂不登记。", "Recorded line by line on its own page; not by the API yet."
)

_WHY: Final[Mapping[Label, str]] = {
    _HOSPITAL: "remote_answer remote_opinion remote_prescription",
    _WRITTEN: "handover_exchanged reminder_sent partner_exchange",
    _FILE: "device_series outreach_photo paper_template instrument_supplied",
    _DRAWN: "draw_committed draw_revealed site_published scoreboard_published roster_published"
    " survey_planned survey_closed informant_reward_ended",
    _OPERATION: "pack_fixed pack_step",
    centre_pages.WALKED: "patrol_round",
    **desk_pages.WHY,
}


def has_page(kind: Kind) -> bool:
    """Whether a kind is recorded on a page of its own and not in the form of one kind. An answer in a
    person's file is written in that form, opened from what it answers."""
    own = kind.act or kind.own_page or kind.name in unitfiles.ELSEWHERE
    return bool(own or (kind.about == "unit" and kind.answers))


@cache
def stays() -> Mapping[str, Label]:
    """Every kind that the API does not record, with the reason."""
    said = {name: why for why, names in _WHY.items() for name in names.split()}
    return {
        name: _TWO if kind.act else said.get(name, NOT_YET)
        for name, kind in sorted(kinds().items())
        if has_page(kind) and name not in WAYS and name not in own_pages.WAYS
    }


# ── recording ─────────────────────────────────────────────────────────────────────────────────────


def recordable(actor: Actor, target: Target) -> frozenset[str]:
    """Which of these kinds this account records about a person to whose file it comes like this."""
    return frozenset(name for name in WAYS if may_write(actor, target, kinds()[name]).allowed)


def fill_in(
    request: HttpRequest, reader: Who, opened: Opened, kind: Kind, typed: Fields, identifier: UUID,
    on: date, today: date, source: str,
) -> tuple[Receipt, bool]:  # fmt: skip
    """Fill in the page's form; the receipt of what it recorded, and whether that was there before. Raises
    Refused with the page's own faults, Http404 where the page is not the reader's."""
    way = WAYS[kind.name]
    there = opened.entry(identifier)
    if there is None and way.before is not None:
        there = way.before(opened, identifier, typed)
    if there is not None:
        if there.kind != kind.name:
            raise Refused(409, "other_content", own_pages.OTHER)
        return opened.view.receipts[there.id], True
    _whole(kind, way, typed)
    if way.today and on != today:
        raise Refused(422, "faults", ONLY_TODAY, faults=told_faults({"happened_on": ONLY_TODAY}))
    name = way.name if isinstance(way.name, str) else way.name(typed)
    boxes: Boxes = {"happened_on": on.isoformat(), **way.boxes(opened, typed), "id": str(identifier)}
    known = {entry.id for entry in opened.view.entries}
    answered = through(request, reader, kind, name, way.args(opened, typed), boxes, source)
    now = open_whole(opened.case_no, reader)
    made = next((e for e in now.view.entries if e.id not in known and e.kind == kind.name), None)
    if made is None:
        raise answered.refusal()
    return now.view.receipts[made.id], False


def _whole(kind: Kind, way: Way, typed: Fields) -> None:
    """See that what has to be sent is there, and nothing that the page works out."""
    faults = {name: MISSING.fill(name=name) for name in way.must if not typed.get(name, "").strip()}
    faults |= {name: NOT_SENT.fill(name=name) for name in typed if name not in way.sent}
    if faults:
        raise Refused(422, "faults", next(iter(faults.values())), faults=told_faults(faults))
