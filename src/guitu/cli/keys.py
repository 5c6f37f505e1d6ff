"""`guitu keys`: the master keys, and going from one to the next while people work."""

from __future__ import annotations

import argparse
import json

from guitu.cli.main import say
from guitu.kernel.labels import Label

_BACKUP = Label(
    "请立即备份密钥文件夹（{place}），与数据库备份分开存放：没有主密钥，任何数据库备份都无法打开；"
    "谁同时拿到两者，谁就能打开全部。",
    "Back up the folder of keys ({place}) now, apart from the database's backups: without the master"
    " keys no backup of the database opens, and whoever has both opens everything.",
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "查看主密钥；更换主密钥（不停机）", "show the master keys; change the master key while people work"
    )
    parser = subparsers.add_parser("keys", help=say(about), description=say(about))
    acts = parser.add_subparsers(metavar=say(Label("操作", "ACT")), required=True)
    status = Label("各版本主密钥加密了多少数据密钥", "how many data keys each master key wraps")
    shown = acts.add_parser("status", help=say(status), description=say(status))
    shown.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    shown.set_defaults(run=show)
    rotate = Label(
        "启用新的主密钥并逐批重新加密数据密钥；可中断后再次运行",
        "make a new master key and wrap the data keys by it, lot by lot; may be stopped and run again",
    )
    turned = acts.add_parser("rotate", help=say(rotate), description=say(rotate))
    turned.add_argument(
        "--continue",
        dest="only_continue",
        action="store_true",
        help=say(
            Label("只完成上次未完成的，不启用新密钥", "only finish what is unfinished; make no new key")
        ),
    )
    turned.set_defaults(run=turn)


def show(options: argparse.Namespace) -> int:
    """Say what is wrapped by what. 1 if something is wrapped by a key that is not here."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store.rotation import standing

    found = standing()
    if options.json:
        told = {
            "newest": found.newest, "known": sorted(found.known), "waiting": found.waiting,
            "wrapped": {str(version): n for version, n in sorted(found.wrapped.items())},
        }  # fmt: skip
        print(json.dumps(told))
        return 1 if found.missing else 0
    for version in sorted({*found.known, *found.wrapped}):
        n = found.wrapped.get(version, 0)
        line = Label(f"主密钥 {version}：{n} 个数据密钥", f"master key {version}: {n} data keys")
        if version == 0:
            line = Label(
                f"主密钥 1（旧格式）：{n} 个数据密钥", f"master key 1 (as first written): {n} data keys"
            )
        elif version in found.missing:
            line = Label(f"{line.zh}，本站没有这把主密钥！", f"{line.en}, and this site does not have it!")
        print(say(line))
    if found.waiting:
        more = Label(
            f"还有 {found.waiting} 个未换到主密钥 {found.newest}：运行 guitu keys rotate --continue。",
            f"{found.waiting} are not wrapped by master key {found.newest} yet:"
            " run guitu keys rotate --continue.",
        )
        print(say(more))
    print(say(_BACKUP.fill(place=_place())))
    return 1 if found.missing else 0


def turn(options: argparse.Namespace) -> int:
    """Change the master key, or finish changing it."""
    from guitu.cli.opening import open_store
    from guitu.cli.progress import Progress

    open_store()
    from guitu.store.rotation import rotate, standing

    with Progress(Label("已检查 {done} / {total} 个密钥", "{done} of {total} keys seen")) as progress:
        done = rotate(new=False if options.only_continue else None, progress=progress.at)
    now = standing()
    print(
        say(
            Label(
                f"已由主密钥 {now.newest} 重新加密 {done} 个密钥。"
                "旧主密钥请与旧备份一同保留；旧备份全部销毁后方可删除。",
                f"{done} keys are wrapped by master key {now.newest} now. Keep the old one as long as"
                " any backup made under it; delete it only with the last of them.",
            )
        )
    )
    print(say(_BACKUP.fill(place=_place())))
    return 0


def _place() -> str:
    from django.conf import settings

    return str(settings.HOME / "keys")
