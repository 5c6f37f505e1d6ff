"""Answering a survey, without signing in: a code from a slip opens the questions, and the answers are taken
in without it. Nothing of who asks is kept: no session, no address, no time."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels.surveys.questionnaire import Survey
from guitu.store.engine import StoreUnavailable
from guitu.store.levels import surveys as kept
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.inside.shown import Board, Form, Section
from guitu.web.page import show, shows
from guitu.web.pages.surveys import words

TITLE = Label("答问卷", "Answer a survey")
NOBODY = Label(
    "不记名：不用登录，不留手机号和地址，只记到哪一天；答卷里没有答题码，系统里查不出是谁答的。",
    "Anonymous: no sign-in, no number or address is kept, only the day; your answers do not carry the code,"
    " and nothing that is kept here says who gave them.",
)


@shows("survey_answer", public=True)
def answer(request: HttpRequest) -> HttpResponse:
    """The code; the questions; thanks."""
    if request.method != "POST":
        return _alone(show(request, code_form()))
    typed = {name: str(value).strip()[:200] for name, value in request.POST.items()}
    code, today = typed.get("code", ""), clock.today()
    if not code:
        return _alone(show(request, code_form("", Label("请输入答题码", "Enter your code")), status=422))
    try:
        found = kept.opened(code, today)
        if "answers" not in typed:
            return _alone(show(request, questions(found.survey, found.unit.name, code, {}, {})))
        answers, faults = words.chosen(found.survey, typed)
        if faults:
            form = questions(found.survey, found.unit.name, code, typed, faults)
            return _alone(show(request, form, status=422))
        kept.answer(code, answers, today)
    except (kept.NotTaken, StoreUnavailable) as wrong:
        return _alone(show(request, code_form(code, wrong.label), status=_status(wrong)))
    return _alone(show(request, thanks(found.survey)))


def _status(wrong: GuituError) -> int:
    return 503 if isinstance(wrong, StoreUnavailable) else 422


def _alone(response: HttpResponse) -> HttpResponse:
    """Kept by no browser and no proxy: the page holds a code."""
    response["Cache-Control"] = "no-store"
    return response


def code_form(typed: str = "", fault: Label | None = None) -> Form:
    """Asking for the code."""
    box = Field(
        "code",
        Label("答题码", "Code"),
        value=typed[:40],
        hint=Label(
            "纸条上的 16 位，大小写、横线都不要紧。", "The 16 letters of your slip; dashes do not matter."
        ),
        error=fault or "",
        focus=True,
    )
    return Form(
        TITLE,
        NOBODY,
        words.ANSWER,
        (box,),
        (),
        Button(Label("打开问卷", "Open the questions"), look="primary"),
        Button(Label("关于本系统", "About this system"), "/about/", "link"),
        summary=ErrorSummary((Fault(fault, "f-code"),)) if fault else None,
    )


def questions(
    survey: Survey, unit: str, code: str, typed: Mapping[str, str], faults: Mapping[str, Label]
) -> Form:
    """The questions."""
    return Form(
        survey.title,
        Label(f"{unit} · {NOBODY.zh}", f"{unit} · {NOBODY.en}"),
        words.ANSWER,
        words.boxes(survey, typed, faults),
        (("code", code), ("answers", "yes")),
        Button(Label("交卷", "Send my answers"), look="primary"),
        Button(Label("不答了", "Leave"), words.ANSWER, "link"),
        summary=ErrorSummary(tuple(Fault(text, f"f-{name}") for name, text in faults.items()))
        if faults
        else None,
    )


def thanks(survey: Survey) -> Board:
    """The answers are in."""
    return Board(
        Label("谢谢您", "Thank you"),
        Label(f"“{survey.title}”的答卷已收到。", f"Your answers to “{survey.title}” are in."),
        (
            Section(
                "done",
                Label("接下来", "What happens now"),
                says=(
                    Label(
                        "答题码已作废。答卷和别人的一起计数，各问分开公布。",
                        "Your code is used up. Your answers are counted with everybody's; each question is"
                        " published on its own.",
                    ),
                ),
            ),
        ),
    )
