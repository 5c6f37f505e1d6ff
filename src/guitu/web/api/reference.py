"""The page of docs/reference that lists what there is to call, from the operations and scopes themselves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from guitu.access import PAGES

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]


def page(made: str, table: Table) -> str:
    """What there is to call, scope by scope, and which posts' tokens may have which scope."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guitu.web.settings")
    from django import setup
    from django.apps import apps

    if not apps.ready:
        setup()
    from guitu.access.scopes import SCOPES
    from guitu.compose import kinds
    from guitu.web.api.api import operations
    from guitu.web.api.person_pages import stays

    parts = [
        made,
        "",
        "# 接口 The API",
        "",
        f"{len(operations())} 个操作，地址都在 `/api/v1/` 之下。",
        "怎样取得令牌、怎样调用：[how-to/api.md](../how-to/api.md)。",
        "Types, bounds and answers: `/api/v1/openapi.json` (OpenAPI 3.1).",
        "",
        "## 操作 Operations",
        "",
        table(
            ("怎样调用 Call", "做什么 What", "范围 Scope"),
            (
                (f"`{method} {path}`", f"{what.zh} {what.en}", f"`{scope}`" if scope else "任何令牌 any")
                for method, path, what, scope in operations()
            ),
        ),
        "",
        "## 范围 Scopes",
        "",
        "令牌的范围不超过岗位可以打开的页面。 A scope opens what its page opens to the post, and never more.",
        "",
        table(
            ("范围 Scope", "做什么 What for", "给出什么 What it shows", "页面 Page", "岗位 Posts"),
            (
                (
                    f"`{scope.name}`",
                    f"{scope.label.zh} {scope.label.en}",
                    f"{scope.shows.zh} {scope.shows.en}",
                    f"`{scope.page}`",
                    ", ".join(sorted(PAGES[scope.page])),
                )
                for scope in SCOPES.values()
            ),
        ),
        "",
        "## 只在页面登记 Recorded on pages only",
        "",
        "其余各种记录都可由接口登记，按其页面的规则核对。"
        " Every other kind is recorded here too, by its page's own checks.",
        "",
        table(
            ("记录 Kind", "", "原因 Why"),
            (
                (f"`{name}`", f"{kinds()[name].label.zh} {kinds()[name].label.en}", f"{why.zh} {why.en}")
                for name, why in stays().items()
            ),
        ),
    ]
    return "\n".join(parts) + "\n"
