"""My account: which second factors have I, where am I signed in, and how do I change it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.utils.safestring import SafeString

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.pages.account import words


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One passkey: its number, its name, when it was added and used last."""

    id: int
    name: str
    made: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One open session, in words. `id` is what stands for it in the form that ends it."""

    id: str
    device: Label
    address: str
    factor: Label
    opened: datetime
    used: datetime
    this: bool


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """One work phone: id, name, how it stands (a word of `words.PHONE_STATES`), when registered
    and heard of last, and how many entries it said it had not sent."""

    id: str
    name: str
    state: str
    opened: datetime
    seen: datetime
    waiting: int

    @property
    def stands(self) -> Label:
        """Its state in words."""
        return words.PHONE_STATES[self.state]


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post: as what, and where."""

    role: Label
    unit: str


@dataclass(frozen=True, slots=True)
class Account:
    """The account as its holder sees it. `demanded`: a post of it needs a second factor. `can_passkey`:
    browsers allow passkeys under this address. `notice` says what was just done. `tokens`: programs may work
    in the post."""

    username: str
    name: str
    posts: tuple[PostLine, ...] = ()
    totp: bool = False
    passkeys: tuple[KeyLine, ...] = ()
    recovery: int = 0
    demanded: bool = True
    can_passkey: bool = True
    sessions: tuple[SessionLine, ...] = ()
    phones: tuple[PhoneLine, ...] = ()
    notice: Notice | None = None
    tokens: bool = False
    title: Label = words.MINE

    @property
    def any_factor(self) -> bool:
        """Whether a second factor is asked for at sign-in."""
        return self.totp or bool(self.passkeys)

    @property
    def others(self) -> int:
        """How many other sessions are open."""
        return sum(not each.this for each in self.sessions)


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """The present password once, the new one twice. `fault` is one sentence about the box it names."""

    TEMPLATE: ClassVar = "password"

    username: str
    fault: Text = ""
    box: str = "current"
    title: Label = Label("修改密码", "Change password")  # noqa: RUF009 - Label is frozen

    @property
    def summary(self) -> ErrorSummary | None:
        """What was wrong, leading to the box."""
        return ErrorSummary((Fault(self.fault, f"f-{self.box}"),)) if self.fault else None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The three boxes."""
        return tuple(
            Field(
                name,
                label,
                "password",
                hint=hint,
                error=self.fault if self.fault and name == self.box else "",
                autocomplete=complete,
                focus=name == "current" and not self.fault,
            )
            for name, label, hint, complete in words.PASSWORD_BOXES
        )


@dataclass(frozen=True, slots=True)
class SetUp:
    """Setting up a second factor: codes by time (picture, and the secret to be typed), or a passkey. `must`:
    nothing else opens before. `has_totp`: the new secret takes the place of one in use."""

    TEMPLATE: ClassVar = "codes"

    username: str
    picture: SafeString
    secret: str
    must: bool = False
    has_totp: bool = False
    can_passkey: bool = True
    fault: Text = ""
    passkey_fault: Text = ""
    next: str = ""
    title: Label = Label("设置第二步验证", "Set up a second factor")  # noqa: RUF009 - Label is frozen

    @property
    def summary(self) -> ErrorSummary | None:
        """What was wrong, leading to the box."""
        faults = [(self.fault, "f-code"), (self.passkey_fault, "f-name")]
        said = tuple(Fault(text, box) for text, box in faults if text)
        return ErrorSummary(said) if said else None

    @property
    def field(self) -> Field:
        """The code that shows that the secret has arrived."""
        return Field(
            "code",
            Label("输入它显示的 6 位数字", "Type the 6 figures that it shows"),
            "whole",
            error=self.fault,
            autocomplete="one-time-code",
        )

    @property
    def name_field(self) -> Field:
        """What the passkey is to be called."""
        return Field("name", words.KEY_NAME, hint=words.KEY_HINT, error=self.passkey_fault, optional=True)


@dataclass(frozen=True, slots=True)
class Codes:
    """The recovery codes, once. `next` is where one goes on."""

    TEMPLATE: ClassVar = "recovery"

    username: str
    office: str
    codes: tuple[str, ...]
    made: datetime
    next: str = "/account/"
    title: Label = Label("备用码", "Recovery codes")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class Confirm:
    """Is it still you? Asked before what must not be done by whoever finds an open screen. `by`: `totp`,
    `passkey`, `password`, or nothing that can be asked here."""

    TEMPLATE: ClassVar = "confirm"

    username: str
    next: str = "/account/"
    by: tuple[str, ...] = ("totp",)
    fault: Text = ""
    locked: bool = False
    title: Label = Label("再确认一次是您本人", "Confirm that it is you")  # noqa: RUF009 - Label is frozen

    @property
    def summary(self) -> ErrorSummary | None:
        """What was wrong, leading to the box."""
        if not self.fault:
            return None
        return ErrorSummary((Fault(self.fault, "f-code" if self.field and not self.locked else ""),))

    @property
    def field(self) -> Field | None:
        """The code's or the password's box."""
        error = "" if self.locked else self.fault
        if "totp" in self.by:
            label = Label("动态口令", "Code")
            return Field("code", label, "whole", error=error, autocomplete="one-time-code", focus=not error)
        if "password" in self.by:
            label = Label("密码", "Password")
            return Field(
                "code", label, "password", error=error, autocomplete="current-password", focus=not error
            )
        return None


def _state(name: str, zh: str, en: str) -> State:
    def example() -> object:
        from guitu.web.pages.account import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("full", "都设好了", "All set up"),
    _state("none", "没有第二步验证", "No second factor"),
    _state("last_factor", "最后一种不能移除", "The last one stays"),
    _state("password", "修改密码", "Change password"),
    _state("password_wrong", "现在的密码不对", "Present password wrong"),
    _state("set_up", "设置", "Set up"),
    _state("set_up_must", "须先设置", "Must be set up"),
    _state("set_up_wrong", "数字不对", "Figures wrong"),
    _state("codes", "备用码", "Recovery codes"),
    _state("confirm", "再确认", "Confirm"),
    _state("confirm_wrong", "再确认，密码不对", "Confirm, wrong password"),
    _state("confirm_locked", "再确认，已锁定", "Confirm, locked"),
    _state("confirm_none", "无法确认", "Cannot confirm"),
)
