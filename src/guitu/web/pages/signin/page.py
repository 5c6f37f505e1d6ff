"""Signing in: am I in the right system, as the right person? And choosing the post to act in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.who import Post


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One invented account that a demonstration offers."""

    username: str
    role: Label
    unit: str
    purpose: Label


@dataclass(frozen=True, slots=True)
class SignIn:
    """The form. `office` is the installation's own name; `fault` one sentence about the last attempt;
    `passkeys` whether browsers allow them here; `sso` the words on the button of the single sign-on, if there
    is one."""

    username: str = ""
    next: str = ""
    fault: Text = ""
    notice: Text = ""
    office: str = ""
    phone: str = ""
    locked: bool = False
    demo: tuple[DemoAccount, ...] = ()
    demo_password: str = ""
    passkeys: bool = False
    sso: Text = ""
    title: Label = Label("登录", "Sign in")  # noqa: RUF009 - Label is frozen

    @property
    def summary(self) -> ErrorSummary | None:
        """What was wrong, leading to the box."""
        return ErrorSummary((Fault(self.fault, "f-username"),)) if self.fault else None

    @property
    def fields(self) -> tuple[Field, ...]:
        """Account and password."""
        return (
            Field(
                "username",
                Label("账号", "Account"),
                value=self.username,
                autocomplete="username",
                focus=not self.fault,
            ),
            Field("password", Label("密码", "Password"), "password", autocomplete="current-password"),
        )


@dataclass(frozen=True, slots=True)
class SetPassword:
    """An account with a one-time password sets its own before anything opens. `proof` says that the one-time
    password was right, for a quarter of an hour; `fault` is one sentence about the box it names. `expired`:
    it is no one-time password, but one of its own that has become too old for this office."""

    TEMPLATE: ClassVar = "set_password"

    username: str
    proof: str
    next: str = "/"
    fault: Text = ""
    box: str = "own"
    expired: bool = False
    title: Label = Label("设置自己的密码", "Set your own password")  # noqa: RUF009 - Label is frozen

    @property
    def summary(self) -> ErrorSummary | None:
        """What was wrong, leading to the box."""
        return ErrorSummary((Fault(self.fault, f"f-{self.box}"),)) if self.fault else None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The new password, twice."""
        boxes = (
            ("own", Label("新密码", "New password"), Label("至少 10 个字符", "At least 10 characters")),
            ("again", Label("再输一次", "Again"), ""),
        )
        return tuple(
            Field(
                name,
                label,
                "password",
                hint=hint,
                error=self.fault if self.fault and name == self.box else "",
                autocomplete="new-password",
                focus=name == "own" and not self.fault,
            )
            for name, label, hint in boxes
        )


@dataclass(frozen=True, slots=True)
class SecondStep:
    """The password was right; now something that only its holder has. `recovery`: a code from paper instead.
    `passkey`: the account has one, and browsers allow it here."""

    TEMPLATE: ClassVar = "second"

    username: str
    totp: bool = True
    passkey: bool = False
    recovery: bool = False
    has_recovery: bool = True
    fault: Text = ""
    locked: bool = False
    title: Label = Label("第二步验证", "Second step")  # noqa: RUF009 - Label is frozen

    @property
    def summary(self) -> ErrorSummary | None:
        """What was wrong, leading to the box."""
        if not self.fault:
            return None
        box = "" if self.locked else "f-code" if self.field else "f-passkey"
        return ErrorSummary((Fault(self.fault, box),))

    @property
    def field(self) -> Field | None:
        """The code's box; none where the account has only passkeys."""
        error = self.fault if not self.locked else ""
        if self.recovery:
            hint = Label("纸上的备用码，每个只用一次", "From your sheet of recovery codes; each works once")
            return Field("code", Label("备用码", "Recovery code"), hint=hint, error=error, focus=not error)
        if not self.totp:
            return None
        return Field(
            "code",
            Label("动态口令", "Code"),
            "whole",
            hint=Label("验证器里的 6 位数字", "The 6 figures in your authenticator"),
            error=error,
            autocomplete="one-time-code",
            focus=not error,
        )


@dataclass(frozen=True, slots=True)
class ChoosePost:
    """An account with more than one post says which it acts in now; one with none is told whom to ask."""

    TEMPLATE: ClassVar = "post"

    posts: tuple[Post, ...]
    now: int | None = None
    next: str = "/"
    title: Label = Label("选择岗位", "Choose your post")  # noqa: RUF009 - Label is frozen


_DEMO: Final = (
    DemoAccount(
        "town",
        Label("乡镇禁毒办", "Town anti-drug office"),
        "金江镇",
        Label("接收报到、签订协议、导入台账", "Takes reports in, signs agreements, imports ledgers"),
    ),
    DemoAccount(
        "village",
        Label("村级专干", "Village worker"),
        "东坡村",
        Label("入户、检测，记录每天的事", "Visits, tests, and what happened today"),
    ),
)
_POSTS: Final = (
    Post(1, "469023101", "河西镇", "town_office", Label("乡镇禁毒办", "Town anti-drug office")),
    Post(2, "469023101200", "东坡村", "village_worker", Label("村级专干", "Village worker")),
)

STATES: Final = (
    State("first", Label("初次打开", "First opened"), SignIn()),
    State(
        "wrong",
        Label("账号或密码不对", "Wrong"),
        SignIn(
            "li.xm", fault=Label("账号或密码不对，还可试 3 次", "Account or password is wrong, 3 tries left")
        ),
    ),
    State(
        "locked",
        Label("已锁定", "Locked"),
        SignIn(
            "li.xm",
            fault=Label("已锁定 15 分钟，10:32 可再试", "Locked for 15 minutes; try again at 10:32"),
            locked=True,
        ),
    ),
    State(
        "demo",
        Label("演示", "Demonstration"),
        SignIn(office="示例县禁毒委员会办公室", phone="0000-12345678", demo=_DEMO, demo_password="guitu"),
    ),
    State(
        "ways",
        Label("三种登录", "Three ways in"),
        SignIn(
            office="示例县禁毒委员会办公室",
            passkeys=True,
            sso=Label("用单点登录（政务统一认证）", "Single sign-on (government account)"),
        ),
    ),
    State("second", Label("第二步", "Second step"), SecondStep("li.xm", passkey=True)),
    State(
        "second_wrong",
        Label("第二步不对", "Second step, wrong"),
        SecondStep("li.xm", fault=Label("动态口令不对，还可试 3 次", "The code is wrong, 3 tries left")),
    ),
    State(
        "second_locked",
        Label("第二步已锁定", "Second step, locked"),
        SecondStep(
            "li.xm",
            fault=Label("已锁定 15 分钟，10:32 可再试", "Locked for 15 minutes; try again at 10:32"),
            locked=True,
        ),
    ),
    State("second_passkey", Label("只有通行密钥", "Passkey only"), SecondStep("li.xm", False, True)),
    State("second_recovery", Label("备用码", "Recovery code"), SecondStep("li.xm", recovery=True)),
    State("own_expired", Label("密码到期", "Expired"), SetPassword("li.xm", "", expired=True)),
    State("own_password", Label("首次登录", "First use"), SetPassword("li.xm", "")),
    State(
        "own_differs",
        Label("两次输入不同", "Typed differently"),
        SetPassword("li.xm", "", fault=Label("两次输入的密码不同", "The two passwords differ"), box="again"),
    ),
    State("two_posts", Label("两个岗位", "Two posts"), ChoosePost(_POSTS)),
    State("no_post", Label("没有岗位", "No post"), ChoosePost(())),
)
