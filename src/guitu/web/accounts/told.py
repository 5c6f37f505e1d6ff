"""Tells the access log who signed in or tried to, and what administrators did with accounts.

It is told before it is done: what cannot be noted is not done, and nobody signs in. An account that something
is done with is named by its number.
"""

from __future__ import annotations

from typing import Final, Literal

from django.http import HttpRequest

from guitu.kernel.labels import Label
from guitu.store.access_log import Reading, note
from guitu.web.clock import now
from guitu.web.noted import NOBODY, address
from guitu.web.who import Post, who

HAPPENED: Final = {
    "signed_in": Label("登录", "Signed in"),
    "wrong": Label("账号或密码不对", "Account or password is wrong"),
    "wrong_factor": Label("第二步验证不对", "Second step was wrong"),
    "locked": Label("已锁定，未验证", "Locked: not looked at"),
    "not_linked": Label("单点登录的身份没有对应账号", "No account is linked to this identity"),
    "sso_refused": Label("单点登录被拒", "Single sign-on was refused"),
    "signed_out": Label("退出", "Signed out"),
    "confirmed": Label("再次确认身份", "Confirmed again"),
    "password": Label("修改密码", "Changed the password"),
    "factor_added": Label("增加第二步验证", "Added a second factor"),
    "factor_removed": Label("移除第二步验证", "Removed a second factor"),
    "recovery_codes": Label("生成备用码", "Made recovery codes"),
    "sessions_ended": Label("结束会话", "Ended sessions"),
    "phone": Label("登记工作手机", "Registered a work phone"),
    "phone_wiped": Label("清除工作手机", "Told a work phone to erase itself"),
    "phone_ended": Label("停用工作手机", "Ended a work phone"),
    "token_made": Label("生成接口令牌", "Made a token of the API"),
    "token_prepared": Label("为账号准备接口令牌", "Prepared a token of the API for an account"),
    "token_collected": Label("领取接口令牌", "Collected a token of the API"),
    "token_ended": Label("停用接口令牌", "Ended a token of the API"),
    "webhook_asked": Label("申请订阅通知", "Asked for a subscription to notices"),
    "webhook_allowed": Label("批准通知地址", "Allowed an address for notices"),
    "webhook_refused": Label("不批准通知地址", "Refused an address for notices"),
    "webhook_ended": Label("停用订阅", "Ended a subscription to notices"),
    "account_added": Label("新增账号", "Made an account"),
    "one_time_password": Label("发一次性密码", "Gave a one-time password"),
    "factor_reset": Label("重设第二步验证", "Reset the second factor"),
    "closed": Label("停用账号", "Closed an account"),
    "opened": Label("启用账号", "Opened an account again"),
    "unlocked": Label("解除锁定", "Unlocked an account"),
    "post_given": Label("指定岗位", "Gave a post"),
    "post_taken": Label("收回岗位", "Took back a post"),
    "linked": Label("关联单点登录", "Linked to single sign-on"),
    "unlinked": Label("取消单点登录关联", "Unlinked from single sign-on"),
}
"""Everything that is told, and its words."""


def told(
    request: HttpRequest,
    happened: str,
    *,
    username: str = "",
    post: Post | None = None,
    detail: str = "",
    kind: Literal["sign_in", "admin"] = "sign_in",
) -> None:
    """Note what the reader is about to do; or what happens to `username`, who is not signed in yet and will
    act in `post`. `detail` is a word of ours or a number, never what was typed."""
    reader = who(request)
    name = username or (reader.username if reader else NOBODY)
    if reader is not None and name == reader.username:
        post = reader.post
    write(
        happened,
        who=name,
        role=post.role if post else "",
        unit=post.unit if post else "",
        source=address(request),
        detail=detail,
        kind=kind,
    )


def write(
    happened: str,
    *,
    who: str,
    role: str = "",
    unit: str = "",
    source: str,
    detail: str = "",
    kind: Literal["sign_in", "admin"] = "admin",
) -> None:
    """The same for acts from a terminal."""
    reading = Reading(
        who=who,
        role=role,
        unit=unit,
        what=kind,
        why=HAPPENED[happened],
        purpose="own" if kind == "sign_in" else "supervision",
        source=source,
        detail=f"{happened} {detail}".strip(),
    )
    note(reading, now())
