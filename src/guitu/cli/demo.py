"""`guitu demo`: a fictional province of 5,000 people, made once and then served, apart from any real data."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from guitu.cli import serve
from guitu.cli.main import say
from guitu.cli.progress import Progress
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

MARK: Final = "demo.json"
"""The file that says of a data folder: nothing in here is real."""

LOCK: Final = "demo.lock"
PORTS_TRIED: Final = 20
MOST_PEOPLE: Final = 200_000

_DATABASES: Final = ("guitu.sqlite3", "guitu.readings.sqlite3")
_STORE: Final = (
    *(f"{name}{end}" for name in _DATABASES for end in ("", "-wal", "-shm")),
    "secret_key",
    "analysis-keys.npy",
)
_FOLDERS: Final = ("keys", "static", "cache", "uploads", "analysis", "messages")
_NOT_FOR_A_DEMO: Final = (
    "GUITU_DATABASE_URL", "GUITU_MASTER_KEY", "GUITU_SITE_KEY", "GUITU_EXCHANGE_KEY",
    "GUITU_SECRET_KEY",
)  # fmt: skip
"""Settings of a real office that a demonstration must not touch: it has a store and keys of its own."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label("建立一个虚构省份并打开页面", "make a fictional province and open its pages")
    parser = subparsers.add_parser("demo", help=say(about), description=say(about))
    parser.add_argument(
        "--people", type=int, help=say(Label("人数，默认 5000", "how many people; 5000 without it"))
    )
    parser.add_argument(
        "--port", type=int, default=8700, help=say(Label("端口，默认 8700", "port; 8700 without it"))
    )
    parser.add_argument(
        "--home",
        metavar=say(Label("文件夹", "FOLDER")),
        help=say(
            Label(
                "数据文件夹，默认 GUITU_HOME，没有则为 ~/.guitu-demo",
                "data folder; GUITU_HOME without it, else ~/.guitu-demo",
            )
        ),
    )
    parser.add_argument(
        "--fresh",
        action="store_true",
        help=say(Label("删去旧的演示重新建立", "remove the old one, make anew")),
    )
    parser.add_argument(
        "--no-open", action="store_true", help=say(Label("不打开浏览器", "do not open the browser"))
    )
    parser.add_argument(
        "--build-only", action="store_true", help=say(Label("只建立，不启动服务", "make it, do not serve it"))
    )
    parser.set_defaults(run=run)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a demonstration's folder holds: how many people, as of which day, and whether it was finished."""

    people: int
    day: str
    finished: bool


def run(options: argparse.Namespace) -> int:
    """Make the province unless it is there; then serve it until interrupted."""
    if options.people is not None and not 1 <= options.people <= MOST_PEOPLE:
        raise GuituError(
            Label(
                f"人数应在 1 到 {MOST_PEOPLE:,} 之间，现为 {options.people}",
                f"people must be from 1 to {MOST_PEOPLE:,}, not {options.people}",
            )
        )
    folder = home_of(options.home)
    mark = mark_of(folder)
    settings_for(folder)
    if options.fresh or mark is None or not mark.finished:
        with using(folder, alone=True):
            if mark is not None:
                _tell(_removing(folder, mark))
                clear(folder)
            build(folder, options.people)
    else:
        _found(folder, mark, options.people)
    if options.build_only:
        return 0
    with using(folder, alone=False) as shared:
        port = free_port(options.port)
        return _serve(folder, port, shared=shared, open_browser=not options.no_open and has_screen())


def home_of(chosen: str | None) -> Path:
    """The demonstration's folder. One that holds anything but a demonstration is refused."""
    wanted = chosen or os.environ.get("GUITU_HOME")
    folder = (Path(wanted) if wanted else Path.home() / ".guitu-demo").expanduser().resolve()
    if (folder / MARK).is_file():
        return folder
    ours = {LOCK, f".{MARK}"}
    if folder.is_file() or (folder.is_dir() and any(one.name not in ours for one in folder.iterdir())):
        raise GuituError(
            Label(
                f"{folder} 里有别的数据，演示不会写进去；请用 --home 另指一个文件夹。",
                f"{folder} holds something else than a demonstration, and none is written there;"
                " name another folder with --home.",
            )
        )
    return folder


def mark_of(folder: Path) -> Mark | None:
    """What the folder says it holds; None if there is nothing yet."""
    try:
        said = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return Mark(int(said["people"]), str(said["day"]), bool(said["finished"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return Mark(0, "", False)


def settings_for(folder: Path) -> None:
    """The environment in which a demonstration is made and served, in this process and its children."""
    for name in _NOT_FOR_A_DEMO:
        os.environ.pop(name, None)
    fixed = os.environ.get("GUITU_TODAY")
    if fixed:
        try:
            date.fromisoformat(fixed)
        except ValueError:
            raise GuituError(
                Label(
                    f"GUITU_TODAY 应写成 2026-11-23，现为“{fixed}”",
                    f"GUITU_TODAY must read like 2026-11-23, not “{fixed}”",
                )
            ) from None
    os.environ.update(GUITU_HOME=str(folder), GUITU_DEMO="1", GUITU_DEMO_IDS="1")
    os.environ.setdefault("GUITU_PRESETS", "FRQ-A,safety-check")


def free_port(wanted: int) -> int:
    """The port that was asked for, or the next one that is free; says so if it is another."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        try:
            serve.see_that_it_is_free(serve.LOOPBACK, port)
        except GuituError:
            continue
        if port != wanted:
            _tell(
                Label(
                    f"端口 {wanted} 已被占用，改用 {port}。",
                    f"Port {wanted} is taken; using {port}.",
                )
            )
        return port
    serve.see_that_it_is_free(serve.LOOPBACK, wanted)  # raises: says what is wrong with it
    return wanted


def clear(folder: Path) -> None:
    """Remove a demonstration: what this command made and nothing else. The mark goes last."""
    for name in _STORE:
        (folder / name).unlink(missing_ok=True)
    for name in _FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / MARK).unlink(missing_ok=True)


def build(folder: Path, people: int | None) -> None:
    """Make the province in this empty folder, saying how far it is."""
    began = time.monotonic()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    from guitu.cli.opening import start_django
    from guitu.web.clock import now, today

    day = today()
    _write(folder, Mark(people or 0, day.isoformat(), False))
    start_django()
    from django.conf import settings

    from guitu.simulate.demo import PEOPLE, furnish
    from guitu.store import engine
    from guitu.store.setup import prepare

    people = people or PEOPLE
    _tell(
        Label(
            f"正在建立虚构省份：{people:,} 人，海南的真实区划，虚构的人和单位……",
            f"Making a fictional province: {people:,} people, Hainan's real divisions, nobody real …",
        )
    )
    prepare()
    label = Label("已写入 {done} / {total} 人的档案", "{done} of {total} people's files written")
    with Progress(label) as progress:
        furnish(
            people,
            today=day,
            now=now(),
            password=settings.DEMO_PASSWORD,
            progress=lambda done: progress.at(done, people),
            stage=lambda what: progress.stage(Label("正在布置：{what}", "Now: {what}").fill(what=what)),
        )
    from guitu.cli.indicators import refreshed
    from guitu.simulate import printed

    refreshed(day, now())
    printed.furnish(day, now())
    _write(folder, Mark(people, day.isoformat(), True))
    took = time.monotonic() - began
    entries = engine.rows("SELECT count(*) FROM store_entry")[0][0]
    _tell(
        Label(
            f"已建成：{people:,} 人，{entries:,} 条记录，用时 {took:.0f} 秒。",
            f"Done: {people:,} people, {entries:,} entries, {took:.0f} seconds.",
        )
    )


def has_screen() -> bool:
    """Whether a browser can be shown here: without a screen one in text mode would take the terminal."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def using(folder: Path, *, alone: bool) -> Iterator[bool]:
    """Hold the folder while it is made (`alone`) or served. Gives whether somebody else serves it already.

    Raises GuituError if it is to be made while it is being served.
    """
    try:
        import fcntl
    except ImportError:  # no such locks on this system: the folder is not guarded
        yield False
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as lock:
        shared = False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if alone:
                raise GuituError(
                    Label(
                        f"{folder} 里的演示正在建立或运行；请先停止它（Ctrl-C）。",
                        f"The demonstration in {folder} is being made or served; stop it first (Ctrl-C).",
                    )
                ) from None
            shared = True
        if not alone:
            fcntl.flock(lock, fcntl.LOCK_SH)
        yield shared


def _removing(folder: Path, mark: Mark) -> Label:
    if not mark.finished:
        return Label("上次没有建完，重新建立。", "The last one was not finished; making it again.")
    return Label(f"删去旧的演示：{folder}", f"Removing the old demonstration: {folder}")


def _found(folder: Path, mark: Mark, people: int | None) -> None:
    _tell(
        Label(
            f"已有演示：{mark.people:,} 人，建于 {mark.day}（{folder}）。重新建立请加 --fresh。",
            f"Found the demonstration: {mark.people:,} people, made on {mark.day} ({folder})."
            " Make it anew with --fresh.",
        )
    )
    if people is not None and people != mark.people:
        _tell(
            Label(
                f"要换成 {people:,} 人，请加 --fresh。",
                f"For {people:,} people instead, add --fresh.",
            )
        )


def _serve(folder: Path, port: int, *, shared: bool, open_browser: bool) -> int:
    from guitu.cli.opening import open_store

    open_store()
    from django.conf import settings

    see_that_it_is_a_demo(folder)
    if not shared or not (folder / "static").is_dir():  # files that another process serves stay as they are
        serve.collect()
    _tell(
        Label(
            f"演示账号列在登录页上，密码都是 {settings.DEMO_PASSWORD}。",
            f"The accounts are listed on the sign-in page; the password of each is {settings.DEMO_PASSWORD}.",
        )
    )
    workers = min(2, os.cpu_count() or 1)
    return serve.serve(serve.LOOPBACK, port, workers, 2, open_browser=open_browser)


def see_that_it_is_a_demo(folder: Path) -> None:
    """A folder may say that it holds a demonstration and hold something else. One that an earlier edition
    made has no mark on its accounts yet: they get it if there are no others."""
    from django.contrib.auth.models import User

    from guitu.simulate.accounts import accounts
    from guitu.store import staff

    if staff.demo_accounts():
        return
    ours = {one.username for one in accounts()}
    there = set(User.objects.values_list("username", flat=True))
    if not there or there - ours:
        raise GuituError(
            Label(
                f"{folder} 里的库不是演示库，不作演示打开。",
                f"The store in {folder} is not a demonstration's and is not opened as one.",
            )
        )
    staff.mark_demo(there)


def _write(folder: Path, mark: Mark) -> None:
    draft = folder / f".{MARK}"
    draft.write_text(json.dumps(asdict(mark)), encoding="utf-8")
    draft.replace(folder / MARK)


def _tell(label: Label) -> None:
    with suppress(BrokenPipeError):
        print(say(label), file=sys.stderr, flush=True)
