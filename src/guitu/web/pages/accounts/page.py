"""Accounts, for those who look after them: who may sign in, as what, and what is wrong with it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.pages.account.page import PhoneLine


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of the area. `lead` says what this administrator does with them, and what another does."""

    words: str
    lead: Label
    table: Table
    add: Button | None = None
    tokens: Button | None = None
    title: Label = Label("账号", "Accounts")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A new account: its name and its holder's."""

    TEMPLATE: ClassVar = "new"

    username: str = ""
    name: str = ""
    fault: Text = ""
    title: Label = Label("新增账号", "Add an account")  # noqa: RUF009 - Label is frozen

    @property
    def summary(self) -> ErrorSummary | None:
        """What was wrong, leading to the box."""
        return ErrorSummary((Fault(self.fault, "f-username"),)) if self.fault else None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The two boxes."""
        return (
            Field(
                "username",
                Label("账号", "Account"),
                value=self.username,
                hint=Label("不含空格；以后不能改", "No blanks; it cannot be changed later"),
                error=self.fault,
                focus=not self.fault,
            ),
            Field("name", Label("姓名", "Name"), value=self.name),
        )


@dataclass(frozen=True, slots=True)
class Given:
    """A one-time password, shown once to whoever hands it over."""

    TEMPLATE: ClassVar = "given"

    id: int
    username: str
    password: str
    new: bool
    title: Label = Label("一次性密码", "One-time password")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post; `mine` if this administrator may take it back."""

    id: int
    role: Label
    unit: str
    code: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done with the account: the word for it in the address, the button, and what it
    does. `why_not` says why it cannot be done here."""

    word: str
    label: Label
    does: Label
    why_not: Text = ""


@dataclass(frozen=True, slots=True)
class OneAccount:
    """One account. `facts` say how it stands; `acts` are this administrator's; `fields` give it a post, where
    that is this administrator's work."""

    TEMPLATE: ClassVar = "one"

    id: int
    username: str
    name: str
    facts: tuple[tuple[Label, Text], ...]
    posts: tuple[PostLine, ...]
    acts: tuple[Act, ...]
    fields: tuple[Field, ...] = ()
    fault: Text = ""
    box: str = "role"
    notice: Notice | None = None
    phones: tuple[PhoneLine, ...] = ()
    their_phones: Label = Label("工作手机", "Work phones")  # noqa: RUF009 - Label is frozen
    phones_say: Label = Label(  # noqa: RUF009 - Label is frozen
        "手机丢了：整部清除，下次联网时执行，在那之前也不能再收发。人走了、手机还在：保留未发送的。",
        "A phone that is lost: erase everything; it does so when it is next online, and can neither send"
        " nor load until then. If the phone is still at hand: keep what is unsent.",
    )

    @property
    def title(self) -> Label:
        """The account's name."""
        return Label(f"账号 {self.username}", f"Account {self.username}")

    @property
    def summary(self) -> ErrorSummary | None:
        """What was wrong, leading to the box."""
        return ErrorSummary((Fault(self.fault, f"f-{self.box}"),)) if self.fault else None


def _state(name: str, zh: str, en: str) -> State:
    def example() -> object:
        from guitu.web.pages.accounts import examples

        return examples.page_in_state(name)

    return State(name, Label(zh, en), example)


STATES: Final = (
    _state("list", "系统管理员的名单", "A system administrator's list"),
    _state("none", "没有找到", "None found"),
    _state("new", "新增", "Adding"),
    _state("new_fault", "新增有误", "Adding, with a fault"),
    _state("given", "一次性密码", "One-time password"),
    _state("system", "系统管理员看一个账号", "One account, system administrator"),
    _state("security", "安全管理员看一个账号", "One account, security administrator"),
    _state("fault", "岗位不能给", "A post that cannot be given"),
    _state("own", "自己的账号", "One's own account"),
)
