"""One duty: what, by when, under which article, and one press to record it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway.model import Duty
from guitu.web.component import State, Text, said
from guitu.web.components.button.component import Button
from guitu.web.components.why.component import Why, why_of
from guitu.web.components.word.component import Word, word_of
from guitu.web.days import with_weekday


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A line of a list of duties. `who` and `href` name the person where several people's duties are listed.

    `owed_by` says whose duty it is; `record` is the press that does it, absent where the reader may not.
    """

    id: str
    label: Text
    word: Word
    due: date | None
    why: Why | None
    owed_by: Text = ""
    who: str = ""
    href: str = ""
    record: Button | None = None
    note: Text = ""

    @property
    def _named(self) -> Text:
        """The duty and its day: the same one comes again month by month."""
        if self.due is None:
            return self.label
        zh, en = (self.label.zh, self.label.en) if isinstance(self.label, Label) else (self.label, self.label)
        return Label(f"{zh} {self.due}", f"{en} {self.due}")

    def html(self) -> SafeString:
        """State, what, by when, and the press; the reasons folded below."""
        what = f"<strong>{said(self.label)}</strong>"
        if self.who:
            what = f'<a class="duty-who" href="{escape(self.href)}">{escape(self.who)}</a> {what}'
        if self.owed_by:
            what += f' <span class="meta">{said(self.owed_by)}</span>'
        due = f'<time datetime="{self.due}">{said(with_weekday(self.due))}</time>' if self.due else ""
        if self.note:
            due += f'<span class="meta">{said(self.note)}</span>'
        return mark_safe(
            f'<div class="duty" id="{escape(self.id)}"><div class="duty-line">'
            f'<span class="duty-word">{self.word.html()}</span><span class="duty-what">{what}</span>'
            f'<span class="duty-due">{due}</span>'
            f'<span class="duty-do">{self.record.html() if self.record else ""}</span></div>'
            f"{self.why.html(self._named) if self.why else ''}</div>"
        )


OWED_BY: Final[dict[str, Label]] = {
    "authority": Label("机关应办", "Owed by the authority"),
    "person": Label("本人应办", "Owed by the person"),
}


def row_id(duty: Duty) -> str:
    """The anchor of a duty's line; the rail's marks lead there."""
    measure = duty.measure.hex[-6:] if duty.measure else "0"
    return f"duty-{duty.name}-{duty.due.isoformat() if duty.due else 'now'}-{measure}"


def row_of(duty: Duty, on: date, *, record_href: str = "", who: str = "", href: str = "") -> DutyRow:
    """The line for a duty as assessed on `on`. `record_href` is where it is recorded, if the reader may."""
    note: Text = ""
    if duty.done_on is not None:
        note = Label(f"{duty.done_on.isoformat()} 办结", f"done {duty.done_on.isoformat()}")
    elif duty.opens_on is not None and duty.opens_on > on:
        note = Label(f"{duty.opens_on.isoformat()} 起可办", f"can be done from {duty.opens_on.isoformat()}")
    wanted = duty.state in ("open", "overdue") and record_href
    return DutyRow(
        id=row_id(duty),
        label=duty.label,
        word=word_of(duty, on),
        due=duty.due,
        why=why_of(duty.because),
        owed_by=OWED_BY[duty.owed_by],
        who=who,
        href=href,
        record=Button(Label("登记", "Record"), href=record_href, look="small", describes=duty.label)
        if wanted
        else None,
        note=note,
    )


_ON: Final = date(2026, 11, 23)
_BECAUSE: Final = Because(
    Label("送达后 15 日内报到", "Report in within 15 days of service"),
    on=_ON,
    cites=(Citation("戒毒条例", "14"),),
    steps=(
        Label("2026-11-05 送达，次日起算", "served 2026-11-05, counted from the next day"),
        Label("＋15 日 = 2026-11-20", "+ 15 days = 2026-11-20"),
    ),
)


def example(state: str, due: date | None, done_on: date | None = None) -> Duty:
    """A duty to report in, for the gallery and for tests."""
    return Duty(
        "report_in",
        Label("报到", "Report in"),
        "person",
        state,
        None,
        due,
        "reporting_in",
        _BECAUSE,
        done_on=done_on,
    )  # type: ignore[arg-type]


STATES: Final = (
    State(
        "overdue",
        Label("逾期", "Overdue"),
        row_of(example("overdue", date(2026, 11, 20)), _ON, record_href="#", who="符某某", href="#"),
    ),
    State("today", Label("今天", "Today"), row_of(example("open", _ON), _ON, record_href="#")),
    State(
        "open", Label("未到期", "Not due"), row_of(example("open", date(2026, 12, 5)), _ON, record_href="#")
    ),
    State("promptly", Label("尽快", "Promptly"), row_of(example("open", None), _ON, record_href="#")),
    State("read_only", Label("只能查看", "Read only"), row_of(example("open", date(2026, 12, 5)), _ON)),
    State(
        "done", Label("已办", "Done"), row_of(example("done", date(2026, 11, 20), date(2026, 11, 12)), _ON)
    ),
    State(
        "waived", Label("不再要求", "No longer required"), row_of(example("waived", date(2026, 11, 20)), _ON)
    ),
)
