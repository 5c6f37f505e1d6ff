"""From tokens, subscriptions and the API's own document to what the pages show. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from guitu.access.scopes import SCOPES, Scope
from guitu.kernel.labels import Label
from guitu.store.webhooks import Hook
from guitu.web.accounts.tokens import USUAL_DAYS, Line, NotMade
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Ask, Board, Box, Fact, Section, Sheet
from guitu.web.inside.shown import Line as SheetLine
from guitu.web.pages.api import words
from guitu.web.templating import moment

WORDS = {"offered": "today", "open": "done", "over": "gap", "ended": "gap"}
HOOK_WORDS = {"asked": "today", "open": "done", "refused": "gap", "stopped": "late", "ended": "gap"}


def tokens_table(lines: Sequence[Line], posts: Mapping[int, Text], now: datetime, *, whose: bool) -> Table:
    """Tokens as a list; `whose` names the accounts too."""
    rows = []
    for line in lines:
        state = line.stands(now)
        rows.append(
            Row(
                (
                    Cell(
                        line.name, sub=f"{line.account} {line.holder} {short(line)}" if whose else short(line)
                    ),
                    Cell(part=Word(_word(WORDS[state], needs_you=not whose), words.STATES_OF_TOKEN[state])),
                    scopes_said(line.scopes),
                    posts.get(line.post, "—"),
                    moment(line.until),
                    moment(line.used) if line.used else words.NEVER,
                )
            )
        )
    count = Label(f"{len(rows)} 个", f"{len(rows)}")
    return Table(words.TITLE, words.TOKENS, tuple(rows), (count,), hide_caption=True)


def short(line: Line) -> str:
    """By what two tokens of one name are told apart: how the token begins."""
    return f"guitu_{line.id.hex[:6]}…"


def _word(name: str, *, needs_you: bool) -> str:
    """A state's word; yellow only for whoever has to do something about it."""
    return "open" if name == "today" and not needs_you else name


def hooks_table(hooks: Sequence[Hook], *, needs_you: bool = False) -> Table:
    """Subscriptions as a list; `needs_you` for whoever allows addresses."""
    rows = [
        Row(
            (
                hook.name,
                Cell(
                    part=Word(
                        _word(HOOK_WORDS[hook.state], needs_you=needs_you), words.STATES_OF_HOOK[hook.state]
                    )
                ),
                hook.address,
                hook.account,
                str(hook.due),
                str(hook.dead),
            )
        )
        for hook in hooks
    ]
    caption = Label("订阅通知", "Notices")
    return Table(caption, words.HOOKS, tuple(rows), (), hide_caption=True, id="hooks-list")


def scopes_said(names: Iterable[str]) -> Label:
    """Scopes in words."""
    found = [SCOPES[name].label for name in names if name in SCOPES]
    return Label("、".join(one.zh for one in found), ", ".join(one.en for one in found))


def own_page(
    lines: Sequence[Line],
    hooks: Sequence[Hook],
    posts: Mapping[int, Text],
    now: datetime,
    operations: Sequence[tuple[str, str, Label, str]],
    notices: tuple[Notice, ...] = (),
) -> Board:
    """My tokens, my subscriptions, and what there is to call."""
    sections = []
    if waiting := [line for line in lines if line.stands(now) == "offered"]:
        sections.append(
            Section(
                "collect",
                Label("待领取", "To be collected"),
                ask=Ask(
                    f"{words.ROOT}collect/",
                    (_choice(Label("令牌", "Token"), waiting),),
                    Button(Label("领取", "Collect"), look="primary"),
                    says=Label(
                        "管理员为您准备了令牌，领取后只显示一次。",
                        "An administrator has prepared a token for you; its secret is shown once.",
                    ),
                ),
            )
        )
    sections.append(
        Section(
            "tokens",
            Label("我的令牌", "My tokens"),
            tokens_table(lines, posts, now, whose=False) if lines else None,
            empty=None if lines else Empty(words.NONE),
            buttons=(Button(words.MAKE, href=words.NEW, look="primary"),),
        )
    )
    if lines:
        sections.append(_ending(lines, f"{words.ROOT}end/"))
    sections.append(
        Section(
            "hooks",
            Label("订阅通知", "Notices"),
            hooks_table(hooks) if hooks else None,
            empty=None if hooks else Empty(words.NO_HOOKS),
            says=(words.THIN,),
        )
    )
    sections.append(operations_section(operations))
    crumbs = Crumbs((Crumb(words.ACCOUNT, "/account/"), Crumb(words.TITLE)))
    return Board(words.TITLE, words.LEAD, tuple(sections), crumbs=crumbs, notices=notices)


def _ending(lines: Sequence[Line], action: str, *, whose: bool = False) -> Section:
    return Section(
        "end",
        Label("停用令牌", "End a token"),
        ask=Ask(
            action,
            (_choice(Label("令牌", "Token"), lines, whose=whose),),
            Button(Label("停用", "End"), look="grave"),
            says=Label(
                "停用后程序马上不能再用，不能恢复。", "The program is shut out at once; it cannot be undone."
            ),
        ),
        on_paper=False,
    )


def _choice(label: Label, lines: Sequence[Line], *, whose: bool = False) -> Field:
    options = tuple(
        Option(str(x.id), f"{x.account} · {x.name}" if whose else x.name, hint=short(x)) for x in lines
    )
    return Field("id", label, "choice", options=options)


def operations_section(operations: Sequence[tuple[str, str, Label, str]]) -> Section:
    """What there is to call, from the API's own document."""
    rows = tuple(
        Row((what, f"{method} {path}", SCOPES[scope].label if scope in SCOPES else "—"))
        for method, path, what, scope in operations
    )
    count = Label(f"{len(rows)} 个操作", f"{len(rows)} operations")
    caption = Label("可以调用的操作", "Operations")
    return Section(
        "operations",
        Label("可以调用什么", "What there is to call"),
        Table(caption, words.OPERATIONS, rows, (count,), hide_caption=True, id="operations-list"),
        buttons=(Button(Label("OpenAPI 说明文件", "OpenAPI document"), href=words.OPENAPI),),
    )


def new_page(
    scopes: Sequence[Scope],
    typed: Mapping[str, str],
    chosen: frozenset[str],
    *,
    fault: NotMade | None = None,
    prepared: bool = False,
) -> Sheet:
    """Which program, for how long, and what it may do."""
    quick = (
        *((_box("account", Label("账号", "Account"), typed, fault),) if prepared else ()),
        _box("name", Label("给什么程序用", "For which program"), typed, fault),
        _box(
            "days", Label("有效天数", "Days it lasts"), typed, fault, kind="whole", usual=str(USUAL_DAYS)
        ),
    )  # fmt: skip
    lines = tuple(
        SheetLine(
            str(n),
            scope.label,
            "",
            (Box(scope.name, scope.label, "tick", "yes" if scope.name in chosen else ""),),
            cells=(scope.shows,),
        )
        for n, scope in enumerate(scopes, 1)
    )
    box = f"f-{fault.box}" if fault and fault.box and fault.box != "scope" else ""
    if fault and fault.box == "scope" and scopes:
        box = f"f-{scopes[0].name}"
    root, title = (words.ADMIN, words.PREPARE_ONE) if prepared else (words.ROOT, words.MAKE)
    return Sheet(
        title,
        words.LEAD_ALL if prepared else words.LEAD,
        words.PREPARE if prepared else words.NEW,
        (
            Label("号", "No."), Label("范围", "Scope"), Label("给出什么", "What it shows"),
            Label("选择", "Choose"),
        ),
        lines,
        (),
        Button(words.PREPARE_ONE if prepared else words.MAKE, look="primary"),
        Button(Label("取消", "Cancel"), href=root, look="link"),
        Label("范围：只选程序用得着的", "Scopes: choose only what the program needs"),
        crumbs=Crumbs(
            (Crumb(words.TITLE_ALL if prepared else words.TITLE, root), Crumb(title))
        ),
        quick=quick,
        summary=ErrorSummary((Fault(fault.label, box),)) if fault else None,
    )  # fmt: skip


def _box(
    name: str, label: Label, typed: Mapping[str, str], fault: NotMade | None, *, kind: str = "text",
    usual: str = "",
) -> Field:  # fmt: skip
    wrong = fault.label if fault and fault.box == name else ""
    return Field(name, label, kind, value=typed.get(name, usual), error=wrong)  # type: ignore[arg-type]


def made_page(text: str) -> Board:
    """The token, this once."""
    return Board(
        Label("令牌已生成", "The token is made"),
        words.ONCE,
        (
            Section(
                "token",
                Label("令牌", "Token"),
                facts=(Fact(Label("令牌", "Token"), text),),
                says=(
                    Label(
                        "调用时写在请求头里：Authorization: Bearer 加上它。",
                        "Send it in the header of every call: Authorization: Bearer and the token.",
                    ),
                ),
                buttons=(Button(Label("已抄好，回到令牌", "I have it: back"), href=words.ROOT),),
                on_paper=False,
            ),
        ),
        crumbs=Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(Label("新令牌", "New token")))),
    )


def admin_page(
    lines: Sequence[Line],
    hooks: Sequence[Hook],
    posts: Mapping[int, Text],
    now: datetime,
    notices: tuple[Notice, ...] = (),
) -> Board:
    """Every token of the area, and the addresses that wait to be allowed."""
    sections = [
        Section(
            "tokens",
            Label("令牌", "Tokens"),
            tokens_table(lines, posts, now, whose=True) if lines else None,
            empty=None if lines else Empty(words.NONE),
            buttons=(Button(words.PREPARE_ONE, href=words.PREPARE, look="primary"),),
        )
    ]
    if lines:
        sections.append(_ending(lines, f"{words.ADMIN}end/", whose=True))
    sections.append(
        Section(
            "hooks",
            Label("通知地址", "Addresses for notices"),
            hooks_table(hooks, needs_you=True) if hooks else None,
            empty=None if hooks else Empty(Label("没有人申请。", "Nobody has asked.")),
            says=(words.THIN,),
        )
    )
    if hooks:
        options = tuple(Option(str(h.id), f"{h.account} · {h.address}") for h in hooks)
        answers = (
            Option("yes", Label("批准：只向这个地址通知", "Allow: this very address is told")),
            Option("no", Label("不批准，或停止", "Refuse, or stop")),
        )
        sections.append(
            Section(
                "allow",
                Label("批准地址", "Allow an address"),
                ask=Ask(
                    f"{words.ADMIN}allow/",
                    (
                        Field("id", Label("地址", "Address"), "choice", options=options),
                        Field("answer", Label("决定", "Decision"), "choice", options=answers),
                    ),
                    Button(Label("保存", "Save"), look="primary"),
                ),
                on_paper=False,
            )
        )
    crumbs = Crumbs((Crumb(words.ACCOUNTS, "/accounts/"), Crumb(words.TITLE)))
    return Board(words.TITLE_ALL, words.LEAD_ALL, tuple(sections), crumbs=crumbs, notices=notices)
