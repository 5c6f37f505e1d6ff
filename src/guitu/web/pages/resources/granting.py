"""Proposing a reward, also one that takes another's place; proposing one to an informant, whose phrase is
shown once; paying it out, and cancelling it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Entry
from guitu.casefile.kind import REASONS
from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels import informant
from guitu.store.gate import NotAllowed
from guitu.store.levels import rewards as store
from guitu.store.units import Unit
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.inside.area import Area
from guitu.web.inside.listing import yuan
from guitu.web.inside.recording import IN, SAVE, places, refused
from guitu.web.inside.shown import Board, Fact, Form, Section
from guitu.web.page import show, shows
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers
from guitu.web.pages.resources import words
from guitu.web.pages.resources.rewards import COLLECT, INFORMANT, NEW, of_area
from guitu.web.pages.resources.view import looked_at

BACK: Final = f"{words.ROOT}rewards/"
PROPOSE: Final = Button(
    Label("提交复核", "Put forward"), look="primary", extra={"data-busy": Label("正在提交…", "Sending…")}
)
PAY: Final = Button(Label("核对并登记领取", "Check, and record that it is paid"), look="grave")
CODE, PHRASE = "code", "phrase"


def _crumbs(last: Label) -> Crumbs:
    return Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(Label("奖励", "Rewards"), BACK), Crumb(last)))


def _cancel(area: Area) -> Button:
    return Button(Label("取消", "Cancel"), words.at("rewards", area.code), "link")


def _units(area: Area, kind: str) -> tuple[Unit, ...]:
    return places(area, kinds()[kind], words.OFFICES)


def _whose(area: Area, some: tuple[Unit, ...]) -> tuple[Unit | None, tuple[Field, ...]]:
    """The unit that was chosen, and the box to choose it where there is a choice."""
    code = area.asked(IN)
    own = next((u for u in some if u.no == area.unit.no), None)
    unit = (
        next((u for u in some if u.code == code), None)
        if code
        else own or (some[0] if len(some) == 1 else None)
    )
    if len(some) < 2:
        return unit, ()
    options = tuple(Option(u.code, u.name) for u in some)
    return unit, (
        Field(
            IN, Label("记入哪个单位", "Into whose file"), "choice", unit.code if unit else "", options=options
        ),
    )


@shows("resources_rewards")
def new(request: HttpRequest) -> HttpResponse:
    """Propose a reward to units, officers or the public; or one in another's place."""
    area = looked_at(request)
    kind = kinds()["reward"]
    some = _units(area, "reward")
    title = Label("提出奖励", "Propose a reward")
    if not some:
        return refused(
            area, words.PART, title, Label("您的岗位不提出奖励。", "Your post proposes no rewards.")
        )
    target = _target(area) if area.asked("corrects") else None
    if target is not None:
        some = (area.unit,)
        title = Label("更正奖励", "Correct a reward")
    unit, whose = _whose(area, some)
    if request.method != "POST":
        first = form.typed_of(target) if target else Answers({form.DAY: area.today.isoformat()}, area.today)
        return _reward_form(area, title, first, whose, target)
    answers = form.read(kind, request.POST, area.today, corrects=target is not None)
    if unit is None:
        answers = answers.with_fault(IN, Label("请选择记入哪个单位", "Choose into whose file"))
    if target is not None and answers.reason not in {r.zh for r in REASONS}:
        answers = answers.with_fault(form.REASON, Label("请选择原因", "Choose a reason"))
    if answers.faults or unit is None:
        return _reward_form(area, title, answers, whose, target)
    assert answers.happened_on is not None
    try:
        store.propose(
            unit,
            answers.happened_on,
            {k: v for k, v in answers.fields.items() if v is not None},
            actor=area.actor,
            now=area.now,
            identifier=area.identifier(),
            corrects=target.id if target else None,
            why=answers.reason,
        )
    except GuituError as wrong:
        return _reward_form(area, title, answers.with_fault("", wrong.label), whose, target)
    return HttpResponseRedirect(words.at("rewards", area.code, proposed="yes"))


def _target(area: Area) -> Entry:
    """The reward that is corrected, in the file of the unit that is looked at."""
    try:
        wanted = UUID(area.asked("corrects"))
    except ValueError as wrong:
        raise Http404("corrects") from wrong
    found = of_area(area)
    entry = next((e for e in found.of("reward") if e.id == wanted), None)
    if entry is None or found.unit(entry).no != area.unit.no:
        raise Http404(str(wanted))
    return entry


def _reward_form(
    area: Area, title: Label, answers: Answers, whose: tuple[Field, ...], target: Entry | None
) -> HttpResponse:
    fields = form.fields_of(kinds()["reward"], answers, corrects=target is not None)
    options = tuple(Option(r.zh, r) for r in REASONS)
    fields = tuple(
        replace(f, kind="choice", options=options, hint="") if f.name == form.REASON else f for f in fields
    )
    hidden = [("id", area.asked("id") or str(area.new_id())), ("unit", area.code)]
    if target is not None:
        hidden.append(("corrects", str(target.id)))
    faulted = tuple(replace(f, error=answers.faults.get(IN, "")) for f in whose)
    page = Form(
        area.title(title),
        words.NO_NAMES,
        NEW,
        (*faulted, *fields),
        tuple(hidden),
        PROPOSE,
        _cancel(area),
        crumbs=_crumbs(title),
        summary=_summary(answers),
    )
    return show(area.request, page, status=422 if answers.faults else 200)


def _summary(answers: Answers) -> ErrorSummary | None:
    if not answers.faults:
        return None
    return ErrorSummary(tuple(Fault(said, f"f-{box}" if box else "") for box, said in answers.faults.items()))


@shows("resources_rewards")
def new_informant(request: HttpRequest) -> HttpResponse:
    """Propose a reward to an informant, and show the phrase, this once."""
    area = looked_at(request)
    kind = kinds()[informant.REWARD]
    some = _units(area, informant.REWARD)
    title = Label("提出举报奖励", "Propose a reward to an informant")
    if not some:
        return refused(
            area, words.PART, title, Label("您的岗位不提出奖励。", "Your post proposes no rewards.")
        )
    unit, whose = _whose(area, some)
    made = {"code": "J000000000", "digest": "0" * 64}  # stands for what the system makes when it is proposed
    if request.method != "POST":
        return _informant_form(area, title, Answers({}, area.today), whose)
    sent = {form.DAY: area.today.isoformat(), **made, **{n: area.asked(n) for n in ("amount", "ground")}}
    answers = form.read(kind, sent, area.today)
    if unit is None:
        answers = answers.with_fault(IN, Label("请选择记入哪个单位", "Choose into whose file"))
    amount = answers.fields.get("amount")
    if answers.faults or unit is None or not isinstance(amount, int):
        return _informant_form(area, title, answers, whose)
    try:
        slip = store.propose_informant(
            unit, area.today, amount, str(answers.fields["ground"]), actor=area.actor, now=area.now,
            identifier=area.identifier(),
        )  # fmt: skip
    except GuituError as wrong:
        return _informant_form(area, title, answers.with_fault("", wrong.label), whose)
    response = show(request, _slip(area, slip))
    response["Cache-Control"] = "no-store"
    return response


def _informant_form(area: Area, title: Label, answers: Answers, whose: tuple[Field, ...]) -> HttpResponse:
    fields = tuple(
        f for f in form.fields_of(kinds()[informant.REWARD], answers) if f.name in ("amount", "ground")
    )
    faulted = tuple(replace(f, error=answers.faults.get(IN, "")) for f in whose)
    page = Form(
        area.title(title),
        Label(
            "没有写姓名的地方，也不要写在别处。提交后显示编号和领取口令，只显示这一次：请当面交给举报人。",
            "There is no room for a name, and write it nowhere else. The code and the phrase are shown once,"
            " when this is put forward: hand them to the informant there and then.",
        ),
        INFORMANT,
        (*faulted, *fields),
        (("id", area.asked("id") or str(area.new_id())), ("unit", area.code)),
        PROPOSE,
        _cancel(area),
        crumbs=_crumbs(title),
        summary=_summary(answers),
    )
    return show(area.request, page, status=422 if answers.faults else 200)


def _slip(area: Area, slip: store.Slip | None) -> Board:
    back = Button(Label("回到奖励", "Back to rewards"), words.at("rewards", area.code), "primary")
    title = Label("领取凭条", "Slip for collecting")
    if slip is None:
        gone = Label(
            "这件已经提交过，口令显示过一次，不再显示。口令没有交到的，取消这份奖励，另行提出。",
            "This was put forward already and its phrase was shown, once. If it did not reach anybody, cancel"
            " the reward and propose another.",
        )
        return Board(title, gone, (), crumbs=_crumbs(title), buttons=(back,))
    facts = (
        Fact(Label("编号", "Code"), slip.code),
        Fact(Label("领取口令", "Phrase"), slip.phrase),
        Fact(Label("金额", "Amount"), Label(f"{yuan(slip.amount)} 元", f"{yuan(slip.amount)} yuan")),
        Fact(Label("领取单位", "Where"), area.unit.name),
    )
    says = (
        Label(
            "第二人复核通过后，任何人凭编号和口令可以领取一次，不看证件，不登记姓名。",
            "Once a second officer has approved it, whoever has the code and the phrase may collect it once;"
            " no card is looked at and no name written down.",
        ),
        Label(
            "口令系统没有保存，丢失不能补。请抄给或者打印给举报人，不要拍照，不要发送。",
            "The phrase is kept nowhere and cannot be had again. Copy or print it for the informant; take no"
            " photograph, and send it to nobody.",
        ),
    )
    return Board(
        title,
        Label("口令只显示这一次", "The phrase is shown this once"),
        (Section("slip", Label("交给举报人", "For the informant"), facts=facts, says=says),),
        crumbs=_crumbs(title),
        buttons=(back,),
        notices=(Notice("fresh", Label("已提交第二人复核。", "Put before a second officer.")),),
    )


@shows("resources_rewards")
def collect(request: HttpRequest) -> HttpResponse:
    """Pay a reward to whoever has its code and phrase."""
    area = looked_at(request)
    title = Label("凭口令领取", "Collect with a phrase")
    if not _units(area, informant.ENDED):
        return refused(area, words.PART, title, Label("您的岗位不付奖励。", "Your post pays no rewards."))
    fault: Label | None = None
    if request.method == "POST":
        try:
            _, amount = store.collect(
                of_area(area),
                area.asked(CODE),
                area.asked(PHRASE),
                area.today,
                actor=area.actor,
                now=area.now,
            )
        except NotAllowed as wrong:
            fault = wrong.decision.reason
        except DifferentContent:
            fault = store.WRONG
        except GuituError as wrong:
            fault = wrong.label
        else:
            return show(request, _paid(area, amount))
    fields = (
        Field(CODE, Label("编号", "Code"), "text", area.asked(CODE)[:40],
              hint=Label("J 和九位数字", "J and nine digits")),
        Field(PHRASE, Label("领取口令", "Phrase"), "text", area.asked(PHRASE)[:60] if fault else "",
              hint=Label("四组，每组四位；大小写、横线不论", "Four groups of four; capitals do not matter")),
    )  # fmt: skip
    page = Form(
        area.title(title),
        Label(
            "不看证件，不问姓名，不登记是谁。编号和口令对得上，付一次。",
            "No card, no name, nobody is written down. If code and phrase belong together, it is paid, once.",
        ),
        COLLECT,
        fields,
        (("unit", area.code),),
        PAY,
        _cancel(area),
        crumbs=_crumbs(title),
        summary=ErrorSummary((Fault(fault, f"f-{CODE}"),)) if fault else None,
    )
    return show(request, page, status=422 if fault else 200)


def _paid(area: Area, amount: int) -> Board:
    text = Label(
        f"请付 {yuan(amount)} 元。已登记领取，不能再领。",
        f"Pay {yuan(amount)} yuan. It is recorded as collected.",
    )
    back = Button(Label("回到奖励", "Back to rewards"), words.at("rewards", area.code), "primary")
    title = Label("可以付款", "To be paid")
    return Board(title, text, (), crumbs=_crumbs(title), buttons=(back,), notices=(Notice("fresh", text),))


@shows("resources_rewards")
def cancel(request: HttpRequest, code: str, entry: UUID) -> HttpResponse:
    """Say that a reward is paid no more, for one of a few reasons."""
    area = looked_at(request, code)
    found = of_area(area)
    reward = next((e for e in found.of(informant.REWARD) if e.id == entry), None)
    if reward is None or found.unit(reward).no != area.unit.no:
        raise Http404(str(entry))
    title = Label("取消举报奖励", "Cancel a reward to an informant")
    if not _units(area, informant.ENDED):
        return refused(
            area, words.PART, title, Label("您的岗位不取消奖励。", "Your post cancels no rewards.")
        )
    why = kinds()[informant.ENDED].ask("why")
    fault: Label | None = None
    if request.method == "POST":
        chosen = area.asked("why")
        if why.choice(chosen) is None:
            fault = Label("请选择取消原因", "Choose why it is cancelled")
        else:
            try:
                store.cancel(found, reward, chosen, area.today, actor=area.actor, now=area.now)
            except NotAllowed as wrong:
                fault = wrong.decision.reason
            except GuituError as wrong:
                fault = wrong.label
            else:
                return HttpResponseRedirect(words.at("rewards", area.code, saved=informant.ENDED))
    field = Field("why", why.label, "choice", area.asked("why"), error=fault or "",
                  options=tuple(Option(c.value, c.label) for c in why.choices))  # fmt: skip
    page = Form(
        area.title(title),
        Label("取消后不能领取，也不能恢复。", "It can then be collected no more, and not brought back."),
        f"{words.ROOT}informants/{code}/{entry}/cancel/",
        (field,),
        (),
        replace(SAVE, label=Label("取消这份奖励", "Cancel this reward"), look="grave"),
        Button(Label("返回", "Back"), BACK, "link"),
        crumbs=_crumbs(title),
        summary=ErrorSummary((Fault(fault, "f-why"),)) if fault else None,
        facts=(
            Fact(Label("编号", "Code"), str(reward.get("code"))),
            Fact(Label("金额", "Amount"), yuan(int(str(reward.get("amount"))))),
        ),
    )
    return show(request, page, status=422 if fault else 200)
