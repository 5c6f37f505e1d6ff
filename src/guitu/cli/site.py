"""`guitu site publish`: the public site of a unit, written into a folder as plain files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from guitu.cli.main import say
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with its task."""
    about = Label("公开的宣传网站", "the public site")
    site = subparsers.add_parser("site", help=say(about), description=say(about))
    tasks = site.add_subparsers(dest="task", metavar=say(Label("任务", "TASK")), required=True)
    told = Label(
        "把一个单位的宣传网站写成静态网页：没有脚本，不联网，从磁盘或者任何网站服务器都能打开",
        "write the public site of a unit as plain pages: no scripts, nothing fetched, opened from a disk or"
        " any web server",
    )
    publish = tasks.add_parser("publish", help=say(told), description=say(told))
    publish.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER",
        help=say(Label("空文件夹，或者以前发布过网站的文件夹", "an empty folder, or a site made before")),
    )  # fmt: skip
    publish.add_argument(
        "--unit", default="46", metavar="CODE", help=say(Label("单位代码，默认 46", "the unit's code; 46"))
    )
    publish.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    publish.set_defaults(run=run_publish)


def run_publish(options: argparse.Namespace) -> int:
    """Write it, and say where it is."""
    from guitu.cli.opening import now, open_store, today

    open_store()
    from guitu.access import house
    from guitu.exchange.site.gathering import publish
    from guitu.store import engine
    from guitu.store.units import tree

    unit = tree().get(options.unit)
    if unit is None:
        raise GuituError(Label(f"没有单位“{options.unit}”", f"there is no unit “{options.unit}”"))
    with engine.house():
        made, changed = publish(unit, options.to, actor=house(), now=now(), on=today())
    if options.json:
        print(json.dumps({"files": len(made.files), "changed": changed, "digest": made.digest}))
        return 0
    n, first = len(made.files), options.to / "index.html"
    print(
        say(
            Label(
                f"✓ {unit.name}：{n} 个文件，其中 {changed} 个有改动。打开 {first}",
                f"✓ {unit.name}: {n} files, {changed} of them new or changed. Open {first}",
            )
        )
    )
    return 0
