"""The forms: what each asks, what will happen with the answer, and the entry that comes of it. The same
whether the person fills it in or a member of staff writes it down for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from guitu.casefile import Entry, Kind, Value
from guitu.casefile.kind import day_word
from guitu.centre.assessing import UNSET, Settings
from guitu.compose import kinds
from guitu.exchange import handed
from guitu.kernel.labels import Label
from guitu.pathway.counters import counters
from guitu.pathway.model import Remedy
from guitu.pathway.requests import due_of
from guitu.store import complaints
from guitu.store.read import FileView, rules
from guitu.store.read.targets import holders_of_file
from guitu.store.units import Unit, tree
from guitu.web.component import Text
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option, field_of
from guitu.web.days import in_words as with_weekday
from guitu.web.pages.mine import assessed
from guitu.web.pages.mine.build import in_words
from guitu.web.pages.mine.page import AskPage
from guitu.web.pages.mine.tested import tests
from guitu.web.pages.order.counts import what as what_it_says
from guitu.web.pages.record import day as days

_NONE: Final[Mapping[str, str]] = {}
LONGEST_CONSENT: Final = 366
"""Days: a consent is for a year at most, then it is asked for again."""


@dataclass(frozen=True, slots=True)
class Form:
    """One sort of request: the kind of entry, the heading and button, the duty that answers it, and the
    fields of the kind that are asked, in order."""

    kind: str
    heading: Label
    button: Label
    asks: tuple[str, ...]
    duty: str = ""


FORMS: Final[Mapping[str, Form]] = {
    "correct": Form(
        "correction_request", Label("我认为有错", "I think this is wrong"),
        Label("提出更正", "Ask for a correction"), ("text",), "answer_correction",
    ),
    "object": Form(
        "objection", Label("对检测结果有异议", "I object to a test"),
        Label("提出异议", "Object"), ("entry", "text"), "answer_objection",
    ),
    "assessment": Form(
        "assessment_objection", Label("对诊断评估有异议", "I object to an assessment"),
        Label("提出异议", "Object"), ("to", "text"), "recheck_assessment",
    ),
    "help": Form(
        "help_request", Label("我需要帮助", "I need help"),
        Label("请求帮助", "Ask for help"), ("need", "text"), "answer_help",
    ),
    "complain": Form(
        "complaint", Label("我要投诉", "I want to complain"),
        Label("提交投诉", "Lodge the complaint"), ("against", "text", "named"), "answer_complaint",
    ),
    "remedy": Form(
        "remedy_request", Label("法律援助、复议、诉讼、赔偿", "Legal aid, review, court, compensation"),
        Label("记下申请", "Note the application"), ("what", "happened_on", "filed_with", "text"),
    ),
    "seal": Form(
        "sealing_asked", Label("申请封存我的记录", "Ask to have my record sealed"),
        Label("申请封存", "Ask for it"), ("note",),
    ),
    "explain": Form(
        "account_given", Label("我要说明缘由", "I want to say why"),
        Label("提交说明", "Hand it in"), ("entry", "sort", "text"), "answer_account",
    ),
    "family": Form(
        "family_consent", Label("让家属也能看", "Let my family see"),
        Label("同意", "Consent"), ("who", "relation", "parts", "until"),
    ),
}  # fmt: skip

SOURCES: Final = (
    Option("paper", Label("本人的书面材料", "On paper")),
    Option("spoken", Label("本人口头提出，已读给本人听", "Said, and read back to the person")),
)
"""How a request came to whoever writes it down."""

_WHEN: Final = Label("哪一天申请的", "On which day")
_CHOOSE: Final = Label("请选一项", "Choose one")
_WHICH: Final = Label("哪一次评估", "Which assessment")
_BY_HAND: Final = Label("请写明怎样收到的", "Say how it came")


@dataclass(frozen=True, slots=True)
class Answered:
    """What was filled in: the typed values as they came, the fields and day of the entry, its faults."""

    typed: Mapping[str, str]
    fields: dict[str, Value]
    day: date
    faults: tuple[tuple[str, Label], ...] = ()


def open_tests(view: FileView, on: date) -> list[tuple[Entry, Remedy | None]]:
    """The tests that may still be objected to."""
    return [(e, window) for e, window in tests(view, on) if window is None or window.state == "open"]


WITH_PAPERS: Final = frozenset({"explain"})
"""Forms to which photos and documents are added."""
PAPERS_FIELD: Final = "papers"


def explainable(view: FileView, on: date) -> list[Entry]:
    """The entries that are counted against the person while a measure runs, the latest first; those too that
    a good reason takes out already."""
    found = {
        e.id: e
        for one in counters(view.case_file, rules(view.unit), on)
        for e in (*one.counted, *one.excused)
    }
    return sorted(found.values(), key=lambda e: (e.happened_on, e.recorded_at), reverse=True)


def blamable(view: FileView) -> list[Unit]:
    """The units that can be complained of here: those that answer for the person and, below the province,
    those above them; and where the person is held."""
    units = tree()
    held = units.get(holders_of_file(view, units).custody)
    found = [*units.ancestors(view.unit)][1:] if view.unit else []
    if held is not None:
        found += [unit for unit in units.ancestors(held)[1:] if unit not in found]
    return list(reversed(found))


# ── the form ──────────────────────────────────────────────────────────────────────────────────────


def ask_page(
    what: str, view: FileView, on: date, identifier: str, *, answered: Answered | None = None,
    staff: bool = False, settings: Settings = UNSET, given: Mapping[str, str] = _NONE,
) -> AskPage:  # fmt: skip
    """The form, empty (but for what was `given`) or with what was typed and what is wrong with it. `settings`
    are the centre's own days for assessments."""
    form = FORMS[what]
    kind = kinds()[form.kind]
    typed = answered.typed if answered else given
    errors = dict(answered.faults) if answered else {}
    fields = [_field(name, kind, view, on, typed, errors, settings) for name in form.asks]
    if what in WITH_PAPERS:
        hint = Label(
            f"最多 {handed.MOST} 份，JPG、PNG 或者 PDF，每份不超过 2 MB；拍摄地点、时间会去掉。"
            "手头没有材料，也可以只说明。",
            f"At most {handed.MOST}: JPG, PNG or PDF of 2 MB each; where and when a photo was taken is"
            " removed. Your own words alone will do too.",
        )
        fields.append(Field(PAPERS_FIELD, Label("照片或者文件", "Photos or documents"), "file", hint=hint,
                            optional=True, accept=handed.ACCEPT, several=True,
                            error=errors.get(PAPERS_FIELD, "")))  # fmt: skip
    if staff:
        fields.append(Field("source", Label("怎样收到的", "How it came"), "choice", typed.get("source", ""),
                            options=SOURCES, error=errors.get("source", "")))  # fmt: skip
    page = AskPage(
        what, form.heading, tuple(fields), identifier, form.button,
        tuple(_said(what, form, view, on, settings)),
        summary=_summary(fields), office=view.unit.name if view.unit else "",
        upload=what in WITH_PAPERS,
    )  # fmt: skip
    if what == "explain" and not explainable(view, on):
        nothing = Label("没有在计数的外出或者未检。", "No absence and no test is counted.")
        return replace(page, fields=(), button="", said=(nothing,))
    if what == "object" and not open_tests(view, on):
        return replace(page, fields=(), button="", said=tuple(_no_test(view, on)))
    if what == assessed.FORM and not _open_papers(view, on, settings):
        return replace(page, fields=(), button="", said=tuple(_no_paper(view, on, settings)))
    if what == "complain" and not any(complaints.who_receives(u, tree()) for u in blamable(view)):
        nobody = Label(
            "系统里还没有受理投诉的岗位。请直接向人民检察院提出。",
            "Nobody here receives complaints yet. Go to the procuratorate directly.",
        )
        return replace(page, fields=(), button="", said=(nobody,))
    return page


def _summary(fields: list[Field]) -> ErrorSummary | None:
    faults = tuple(Fault(f.error, f.id) for f in fields if f.error)
    return ErrorSummary(faults) if faults else None


def _open_papers(view: FileView, on: date, settings: Settings) -> list[assessed.Paper]:
    return [paper for paper in assessed.papers(view, settings) if paper.open(on)]


def _no_paper(view: FileView, on: date, settings: Settings) -> list[Text]:
    """Why no assessment can be objected to."""
    found = assessed.papers(view, settings)
    if not found:
        return [Label("没有可以提出异议的诊断评估。", "There is no assessment to object to.")]
    said: list[Text] = [
        Label(
            f"{p.name.zh}：您已经提出异议，正在复核。", f"{p.name.en}: you objected; it is being re-checked."
        )
        if p.waiting is not None
        else Label(
            f"{p.name.zh}：提异议的最后一天是{day_word(p.until or on)}，已过。",
            f"{p.name.en}: the last day to object was {day_word(p.until or on, 'en')}.",
        )
        for p in found
    ]
    said.append(Label("您仍然可以请求更正，或者投诉。", "You can still ask for a correction, or complain."))
    return said


def _field(
    name: str, kind: Kind, view: FileView, on: date, typed: Mapping[str, str], errors: Mapping[str, Label],
    settings: Settings,
) -> Field:  # fmt: skip
    value, error = typed.get(name, ""), errors.get(name, "")
    if name == "happened_on":
        read = days.read(value, on) if value else None
        shown = with_weekday(read) if isinstance(read, date) else ""
        return Field(name, _WHEN, "day", value, hint=days.HINT, error=error, shown=shown)
    if kind.name == "objection" and name == "entry":
        options = tuple(
            Option(str(entry.id), _test(entry, window), _until(window))
            for entry, window in open_tests(view, on)
        )
        return Field(name, kind.ask(name).label, "choice", value, options=options, error=error)
    if kind.name == "account_given" and name == "entry":
        options = tuple(Option(str(e.id), _counted(e)) for e in explainable(view, on))
        return Field(name, kind.ask(name).label, "choice", value, options=options, error=error)
    if kind.name == "assessment_objection" and name == "to":
        found = _open_papers(view, on, settings)
        options = tuple(Option(str(p.sheet.id), p.name, _last_day(p)) for p in found)
        only = options[0].value if len(options) == 1 else ""
        return Field(name, _WHICH, "choice", value or only, options=options, error=error)
    if kind.name == "complaint" and name == "against":
        options = tuple(Option(unit.code, unit.name) for unit in blamable(view))
        return Field(name, kind.ask(name).label, "choice", value, options=options, error=error)
    field = field_of(kind.ask(name), error=error)
    read = days.read(value, on) if field.kind == "day" and value else None
    hint = days.HINT if field.kind == "day" else field.hint
    return replace(field, value=value, shown=with_weekday(read) if isinstance(read, date) else "", hint=hint)


def _test(entry: Entry, window: Remedy | None = None) -> Label:
    day = in_words(entry.happened_on)
    if window is not None and window.name == "retest":
        return Label(f"{day.zh}的检测，申请复检", f"a re-test of the test of {day.en}")
    return Label(f"{day.zh}的检测，结果阳性", f"the test of {day.en}, positive")


def _counted(entry: Entry) -> Label:
    day, said = in_words(entry.happened_on), what_it_says(entry)
    return Label(f"{day.zh}：{said.zh}", f"{day.en}: {said.en}")


def _until(window: Remedy | None) -> Text:
    if window is None or window.until is None:
        return ""
    day = in_words(window.until)
    return Label(f"最后一天 {day.zh}", f"last day {day.en}")


def _last_day(paper: assessed.Paper) -> Text:
    if paper.until is None:
        return ""
    return Label(f"最后一天 {day_word(paper.until)}", f"last day {day_word(paper.until, 'en')}")


def _said(what: str, form: Form, view: FileView, on: date, settings: Settings) -> list[Text]:
    """What will happen with it."""
    policy = rules(view.unit)
    said: list[Text] = []
    if what == "object" and not any(w for _, w in open_tests(view, on)):
        said.append(Label(
            "提出的期限由本单位规定。目前没有规定，随时可以提出。",
            "The office sets the days to object. It has set none: you may object at any time.",
        ))  # fmt: skip
    if what == "complain":
        said.append(Label(
            "投诉不进您的档案。被投诉的单位打不开。",
            "A complaint does not go into your file. The unit complained of cannot open it.",
        ))  # fmt: skip
        told = dict.fromkeys(
            (unit.name, word) for one in blamable(view) for unit, word in complaints.who_receives(one, tree())
        )
        for name, word in told:
            who = _INSPECTOR if word == "inspector" else _ABOVE
            said.append(Label(f"可能的受理人：{name} {who.zh}", f"May go to: {name}, {who.en}"))
    if what == assessed.FORM:
        said.append(Label(
            "由没有在原评估上签过字的人复核。结果和理由会出现在“我提出的”里。",
            "Others than those who signed it look at it again. The outcome and the reasons will stand under"
            " what you asked for.",
        ))  # fmt: skip
    if what == "remedy":
        said.append(Label(
            "在所内申请法律援助的，所里24小时内转交。",
            "A resident’s application for legal aid is forwarded by the centre within 24 hours.",
        ))  # fmt: skip
        said.append(Label(
            "复议、起诉、赔偿，请向有关机关提出。提出后在这里记下日子。",
            "Reconsideration, court and compensation are asked for elsewhere; note the day here.",
        ))  # fmt: skip
    if what == "seal":
        said.append(Label(
            "措施结束以后，由两名负责人办理。封存后，除法律规定的查询外，不给任何人看。",
            "Once the measure has ended two heads of offices decide. Sealed, it is shown to nobody but as the"
            " law says.",
        ))  # fmt: skip
    if what == "explain":
        said.append(Label(
            "责任人看过以后写明理由答复。采纳了，那一次就不算。答复以前，不会因此作任何处理。",
            "Whoever is responsible looks at it and answers with reasons. Accepted, that time does not count."
            " Until then nothing follows from it.",
        ))  # fmt: skip
    if what == "family":
        said.append(Label(
            "只给看，不能代您提出。到期自动停止，您随时可以收回。",
            "They only look. It ends by itself, and you can take it back at any time.",
        ))  # fmt: skip
    if form.duty:
        due = due_of(policy, form.duty, on)
        if due is None and what == assessed.FORM and settings.recheck is not None:
            due = on + timedelta(days=settings.recheck)
        if due is None:
            said.append(
                Label(
                    "答复期限由本单位规定，目前没有规定。",
                    "The office sets the days to answer; it has set none.",
                )
            )
        else:
            until = in_words(due)
            said.append(Label(f"应在{until.zh}前答复。", f"To be answered by {until.en}."))
    return said


def _no_test(view: FileView, on: date) -> list[Text]:
    """Why nothing can be objected to."""
    closed = [(e, w) for e, w in tests(view, on) if w is not None and w.until is not None]
    if not closed:
        return [Label("没有可以提出异议的检测。", "There is no test to object to.")]
    said: list[Text] = []
    for entry, window in closed:
        if window is None or window.until is None:
            continue
        test, until = _test(entry), day_word(window.until)
        said.append(Label(
            f"{test.zh}：异议期限到{until}，已过。",
            f"{test.en}: objections were possible until {day_word(window.until, 'en')}.",
        ))  # fmt: skip
    said.append(Label("您仍然可以请求更正，或者投诉。", "You can still ask for a correction, or complain."))
    return said


_INSPECTOR: Final = Label("检察监督", "inspector")
_ABOVE: Final = Label("上级主管", "supervisor above")


# ── the answers ───────────────────────────────────────────────────────────────────────────────────


def read(
    what: str, data: Mapping[str, str], view: FileView, on: date, *, staff: bool = False,
    settings: Settings = UNSET,
) -> Answered:  # fmt: skip
    """What was filled in, with every fault."""
    form = FORMS[what]
    kind = kinds()[form.kind]
    typed = {name: data.get(name, "").strip() for name in (*form.asks, "source")}
    fields: dict[str, Value] = {}
    faults: dict[str, Label] = {}
    happened = on
    for name in form.asks:
        text = typed[name]
        if name == "happened_on":
            found = days.read(text, on) if text else on
            if isinstance(found, Label):
                faults[name] = found
            elif found is not None and found > on:
                faults[name] = Label("日期不能晚于今天", "The day cannot be after today")
            elif found is not None:
                happened = found
        elif kind.ask(name).type == "day" and text:
            until = days.read(text, on)
            if isinstance(until, Label):
                faults[name] = until
            else:
                fields[name] = until
        elif text:
            fields[name] = text
    full = {**fields, **_filled(kind)}
    for fault in kind.faults(full):
        if fault.field in form.asks:
            faults.setdefault(fault.field, fault.label)
    faults |= _beyond(what, fields, view, on, settings)
    if staff and typed["source"] not in {option.value for option in SOURCES}:
        faults["source"] = _BY_HAND
    return Answered(typed, fields, happened, tuple(faults.items()))


def _filled(kind: Kind) -> dict[str, Value]:
    """What the system fills in by itself, for the check."""
    return {"receiver": "-", "receiver_role": "inspector"} if kind.name == "complaint" else {}


def _beyond(
    what: str, fields: Mapping[str, Value], view: FileView, on: date, settings: Settings
) -> dict[str, Label]:
    """What only the file can say is wrong."""
    if what == assessed.FORM:
        paper = assessed.chosen(assessed.papers(view, settings), str(fields.get("to")), on)
        return {} if paper is not None else {"to": _CHOOSE}
    if what == "object" and fields.get("entry") not in {str(e.id) for e, _ in open_tests(view, on)}:
        return {"entry": _CHOOSE}
    if what == "explain" and fields.get("entry") not in {str(e.id) for e in explainable(view, on)}:
        return {"entry": _CHOOSE}
    if what == "complain" and fields.get("against") not in {unit.code for unit in blamable(view)}:
        return {"against": _CHOOSE}
    until = fields.get("until")
    if what == "family" and isinstance(until, date):
        if until < on:
            return {"until": Label("日期不能早于今天", "The day cannot be before today")}
        if until > on + timedelta(days=LONGEST_CONSENT):
            return {"until": Label("最长一年，到期可以再同意", "A year at most; you can consent again then")}
    return {}
