"""What these pages show, from what was asked and answered. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from guitu.access import ROLES
from guitu.access.compartments import COMPARTMENTS, ONLY_DOCTORS, reads
from guitu.casefile.kind import COMPARTMENTS as LABELS
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.grants import GLASS_HOURS, Grant, most_days, unit_name
from guitu.web.component import Text
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.pages.leave.page import Approvals, AskLeave, BreakGlass, Opens, Request

REASON = "reason"
WHICH = "which"
OPENS = "opens"
DAYS = "days"


def break_glass(
    role: str,
    *,
    known: Text = "",
    hidden: tuple[tuple[str, str], ...] = (),
    which: str = "",
    reason: str = "",
    chosen: Collection[str] = (),
    faults: Sequence[tuple[str, Text]] = (),
) -> BreakGlass:
    """The form. `faults` are boxes and what is wrong with them."""
    wrong = dict(faults)
    asked = Field(
        REASON,
        Label("查阅理由", "Why you must see it"),
        "long_text",
        value=reason,
        hint=Label(
            "写清情况和所需内容，例如：戒断反应送医，需核对用药和过敏史。",
            "Say what has happened and what you need, such as: taken to hospital in withdrawal; medicines and"
            " allergies must be checked.",
        ),
        error=wrong.get(REASON, ""),
    )
    number = Field(
        WHICH,
        Label("档案号或公民身份号码", "Case number or identity number"),
        value=which,
        error=wrong.get(WHICH, ""),
    )
    boxes = {REASON: asked.id, WHICH: number.id}
    return BreakGlass(
        reason=asked,
        opens=tuple(
            Opens(name, LABELS[name], name in chosen)  # type: ignore[index]
            for name in COMPARTMENTS
            if not reads(role, name) and name not in ONLY_DOCTORS
        ),
        hours=GLASS_HOURS,
        which=None if known else number,
        known=known,
        hidden=hidden,
        summary=ErrorSummary(tuple(Fault(text, boxes.get(box, "")) for box, text in faults))
        if faults
        else None,
    )


def minor(case_no: str, earlier: Grant | None, *, reason: str = "", error: Text = "") -> AskLeave:
    """The form, or what became of the request."""
    waits = earlier is not None and earlier.state == "asked"
    field = Field(
        REASON,
        Label("查阅理由", "Why you must see it"),
        "long_text",
        value=reason,
        hint=Label("写清要办的事。", "Say what has to be done."),
        error=error,
    )
    told = None
    if waits:
        told = Notice(
            "info",
            Label("已申请，等待负责人审批。", "You have asked; a manager has to answer."),
            Label("批准后，从此处或名单再次打开即可。", "Once approved it opens from here or from any list."),
        )
    elif earlier is not None:
        told = Notice(
            "barred",
            Label("上次申请没有批准。", "Your last request was refused."),
            Label("情况有变化的，可以再次申请。", "If something has changed you may ask again."),
        )
    summary = ErrorSummary((Fault(error, field.id),)) if error else None
    return AskLeave(case_no, None if waits else field, told, summary)


def approvals(
    found: Sequence[Grant], me: str, pager: Pager, *, notice: Notice | None = None,
    error: tuple[int, Text] | None = None,
) -> Approvals:  # fmt: skip
    """The page of what waits."""
    return Approvals(
        tuple(
            Request(
                g.id,
                g.case_no,
                g.name,
                ROLES[g.role].label,
                unit_name(g.unit),
                g.reason,
                f"{g.asked.astimezone(CHINA):%Y-%m-%d %H:%M}",
                g.user == me,
                error[1] if error and error[0] == g.id else "",
            )
            for g in found
        ),
        most_days(),
        notice,
        pager,
    )
