"""Makes the pages of accounts from what the store answers: who does which of the three administrators' work.

The system administrator makes accounts, closes them and gives one-time passwords, and gives no post. The
security administrator gives posts and resets second factors, and gives no password. So neither can act in
another's name alone. The audit administrator reads the log and has no part in this.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.utils import timezone

from guitu import access
from guitu.kernel.labels import Label
from guitu.store.units import tree
from guitu.web.accounts.listing import Line
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import SIZES, Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.pages.account.page import PhoneLine
from guitu.web.pages.accounts.page import Accounts, Act, OneAccount, PostLine
from guitu.web.templating import moment
from guitu.web.who import Post

SYSTEM: Final = "system_admin"
SECURITY: Final = "security_admin"
ADMINISTRATORS: Final = frozenset({SYSTEM, SECURITY, "audit_admin"})
NOT_GIVEN: Final = ADMINISTRATORS | {"person", "family"}
"""Roles that no page gives: an administrator's is given by `guitu staff admin` on the server, a person's own
account belongs to one file."""

LEADS: Final = {
    SYSTEM: Label(
        "系统管理员开账号、发一次性密码、停用；岗位由安全管理员指定。",
        "The system administrator makes accounts, gives one-time passwords and closes them; the security"
        " administrator gives posts.",
    ),
    SECURITY: Label(
        "安全管理员指定岗位、重设第二步验证；账号由系统管理员开。",
        "The security administrator gives posts and resets second factors; the system administrator makes"
        " accounts.",
    ),
}
OWN: Final = Label("自己的账号由另一位管理员办理", "Another administrator does this for your own account")

PASSWORD: Final = Act(
    "password",
    Label("发一次性密码", "Give a one-time password"),
    Label("原密码作废，已登录的全部退出", "The old password ends, and every session"),
)
CLOSE: Final = Act(
    "close",
    Label("停用账号", "Close the account"),
    Label("不能再登录，已登录的全部退出；记录不动", "No more signing in, sessions end; records stay"),
)
OPEN: Final = Act(
    "open",
    Label("启用账号", "Open the account"),
    Label("恢复登录，岗位不变", "It can sign in again, posts as before"),
)
UNLOCK: Final = Act(
    "unlock", Label("解除锁定", "Unlock"), Label("清除登录失败次数", "Forget the failed attempts")
)
END: Final = Act(
    "end", Label("结束会话", "End sessions"), Label("各处的登录全部退出", "Sign it out everywhere")
)
FACTOR: Final = Act(
    "factor",
    Label("重设第二步验证", "Reset the second factor"),
    Label(
        "移除验证器、通行密钥和备用码，下次登录时重新设置",
        "Remove authenticator, passkeys and recovery codes; set up anew at the next sign-in",
    ),
)
ACTS: Final = {SYSTEM: (PASSWORD, CLOSE, OPEN, UNLOCK, END), SECURITY: (FACTOR, CLOSE, OPEN, UNLOCK, END)}
"""What each administrator does, in this order."""

NOTICES: Final = {
    "close": Label("账号已停用。", "The account is closed."),
    "open": Label("账号已启用。", "The account is open again."),
    "unlock": Label("已解除锁定。", "It is unlocked."),
    "end": Label("各处的登录已全部退出。", "It is signed out everywhere."),
    "factor": Label(
        "第二步验证已移除。请本人用密码登录后重新设置；密码也忘了，由系统管理员发一次性密码。",
        "The second factor is removed. Its holder signs in and sets up a new one; if the password is lost,"
        " the system administrator gives a one-time password.",
    ),
    "wipe": Label(
        "已下令清除：那部手机下次联网时执行；在那之前它也不能再收发。",
        "It is told to erase itself the next time it is online; until then it can neither send nor load.",
    ),
    "phone_ended": Label("那部手机已停用。", "That phone is ended."),
    "post": Label("岗位已指定。", "The post is given."),
    "post_taken": Label("岗位已收回。", "The post is taken back."),
}

_COLUMNS: Final = (
    Column(Label("账号", "Account"), phone="lead"),
    Column(Label("姓名", "Name"), phone="bare"),
    Column(Label("岗位", "Posts"), phone="bare"),
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("第二步验证", "Second factor")),
    Column(Label("上次登录", "Last sign-in")),
)


def acts_for(role: str, line: Line, *, own: bool) -> tuple[Act, ...]:
    """What this administrator can do with that account now."""
    shown = []
    for act in ACTS.get(role, ()):
        if (act is CLOSE and not line.active) or (act is OPEN and line.active):
            continue
        if act is UNLOCK and line.locked_until is None:
            continue
        shown.append(Act(act.word, act.label, act.does, OWN) if own else act)
    return tuple(shown)


def list_page(role: str, words: str, lines: tuple[Line, ...], pager: Pager) -> Accounts:
    """The list."""
    rows = tuple(
        Row(
            (
                Cell(line.username, href=f"/accounts/{line.id}/"),
                line.name or "—",
                _posts(line.posts),
                state_of(line),
                Label("有", "Yes") if line.factor else Label("无", "None"),
                moment(line.last_login),
            )
        )
        for line in lines
    )
    none = Empty(
        Label("没有找到账号。换个词，或看全部。", "No account found. Try another word, or see all."),
        (Button(Label("看全部", "See all"), href="/accounts/"),),
    )
    table = Table(
        Label("账号名单", "List of accounts"),
        _COLUMNS,
        rows,
        (
            Label(f"共 {pager.total:,} 个", f"{pager.total:,} in all"),
            Label("按账号", "by account"),
            pager.span,
        ),
        pager if pager.total > SIZES[0] else None,
        none,
    )
    add = Button(Label("新增账号", "Add an account"), href="/accounts/new/", look="primary")
    tokens = Button(Label("接口令牌", "Tokens of the API"), href="/accounts/tokens/")
    mine = role == SYSTEM
    return Accounts(words, LEADS[role], table, add if mine else None, tokens if mine else None)


def one_page(
    role: str,
    area: str,
    line: Line,
    *,
    own: bool,
    fault: Text = "",
    box: str = "role",
    typed: tuple[str, str] = ("", ""),
    done: str = "",
    phones: tuple[PhoneLine, ...] = (),
) -> OneAccount:
    """One account, as this administrator works with it."""
    units = tree()
    security = role == SECURITY and not own
    posts = tuple(
        PostLine(
            p.id,
            p.role_label,
            p.unit_name,
            p.unit,
            security and p.role not in NOT_GIVEN and units.within(units.find(p.unit), units.find(area)),
        )
        for p in line.posts
    )
    facts = (
        (Label("姓名", "Name"), line.name or "—"),
        (Label("状态", "State"), state_of(line)),
        (Label("第二步验证", "Second factor"), Label("有", "Yes") if line.factor else Label("无", "None")),
        (Label("上次登录", "Last sign-in"), moment(line.last_login)),
    )
    return OneAccount(
        line.id,
        line.username,
        line.name,
        facts,
        posts,
        acts_for(role, line, own=own),
        fields_for(typed, fault, box) if security else (),
        fault,
        box,
        Notice("fresh", NOTICES[done]) if done in NOTICES else None,
        () if own else phones,
    )


def state_of(line: Line) -> Label:
    """How the account stands, in words."""
    if not line.active:
        return Label("已停用", "Closed")
    until = line.locked_until
    if until is not None:
        at = timezone.localtime(datetime.fromtimestamp(until, UTC)).strftime("%H:%M")
        return Label(f"已锁定，{at} 可再试", f"Locked until {at}")
    if line.one_time:
        return Label("待本人设密码", "Waiting for its own password")
    return Label("可登录", "Open")


def _posts(posts: tuple[Post, ...]) -> Label:
    if not posts:
        return Label("还没有岗位", "No post yet")
    return Label(
        "；".join(f"{p.unit_name} {p.role_label.zh}" for p in posts),
        "; ".join(f"{p.unit_name} {p.role_label.en}" for p in posts),
    )


def fields_for(typed: tuple[str, str], fault: Text, box: str = "role") -> tuple[Field, ...]:
    """The boxes that give a post: what was typed stays, and `fault` stands at the one it is about."""
    at_unit = box == "unit"
    roles = tuple(Option(r.name, r.label) for r in access.ROLES.values() if r.name not in NOT_GIVEN)
    return (
        Field(
            "role",
            Label("角色", "Role"),
            "choice",
            value=typed[0],
            options=roles,
            error="" if at_unit else fault,
        ),
        Field(
            "unit",
            Label("单位", "Unit"),
            value=typed[1],
            error=fault if at_unit else "",
            hint=Label(
                "单位代码或全名，如 469023100", "The unit's code or its whole name, such as 469023100"
            ),
        ),
    )
