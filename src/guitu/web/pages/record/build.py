"""From a draft and its answers to what the pages show. Pure: no request, no query, no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Kind
from guitu.casefile.file import VOID
from guitu.casefile.kind import COMPARTMENTS
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.pathway.model import Assessment
from guitu.store.guards import HANDED_IN
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.word.component import word_of
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.record import form
from guitu.web.pages.record.drafts import Draft
from guitu.web.pages.record.effect import Line
from guitu.web.pages.record.form import Answers
from guitu.web.pages.record.page import (
    CheckPage,
    Choose,
    Effects,
    Group,
    KindLink,
    RecordPage,
    RefusedPage,
)

ID: Final = "id"
CAME_FROM: Final = "from"
LIST: Final = "list"
ROW: Final = "row"
CHECKED: Final = "checked"
LOOK: Final = "look"
CHANGE: Final = "change"
NEXT: Final = "next"
TODAY: Final = "today"

SECOND: Final = Notice(
    "info",
    Label(
        "这一项限制或变更人身自由，须由第二人复核：提交后尚不生效，通过时才写入档案。",
        "This restricts or changes liberty and takes a second officer: it has no effect yet, and goes into"
        " the file when it is approved.",
    ),
)

Came = tuple[tuple[str, str], ...]
"""Where the form was opened from, as it travels along: `from=today`, `row=…`."""


def act(draft: Draft) -> Label:
    """What is being done: 登记“检测”, 更正“检测”, 作废“检测”."""
    if draft.target is None:
        return Label(f"登记：{draft.kind.label.zh}", f"Record: {draft.kind.label.en}")
    name = kinds()[draft.target.kind].label
    day = draft.target.happened_on
    if draft.kind.name == VOID:
        return Label(f"作废：{day} {name.zh}", f"Withdraw: {name.en} of {day}")
    return Label(f"更正：{day} {name.zh}", f"Correct: {name.en} of {day}")


def action(case_no: str, draft: Draft) -> str:
    """Where the form is sent."""
    if draft.target is None:
        return addresses.record(case_no, draft.kind.name)
    where = addresses.withdraw if draft.kind.name == VOID else addresses.correct
    return where(case_no, draft.target.id)


def choose(
    opened: Opened, assessment: Assessment, today: date, names: frozenset[str], *, records: bool = False
) -> Choose:
    """What this post may record about this person (the kinds of these names): first what a duty waits for,
    last what is done about the record itself (`records`), by two people."""
    case_no = opened.case_no
    recordable = [k for k in kinds().values() if k.name in names and k.name != VOID and not of_person(k)]
    waiting = tuple(
        KindLink(duty.label, addresses.record_duty(case_no, duty, opened.policy), word=word_of(duty, today))
        for duty in sorted(assessment.duties, key=lambda d: (d.due or date.max, d.name))
        if duty.state in ("open", "overdue") and duty.record in names
    )
    groups = [Group(Label("正等着办的", "Waiting to be done"), waiting)] if waiting else []
    for compartment, label in COMPARTMENTS.items():
        links = tuple(
            KindLink(k.label, addresses.record(case_no, k.name), k.help or "")
            for k in recordable
            if k.compartment == compartment
        )
        if links:
            groups.append(Group(label, links))
    if any(of_person(kinds()[name]) for name in names):
        href = addresses.requests(case_no)
        asked = Label("本人的请求", "What the person asks")
        groups.append(Group(asked, (KindLink(Label("替本人记下请求", "Write down a request"), href),)))
    if records:
        href = f"/files/{case_no}/records/"
        acts = Label("封存、错列更正、合并、销毁", "Seal, correct an error, merge, erase")
        groups.append(Group(Label("档案办理（须两人）", "The record (two people)"), (KindLink(acts, href),)))
    nothing = Empty(
        Label(
            "您的岗位不登记此人的记录，可以查看。",
            "Your post records nothing about this person; you may read.",
        )
    )
    return Choose(
        case_no,
        identity(opened, today, kinds()),
        _back(case_no),
        tuple(groups),
        None if groups else nothing,
    )


def of_person(kind: Kind) -> bool:
    """Whether the kind is a request of the person or an answer to one, which has a page of its own."""
    return bool(kind.answers) or "person" in kind.recorded_by


def _back(case_no: str, came: Came = ()) -> Button:
    page = dict(came).get(CAME_FROM, "")
    if page in addresses.RETURNS:
        href = addresses.back_to(page, case_no)
    elif page == LIST:
        href = dict(came)[ROW]
    else:
        href = "/" if page == TODAY else addresses.file(case_no)
    return Button(Label("取消", "Cancel"), href=href, look="link")


def _hidden(draft: Draft, came: Came) -> tuple[tuple[str, str], ...]:
    return ((ID, str(draft.id)), *came)


def record(
    opened: Opened,
    draft: Draft,
    answers: Answers,
    today: date,
    *,
    lines: tuple[Line, ...] | None = None,
    came: Came = (),
    focus: str = "",
    account: str = "",
    inline: bool = False,
) -> RecordPage:
    """The form. `lines` are what saving will change, once that can be said. What is typed is kept in the
    browser under the `account`, unless the form was opened from Today."""
    case_no, kind = opened.case_no, draft.kind
    label = Label("保存", "Save")
    if draft.touches_liberty:
        label = Label("下一步：核对", "Next: check")
    elif draft.target is not None:
        label = (
            Label("作废这条记录", "Withdraw this entry") if kind.name == VOID else Label("保存更正", "Save")
        )
    more: tuple[Button, ...] = ()
    if draft.corrects and draft.target is not None:
        gone = addresses.withdraw(case_no, draft.target.id)
        more = (Button(Label("改为作废", "Withdraw instead"), href=gone, look="link"),)
    elif (CAME_FROM, TODAY) in came and not inline and not draft.touches_liberty:
        more = (Button(Label("保存并登下一人", "Save and next person"), name=NEXT, value="1"),)
    return RecordPage(
        case_no=case_no,
        identity=identity(opened, today, kinds()),
        act=act(draft),
        action=action(case_no, draft),
        fields=form.fields_of(kind, answers, corrects=draft.corrects, focus=focus),
        hidden=_hidden(draft, came),
        effects=Effects(lines),
        save=Button(label, look="primary", extra={"data-busy": Label("正在保存…", "Saving…")}),
        back=_back(case_no, came),
        more=more,
        help=kind.help or "",
        cites=tuple(c.label for c in kind.citations),
        summary=form.summary(kind, answers),
        notices=(*_about_target(draft), *_about_request(opened, kind, answers)),
        draft=addresses.draft(account, case_no, kind.name, draft.target.id if draft.target else None)
        if account and not came
        else "",
        inline=inline,
    )


def _about_request(opened: Opened, kind: Kind, answers: Answers) -> tuple[Notice, ...]:
    """What the person asked, in their own words, above the answer to it."""
    asked = str(answers.typed.get(kind.answers, "")) if kind.answers else ""
    entry = next((e for e in opened.shown.entries if str(e.id) == asked), None)
    if entry is None:
        return ()
    label = kinds()[entry.kind]
    said = str(entry.get("text") or "")
    sentence = Label(
        f"{entry.happened_on} {label.sentence(entry)}", f"{entry.happened_on} {label.sentence(entry, 'en')}"
    )
    return (Notice("info", sentence, said),)


def _about_target(draft: Draft) -> tuple[Notice, ...]:
    if draft.target is None:
        return ()
    if draft.kind.name == VOID:
        text = Label(
            "作废后，原记录仍留在经历里，但不再计算。录错内容的，请用更正。",
            "A withdrawn entry stays in the history and no longer counts. If it was mistyped, correct it.",
        )
    else:
        text = Label(
            "更正会新增一条记录；原记录仍留在经历里，并注明由谁、为何更正。",
            "A correction is a new entry; the first one stays in the history, with who corrected it and why.",
        )
    return (Notice("info", text),)


def _submit(draft: Draft) -> Label:
    """The act's own name on the button."""
    if draft.target is None:
        return Label(f"提交{draft.kind.label.zh}", f"Submit: {draft.kind.label.en}")
    return (
        Label("提交作废", "Withdraw it")
        if draft.kind.name == VOID
        else Label("提交更正", "Submit the correction")
    )


def check(
    opened: Opened,
    draft: Draft,
    answers: Answers,
    today: date,
    lines: tuple[Line, ...],
    asked: tuple[Label, ...],
    *,
    came: Came = (),
    inline: bool = False,
    waits: bool = False,
) -> CheckPage:
    """The answers read back. What touches liberty names the act on its button; what `waits` for a second
    officer says so."""
    case_no = opened.case_no
    name = act(draft)
    label = _submit(draft) if draft.touches_liberty else Label("是，保存", "Yes, save")
    if waits:
        label = Label("提交第二人复核", "Submit to a second officer")
    typed = tuple((box, text) for box, text in answers.typed.items() if text)
    return CheckPage(
        case_no=case_no,
        identity=identity(opened, today, kinds()),
        act=name,
        action=action(case_no, draft),
        answers=form.read_back(draft.kind, answers, corrects=draft.corrects),
        hidden=(*_hidden(draft, came), *typed),
        effects=Effects(lines),
        save=Button(
            label,
            look="grave" if draft.touches_liberty or waits else "primary",
            name=CHECKED,
            value="1",
            extra={"data-busy": Label("正在保存…", "Saving…")},
        ),
        back=_back(case_no, came),
        more=(Button(Label("返回修改", "Go back and change"), name=CHANGE, value=form.DAY),),
        questions=(
            *_about_request(opened, draft.kind, answers),
            *((SECOND,) if waits else ()),
            *(Notice("gap", text) for text in asked),
        ),
        inline=inline,
        waits=waits,
    )


def not_allowed(case_no: str, draft: Draft, decision: Decision) -> RefusedPage:
    """The post may not record this; not a fault of what was typed."""
    return RefusedPage(
        case_no,
        Label("您的岗位不能登记这一项", "Your post may not record this"),
        decision.reason,
        Label(
            "没有写入任何记录。如应由您登记，请联系本单位管理员。",
            "Nothing was written. If it should be yours, ask your administrator.",
        ),
        (
            Button(Label("回到档案", "Back to the file"), href=addresses.file(case_no), look="primary"),
            Button(Label("登记别的", "Record something else"), href=addresses.record(case_no)),
        ),
    )


def other_content(opened: Opened, draft: Draft, answers: Answers, there: Entry) -> RefusedPage:
    """The same form was sent twice with different answers: both are shown, the first one stands."""
    first = form.typed_of(there)
    saved = kinds()[there.kind]
    return RefusedPage(
        opened.case_no,
        Label(
            "没有保存：这张表已经存过，内容不同", "Not saved: this form was already saved with other answers"
        ),
        Label("先存的那条有效。要改它，请用更正。", "The one saved first stands. To change it, correct it."),
        Label("没有写入任何新记录。", "Nothing new was written."),
        (
            Button(
                Label("更正先存的那条", "Correct the one saved"),
                href=addresses.correct(opened.case_no, there.id),
                look="primary",
            ),
            Button(
                Label("另登一条", "Record a new one"), href=addresses.record(opened.case_no, draft.kind.name)
            ),
        ),
        there=form.read_back(saved, first),
        yours=form.read_back(draft.kind, answers),
    )


def already(opened: Opened, target: Entry, now: Entry | None) -> RefusedPage:
    """The entry to be corrected no longer counts."""
    label = kinds()[target.kind].label
    reason: Text = Label(
        f"{target.happened_on} 的“{label.zh}”已经作废。",
        f"“{label.en}” of {target.happened_on} is withdrawn.",
    )
    press = [Button(Label("回到档案", "Back to the file"), href=addresses.file(opened.case_no))]
    if now is not None:
        reason = Label(
            f"{target.happened_on} 的“{label.zh}”已经更正过，现行的是另一条。",
            f"“{label.en}” of {target.happened_on} has been corrected; another entry counts now.",
        )
        href = addresses.correct(opened.case_no, now.id)
        press.insert(
            0, Button(Label("更正现行的那条", "Correct the one that counts"), href=href, look="primary")
        )
    return RefusedPage(
        opened.case_no,
        Label("这条记录已不再计算", "This entry no longer counts"),
        reason,
        Label("没有写入任何记录。", "Nothing was written."),
        tuple(press),
    )


def handed_in(opened: Opened, target: Entry) -> RefusedPage:
    """The entry is the person's own words."""
    return RefusedPage(
        opened.case_no,
        Label("本人交的，不由单位更正", "Not an office’s to correct"),
        HANDED_IN,
        Label("没有写入任何记录。", "Nothing was written."),
        (
            Button(
                Label("本人提出的", "What the person asked for"),
                href=addresses.requests(opened.case_no),
                look="primary",
            ),
            Button(Label("回到档案", "Back to the file"), href=addresses.file(opened.case_no)),
        ),
    )


def with_inline(page: RefusedPage, inline: bool) -> RefusedPage:
    """The same inside another page."""
    return replace(page, inline=inline)


def void_of(identifier: UUID, target: Entry) -> Draft:
    """Withdrawing an entry."""
    return Draft(identifier, kinds()[VOID], target)


def correction_of(identifier: UUID, target: Entry) -> Draft:
    """Correcting an entry."""
    return Draft(identifier, kinds()[target.kind], target)
