"""The pages shown when something is not found, not allowed, expired or broken: neutral, in both languages.

Each says three things: what happened, what is safe, what to press.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse

from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.web import preferences
from guitu.web.bounds import Rate
from guitu.web.clock import today
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.frame.component import Frame, Kept, frame_of
from guitu.web.page import answer

API: Final = "/api/"
"""Under what programs ask: faults are JSON there."""
CODES: Final = {
    400: "unreadable", 404: "not_there", 405: "method", 413: "too_large", 429: "too_often", 500: "broken",
    503: "unavailable",
}  # fmt: skip
HOME: Final = Button(Label("回到首页", "Go to the first page"), href="/", look="primary")


@dataclass(frozen=True, slots=True)
class FaultPage:
    """What happened (`title`), what is safe, and what to press."""

    title: Text
    safe: Text
    press: tuple[Button, ...] = (HOME,)


NOT_FOUND: Final = FaultPage(
    Label("没有这一页", "There is no such page"),
    Label(
        "地址可能有误，或不在您的辖区内。没有改动任何记录。",
        "The address may be wrong, or outside your area. Nothing was changed.",
    ),
)
EXPIRED: Final = FaultPage(
    Label("这一页放得太久，没有保存", "This page was open too long and was not saved"),
    Label(
        "没有改动任何记录。请返回上一页，刷新后再存一次。",
        "Nothing was changed. Go back, reload the page and save again.",
    ),
)
BROKEN: Final = FaultPage(
    Label("系统出了差错，没有保存", "Something went wrong and nothing was saved"),
    Label(
        "已有的记录不受影响。请返回再试一次；再次出现时请告诉管理员，并说明时间。",
        "Existing records are safe. Go back and try again; if it returns, tell your administrator when.",
    ),
)
UNWRITTEN: Final = FaultPage(
    Label(
        "查阅记录现在写不进去，所以没有打开", "The access log cannot be written now, so nothing was opened"
    ),
    Label(
        "没有记下的查阅不能进行。已有的记录不受影响。请稍后再试；再次出现时请告诉管理员。",
        "What is not noted is not shown. Existing records are safe. Try again in a moment;"
        " if it returns, tell your administrator.",
    ),
)
BAD_REQUEST: Final = FaultPage(
    Label("这个请求读不懂", "This request cannot be read"),
    Label("没有改动任何记录。请返回上一页重新填写。", "Nothing was changed. Go back and fill it in again."),
)
TOO_LARGE: Final = FaultPage(
    Label("一次送来的内容太多，没有保存", "Too much was sent at once, and nothing was saved"),
    Label(
        "没有改动任何记录。请减少内容，或分几次提交。",
        "Nothing was changed. Send less, or in several parts.",
    ),
)
NO_SUCH_METHOD: Final = FaultPage(
    Label("这一页不能这样打开", "This page cannot be asked for in this way"),
    Label("没有改动任何记录。请从首页重新打开。", "Nothing was changed. Open it again from the first page."),
)


class NeedsLeave(Exception):
    """A minor's file that the reader comes to, and may open once somebody has given leave."""

    def __init__(self, case_no: str) -> None:
        self.case_no = case_no
        super().__init__(case_no)


class NeedsBasis(Exception):
    """A sealed file that the reader comes to, and may open with a legal basis."""

    def __init__(self, case_no: str) -> None:
        self.case_no = case_no
        super().__init__(case_no)


class Outside(Http404):
    """A file that is there and to which the reader does not come: not found, and noted as refused. `no` is
    its number, `area` whose it is."""

    def __init__(self, no: int, decision: Decision, area: tuple[str, ...]) -> None:
        self.no, self.decision, self.area = no, decision, area
        super().__init__()


def _answer(request: HttpRequest, page: FaultPage, status: int) -> HttpResponse:
    if request.path_info.startswith(API):
        return told(page, status)
    try:
        frame = frame_of(request)
    except Exception:  # the page that reports a fault must not need what is broken
        frame = Frame(Kept(preferences.read(request.COOKIES)), "/", today())
    return answer(request, "fault.html", page, frame, status=status)


def told(page: FaultPage, status: int) -> HttpResponse:
    """The same for a program, as `guitu.web.api` words its faults."""
    safe = page.safe if isinstance(page.safe, Label) else Label(str(page.safe), str(page.safe))
    answer = {"code": CODES.get(status, "fault"), "said": {"zh": safe.zh, "en": safe.en}, "faults": []}
    content = json.dumps(answer, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type="application/json; charset=utf-8")


def not_allowed(request: HttpRequest, reason: Text) -> HttpResponse:
    """The reader's post has no use for this page; it says why."""
    page = FaultPage(Label("您的岗位不用这一页", "Your post does not use this page"), reason)
    return _answer(request, page, 403)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from a page that is too old, or not from one of our pages."""
    return _answer(request, EXPIRED, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that is none, or that is outside the reader's area: the same answer to both."""
    return _answer(request, NOT_FOUND, 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request no page of ours would send."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _answer(request, BAD_REQUEST, 400)


def unwritten(request: HttpRequest) -> HttpResponse:
    """The access log cannot be written: the file does not open."""
    return _answer(request, UNWRITTEN, 503)


def too_large(request: HttpRequest) -> HttpResponse:
    """More bytes, boxes or files than a form of ours has."""
    return _answer(request, TOO_LARGE, 413)


def no_such_method(request: HttpRequest, known: Sequence[str]) -> HttpResponse:
    """Asked for with a method that no page has."""
    response = _answer(request, NO_SUCH_METHOD, 405)
    response.headers["Allow"] = ", ".join(known)
    return response


def too_often(request: HttpRequest, rate: Rate, most: int, seconds: int) -> HttpResponse:
    """One too many within a minute."""
    doing = rate.doing
    page = FaultPage(
        Label(f"{doing.zh}太频繁，请稍等", f"Too many {doing.en} in a minute"),
        Label(
            f"一分钟内最多 {most} 次。已填内容没有保存；请 {seconds} 秒后再试。",
            f"At most {most} a minute. Nothing was saved; try again in {seconds} seconds.",
        ),
    )
    response = _answer(request, page, 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours; the log has the details, the page none."""
    return _answer(request, BROKEN, 500)
