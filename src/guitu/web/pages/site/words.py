"""The words of the site's pages, and where they are."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.component import Text

ROOT: Final = "/site/"
TITLE: Final = Label("宣传网站", "Public site")
KINDS: Final = ("site_about", "site_article", "site_help_place", "site_quiz")
"""What is written on these pages."""
RULES: Final = Label(
    "这里写的都会公开：不写任何人的姓名、证件号和案情；写到的数字先到数字核对。",
    "All of this becomes public: nobody's name, number or case; have figures checked first.",
)
PLAIN: Final = Label(
    "网站是静态网页：没有脚本，没有 cookie，不统计访问；放到任何网站服务器或者 U 盘里都能打开。",
    "The site is a set of plain pages: no scripts, no cookies, no counting; it opens from any web server or a"
    " memory stick.",
)


def address(part: str = "", **query: str) -> str:
    """A page of the site's desk."""
    path = f"{ROOT}{part}" if "." in part else f"{ROOT}{part}/" if part else ROOT
    pairs = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(pairs)}" if pairs else path


def write(kind: str, entry: Entry | None = None) -> str:
    """The form of a kind; with an entry, to change it."""
    return address(f"write/{kind}", corrects=str(entry.id) if entry else "")


def choice(entry: Entry, name: str) -> Text:
    """The words of a chosen answer."""
    found = kinds()[entry.kind].ask(name).choice(entry.get(name))
    return found.label if found else "—"
