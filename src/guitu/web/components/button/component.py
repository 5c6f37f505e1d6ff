"""A button that names its act, or a link that looks like one."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

from django.utils.safestring import SafeString

from guitu.kernel.labels import Label
from guitu.web.component import State, Text, attributes, colon, said


@dataclass(frozen=True, slots=True)
class Button:
    """`look` is primary (one a page), plain, grave (touches liberty), small or link. `href` makes a link.

    Verb first, two to six characters, never a bare 确定. `why_not` disables it and says why.
    """

    label: Text
    href: str = ""
    look: str = "plain"
    name: str = ""
    value: str = ""
    describes: Text = ""
    why_not: Text = ""
    extra: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def pressed(self) -> bool:
        """Whether it is for pressing only. Why it cannot be pressed is there to be read, on paper too."""
        return not self.why_not

    def html(self) -> SafeString:
        """The button or the link. What it `describes` is for those who hear only the button."""
        look = {"link": "button-link", "plain": "button"}.get(self.look, f"button {self.look}")
        words = said(self.label)
        if self.describes:
            words += f'<span class="hidden">{colon()}{said(self.describes)}</span>'
        if self.why_not:
            off = f'<button class="{look}" type="button" aria-disabled="true">{words}</button>'
            reason = f'<span class="meta">▬ {said(self.why_not)}</span>'
            return SafeString(f'<span class="why-not">{off} {reason}</span>')
        extra = attributes(self.extra) if self.extra else ""
        if self.href:
            return SafeString(f'<a class="{look}" href="{escape(self.href)}"{extra}>{words}</a>')
        named = f' name="{escape(self.name)}" value="{escape(self.value)}"' if self.name else ""
        return SafeString(f'<button class="{look}"{named}{extra}>{words}</button>')


_SAVE = Label("保存", "Save")
STATES: Final = (
    State("primary", Label("主要", "Primary"), Button(_SAVE, look="primary")),
    State("plain", Label("普通", "Plain"), Button(Label("保存并登下一人", "Save and next person"))),
    State(
        "grave",
        Label("涉及人身自由", "Touches liberty"),
        Button(Label("提交违反协议报告", "Submit breach report"), look="grave"),
    ),
    State(
        "small", Label("小", "Small"), Button(Label("登记", "Record"), look="small", describes="符某某 尿检")
    ),
    State("link", Label("如链接", "As a link"), Button(Label("取消", "Cancel"), look="link")),
    State("anchor", Label("跳转", "Goes somewhere"), Button(Label("打开档案", "Open file"), href="#")),
    State(
        "disabled",
        Label("不可用", "Not available"),
        Button(_SAVE, look="primary", why_not=Label("档案已移出，只能查看", "The file has moved: read only")),
    ),
)
