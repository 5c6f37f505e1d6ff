"""One consultation as a page: what is asked and shown, what was done when, and what the reader may do now."""

from __future__ import annotations

from typing import Final

from guitu.casefile import Entry
from guitu.centre.consulting import STATES
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.pages.casefile import addresses
from guitu.web.pages.remote import forms, words
from guitu.web.pages.remote.asked import Here
from guitu.web.pages.remote.forms import NOTHING, Typed

SAVED: Final = {
    "asked": Label("已发给医院。", "Sent to the hospital."),
    "answer": Label("已答复，所内能看到。", "Answered; the centre can see it."),
    "call": Label("已登记通话。", "The call is recorded."),
    "opinion": Label("意见已写入档案。", "The opinion stands in the file."),
    "rx": Label(
        "处方意见已写入档案，等所内医生接手。", "It stands in the file and waits for the centre's doctor."
    ),
    "take": Label("已处理处方意见。", "The advised prescription is settled."),
    "withdrawn": Label("已撤回，医院不能再看。", "Withdrawn; the hospital can see it no longer."),
    "closed": Label("会诊已结束，医院不能再看。", "Closed; the hospital can see it no longer."),
    "import": Label("医院的答复已写入档案。", "The hospital's answer stands in the file."),
}


def page(here: Here, back: Typed = NOTHING, wrong: ErrorSummary | None = None) -> Board:
    """The page; `back` is a form that came back with faults."""
    one, consult = here.one, here.consult
    name = consult.view.identity.get("name") if here.side == "centre" else None
    who = str(name or (consult.who if here.sees_question else one.code))
    sections = [_facts(here)]
    if here.sees_question:
        sections += [_question(here), _shared(here)]
    sections += _doing(here, back)
    sections += [_calls(here), *_advice(here, back), _steps(here), *_ending(here, back)]
    saved = here.asked.request.GET.get("saved", "")
    return Board(
        Label(f"远程会诊：{who}", f"Remote consultation: {who}"),
        Label(f"{consult.centre} → {consult.hospital}", f"{consult.centre} → {consult.hospital}"),
        tuple(s for s in sections if s is not None),
        crumbs=words.crumbs(Crumb(who)),
        buttons=_buttons(here),
        notices=(
            *((Notice("fresh", SAVED[saved]),) if saved in SAVED else ()),
            *_notices(here),
        ),
        summary=wrong,
    )


def _notices(here: Here) -> tuple[Notice, ...]:
    if here.side == "hospital" and not here.one.open(here.asked.today):
        return (
            Notice(
                "barred",
                Label(
                    "会诊已结束：请求、资料和意见都不能再看。",
                    "It is over: neither the request nor what was shown nor the opinion opens any more.",
                ),
            ),
        )
    if here.side == "hospital" and here.one.taken_by and not here.sees_shared:
        return (
            Notice(
                "info",
                Label(
                    "由本院另一位医生接收；需要接手的，再接收一次。",
                    "A colleague has accepted it. To take over, accept it yourself.",
                ),
            ),
        )
    if not here.one.standing and here.one.open(here.asked.today):
        return (
            Notice(
                "late",
                Label(
                    "本人已撤回同意：停止会诊，撤回请求。",
                    "The person no longer consents: stop, and withdraw it.",
                ),
            ),
        )
    urgent = any(e.get("next") == "at_once" for e in here.one.opinions) and here.one.ended is None
    if urgent and here.sees_shared:
        return (
            Notice(
                "late", Label("医院意见：立即送医院。", "The hospital says: take the person there at once.")
            ),
        )
    return ()


def _buttons(here: Here) -> tuple[Button, ...]:
    found = []
    if here.in_call and here.one.state(here.asked.today) in ("accepted", "advised"):
        found.append(
            Button(Label("进入会诊室", "Go to the room"), href=words.room(here.one.id), look="primary")
        )
    if here.opened is not None:
        found.append(Button(Label("医疗页", "Medical page"), href=f"/medical/people/{here.opened.case_no}/"))
        found.append(Button(Label("档案", "File"), href=addresses.file(here.opened.case_no)))
    if here.sees_shared and here.asked.reader.post and here.asked.reader.post.role != "nurse":
        role = here.asked.reader.post.role
        if role in ("doctor", "hospital_doctor"):
            found.append(
                Button(
                    Label("下载文件（FHIR）", "Download (FHIR)"), href=f"{words.one(here.one.id)}bundle.json"
                )
            )
    return tuple(found)


def _facts(here: Here) -> Section:
    one, consult = here.one, here.consult
    state = STATES[here.state]
    facts: list[Fact] = [Fact(Label("状态", "State"), state)]
    if here.sees_question:
        age = consult.age(here.asked.today)
        facts.append(Fact(Label("谁", "Who"), _who(here, words.about(consult.sex, age))))
        urgency = kinds()["remote_request"].ask("urgency").choice(one.request.get("urgency"))
        facts.append(Fact(Label("缓急", "How soon"), urgency.label if urgency else "—"))
        if one.request.get("department"):
            facts.append(Fact(Label("科室", "Department"), str(one.request.get("department"))))
    facts.append(Fact(Label("请求时间", "Asked"), words.moment(one.request.recorded_at)))
    if one.consent is not None and here.sees_question:
        facts.append(Fact(Label("本人的同意", "Consent"), _consent(here)))
    planned = one.answer
    if planned is not None and planned.get("planned_on") and here.sees_question:
        at = planned.get("planned_at")
        clock = f" {int(at) // 100:02d}:{int(at) % 100:02d}" if isinstance(at, int) else ""
        facts.append(
            Fact(Label("约定通话", "Call planned"), f"{words.day(planned.get('planned_on'))}{clock}")
        )
    if one.open(here.asked.today):
        facts.append(
            Fact(
                Label("医院最晚可看到", "Open to the hospital until"),
                Label(
                    f"{one.last_day.isoformat()}，或会诊结束", f"{one.last_day.isoformat()}, or the end of it"
                ),
            )
        )
    if planned is not None and planned.get("answer") == "declined" and here.opened is not None:
        facts.append(Fact(Label("谢绝的理由", "Why declined"), str(planned.get("why"))))
    return Section("facts", Label("会诊", "Consultation"), facts=tuple(facts))


def _who(here: Here, about: Label) -> Label:
    if here.side == "centre":
        told = "医院看到姓名" if here.one.named else f"医院只看到代号 {here.one.code}"
        said = "the hospital sees the name" if here.one.named else f"the hospital sees only {here.one.code}"
        return Label(f"{about.zh}；{told}", f"{about.en}; {said}")
    return Label(f"{here.consult.who}，{about.zh}", f"{here.consult.who}, {about.en}")


def _consent(here: Here) -> Label:
    given = here.one.consent
    assert given is not None
    by = kinds()["remote_consent"].ask("by").choice(given.get("by"))
    who = by.label if by else Label("本人", "the person")
    video = Label("同意视频", "video") if here.one.video else Label("不同意视频", "no video")
    zh = f"{given.happened_on.isoformat()} {who.zh}同意，{video.zh}"
    en = f"{given.happened_on.isoformat()}, {who.en.lower()}, {video.en}"
    if not here.one.standing:
        return Label(f"{zh}；已撤回", f"{en}; taken back")
    return Label(zh, en)


def _question(here: Here) -> Section:
    request = here.one.request
    return Section(
        "question",
        Label("请医院回答", "What is asked"),
        facts=(
            Fact(Label("问题", "Question"), str(request.get("question"))),
            Fact(Label("病情摘要", "Summary"), str(request.get("summary"))),
        ),
    )


def _shared(here: Here) -> Section:
    heading = Label("给医院看的资料", "What the hospital is shown")
    count = len(here.one.shares)
    if not here.sees_shared:
        return Section(
            "shared",
            heading,
            says=(
                Label(f"接收以后可以看 {count} 份资料。", f"{count} documents open once you have accepted."),
            ),
        )
    shown = here.consult.shared
    rows = tuple(
        Row((e.happened_on.isoformat(), kinds()[e.kind].label, Cell(words.answers(e)))) for e in shown
    )
    gone = count - len(shown)
    says: tuple[Text, ...] = ()
    if gone > 0:
        says = (Label(f"{gone} 份已作废，不再显示。", f"{gone} were withdrawn and are not shown."),)
    columns = (
        Column(Label("日期", "Day"), phone="lead"),
        Column(Label("资料", "What"), phone="bare"),
        Column(Label("内容", "It says"), phone="bare"),
    )
    empty = None if rows else Empty(Label("请求没有给出资料。", "The request shows nothing."))
    return Section(
        "shared",
        heading,
        Table(heading, columns, rows, empty=empty, id="shared-list", hide_caption=True),
        says=says,
    )


def _doing(here: Here, back: Typed) -> list[Section]:
    """What the hospital answers."""
    if here.side != "hospital" or not here.hospital_may("answer"):
        return []
    if here.one.taken_by == here.asked.reader.username:
        return []
    return [
        Section(
            "answer",
            Label("答复", "Answer"),
            ask=forms.ask(
                "answer",
                "remote_answer",
                _write(here),
                Label("答复", "Answer"),
                str(here.asked.fresh()),
                back,
                look="primary" if here.state == "asked" else "plain",
            ),
        )
    ]


def _write(here: Here) -> str:
    return f"{words.one(here.one.id)}write/"


def _calls(here: Here) -> Section | None:
    if not here.sees_shared or not here.one.calls:
        return None
    heading = Label("通话", "Calls")
    rows = tuple(Row((e.happened_on.isoformat(), Cell(words.answers(e)))) for e in here.one.calls)
    columns = (Column(Label("日期", "Day"), phone="lead"), Column(Label("情况", "How"), phone="bare"))
    return Section("calls", heading, Table(heading, columns, rows, id="calls-list", hide_caption=True))


def _advice(here: Here, back: Typed) -> list[Section]:
    """The opinion and what the hospital would prescribe, with the forms of whoever's turn it is."""
    if not here.sees_shared:
        return []
    sections = []
    heading = Label("会诊意见", "Opinion")
    facts = tuple(
        Fact(
            Label(
                f"{e.happened_on.isoformat()} {e.get('signed')}",
                f"{e.happened_on.isoformat()} {e.get('signed')}",
            ),
            words.answers(e, frozenset({"signed"})),
        )
        for e in here.one.opinions
    )
    advises = here.side == "hospital" and here.hospital_may("advise")
    write = (
        forms.ask(
            "opinion",
            "remote_opinion",
            _write(here),
            Label("签名并写入档案", "Sign and put into the file"),
            str(here.asked.fresh()),
            back,
            look="primary" if not here.one.opinions else "plain",
        )
        if advises
        else None
    )
    if facts or write:
        sections.append(Section("opinion", heading, facts=facts, ask=write))
    for place, one in enumerate(here.one.advised):
        sections.append(_advised(here, place, one.entry, one.taken, back))
    if advises:
        sections.append(
            Section(
                "rx",
                Label("处方意见", "Advise a prescription"),
                ask=forms.ask(
                    "rx",
                    "remote_prescription",
                    _write(here),
                    Label("签名并写入档案", "Sign and put into the file"),
                    str(here.asked.fresh()),
                    back,
                    says=Label(
                        "只是意见：所内医生接手以后才开具和发药。一种药一条。",
                        "Advice only: the centre's doctor takes it over before it is given. One each.",
                    ),
                ),
            )
        )
    return sections


def _advised(here: Here, place: int, entry: Entry, taken: Entry | None, back: Typed) -> Section:
    facts = [
        Fact(Label("处方意见", "Advised"), words.answers(entry, frozenset({"signed"}))),
        Fact(Label("签名", "Signed by"), str(entry.get("signed"))),
    ]
    ask = None
    if taken is not None:
        took = taken.get("taken") == "yes"
        facts.append(
            Fact(
                Label("处理", "Settled"),
                Label(
                    f"{taken.happened_on.isoformat()} 已接手，开为所内处方",
                    f"{taken.happened_on.isoformat()}: taken over as a prescription",
                )
                if took
                else Label(f"不接手：{taken.get('why')}", f"not taken over: {taken.get('why')}"),
            )
        )
    elif here.centre_may("remote_taken_over"):
        name = f"take{place}"
        ask = forms.ask(
            name,
            "remote_taken_over",
            _write(here),
            Label("处理", "Settle"),
            str(here.asked.fresh()),
            back,
            more=(("rx", str(entry.id)),),
            says=Label(
                "接手的，开为您本人的处方，从今天起发药。",
                "Taken over, it is your own prescription from today.",
            ),
        )
    return Section(
        f"advised-{place}", Label("医院的处方意见", "Prescription advised"), facts=tuple(facts), ask=ask
    )


def _steps(here: Here) -> Section:
    heading = Label("每一步", "Each step")
    rows = tuple(
        Row((s.label, words.moment(s.at), "—" if n == 0 else words.lasted(s.waited)))
        for n, s in enumerate(here.one.steps())
    )
    columns = (
        Column(Label("步骤", "Step"), phone="lead"),
        Column(Label("时间", "At")),
        Column(Label("距上一步", "After the step before")),
    )
    return Section("steps", heading, Table(heading, columns, rows, id="steps-list", hide_caption=True))


def _ending(here: Here, back: Typed) -> list[Section]:
    """On the centre's side: the file that came, and the end."""
    if here.opened is None or here.one.ended is not None:
        return []
    found = []
    if here.centre_may("remote_opinion") and here.state in ("asked", "accepted", "advised", "lapsed"):
        found.append(
            Section(
                "file",
                Label("医院不在本系统的", "A hospital that does not work here"),
                says=(words.TO_US,),
                buttons=(
                    Button(
                        Label("导入医院的答复", "Take in its answer"), href=f"{words.one(here.one.id)}answer/"
                    ),
                ),
                on_paper=False,
            )
        )
    if here.centre_may("remote_closed"):
        found.append(
            Section(
                "close",
                Label("结束", "Close it"),
                ask=forms.ask(
                    "closed",
                    "remote_closed",
                    _write(here),
                    Label("结束会诊", "Close it"),
                    str(here.asked.fresh()),
                    back,
                    says=_close_says(here),
                ),
                on_paper=False,
            )
        )
        found.append(
            Section(
                "withdraw",
                Label("撤回", "Withdraw it"),
                ask=forms.ask(
                    "withdrawn",
                    "remote_withdrawn",
                    _write(here),
                    Label("撤回请求", "Withdraw"),
                    str(here.asked.fresh()),
                    back,
                ),
                on_paper=False,
            )
        )
    return found


def _close_says(here: Here) -> Text:
    left = len(here.one.unsettled)
    if left:
        return Label(f"还有 {left} 条处方意见没有处理。", f"{left} advised prescriptions are not settled.")
    return Label("结束以后医院不能再看。", "Afterwards the hospital sees nothing of it.")
