"""Where things lie on the disk: who may read them, what lies beside what, and how old the backups are."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from guitu.cli.doctor_checks import Check, Finding, bad, good
from guitu.kernel.labels import Label

MOUNTS: Final = Path("/proc/mounts")
ON_THE_NETWORK: Final = ("nfs", "cifs", "smb", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs", "fuse.gluster")
OLDEST_BACKUP: Final = 7
"""Days, unless GUITU_BACKUP_DAYS says otherwise."""


def readable_by_others() -> Iterator[Finding]:
    """Everything in the data folder is for its owner alone."""
    home = Path(settings.HOME)
    open_ones = [place for place in _places(home) if place.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    keys = [place for place in open_ones if "key" in place.name or place.parent.name == "keys"]
    if keys:
        yield bad(
            "key_files",
            "grave",
            Label(f"别的用户可以读取密钥文件 {keys[0]}", f"Other users may read the key file {keys[0]}"),
            Label("有了密钥，加密就等于没有", "With the keys, nothing is sealed"),
            Label(
                f"运行 chmod go-rwx {keys[0]}，并更换这些密钥",
                f"Run chmod go-rwx {keys[0]}, and replace these keys",
            ),
        )
    others = [place for place in open_ones if place not in keys]
    if others:
        yield bad(
            "data_files",
            "grave",
            Label(
                f"别的用户可以读取 {others[0]}（共 {len(others)} 处）",
                f"Other users may read {others[0]} ({len(others)} places in all)",
            ),
            Label("这台机器上的任何账号都可以抄走数据", "Any account of this machine can copy the data"),
            Label(f"运行 chmod -R go-rwx {home}", f"Run chmod -R go-rwx {home}"),
        )
    strange = [place for place in _places(home) if place.stat().st_uid not in (os.getuid(), 0)]
    if strange:
        yield bad(
            "owner",
            "warning",
            Label(f"{strange[0]} 属于另一个用户", f"{strange[0]} belongs to another user"),
            Label("那个用户可以改动它", "That user may change it"),
            Label("把它归还给运行本服务的用户", "Give it back to the user that runs this service"),
        )
    if not open_ones:
        yield good("data_files", f"{home} 只有所有者能读", f"{home} is for its owner alone")


def _places(home: Path) -> list[Path]:
    """The folder and everything in it that holds data; styles and scripts are everybody's."""
    found = [home] if home.is_dir() else []
    for folder, folders, names in os.walk(home):
        if Path(folder) == home:
            folders[:] = [name for name in folders if name != Path(settings.STATIC_ROOT).name]
        inside = Path(folder) == home or Path(folder).name == "keys"
        if inside:  # a folder that is closed closes what is in it
            found += [Path(folder) / name for name in (*folders, *names)]
    return [place for place in found if place.exists() and not place.is_symlink()]


def keys_beside_data() -> Iterator[Finding]:
    """One stolen disk or backup must not hold both."""
    database = settings.DATABASES["default"]
    master_elsewhere = bool(os.environ.get("GUITU_MASTER_KEY"))
    keys = Path(settings.HOME) / "keys"
    embedded = database["ENGINE"].endswith("sqlite3")
    if master_elsewhere or not keys.exists():
        yield good("keys_apart", "主密钥不在数据文件夹里", "The master key is not in the data folder")
    elif embedded and Path(database["NAME"]).resolve().is_relative_to(Path(settings.HOME).resolve()):
        yield bad(
            "keys_apart",
            "warning",
            Label(
                f"主密钥和数据库在同一个文件夹 {settings.HOME}",
                f"The master key and the database are in one folder, {settings.HOME}",
            ),
            Label("偷走这块磁盘或它的备份，就两样都有了", "Whoever steals this disk or its backup has both"),
            Label(
                "备份时分开存放 keys/，或者用 GUITU_MASTER_KEY 另给主密钥",
                "Back up keys/ elsewhere, or give the master key by GUITU_MASTER_KEY",
            ),
        )
    else:
        yield good("keys_apart", "主密钥和数据库不在一处", "The master key and the database are apart")


def on_a_network_disk() -> Iterator[Finding]:
    """SQLite's locks do not hold there."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return
    kind = _file_system(Path(database["NAME"]).resolve())
    if kind.startswith(ON_THE_NETWORK):
        yield bad(
            "network_disk",
            "grave",
            Label(
                f"SQLite 数据库放在网络磁盘上（{kind}）",
                f"The SQLite database lies on a network disk ({kind})",
            ),
            Label("两个进程同时写会损坏数据库", "Two processes that write at once damage it"),
            Label("移到本机磁盘，或改用 PostgreSQL", "Move it to a disk of this machine, or use PostgreSQL"),
        )
    else:
        yield good("network_disk", "数据库在本机磁盘上", "The database lies on a disk of this machine")


def _file_system(path: Path) -> str:
    """The kind of file system on which a path lies; "" where the machine does not say."""
    if not MOUNTS.exists():
        return ""
    longest, kind = "", ""
    for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        where, what = [*line.split(), "", "", ""][1:3]
        if path.is_relative_to(where or "?") and len(where) >= len(longest):
            longest, kind = where, what
    return kind


def backups() -> Iterator[Finding]:
    """How old the newest copy is, where this machine can see it."""
    folder = os.environ.get("GUITU_BACKUPS", "")
    if not folder:
        yield bad(
            "backups",
            "unknown",
            Label("不知道备份在哪里", "Where backups are is not known"),
            Label("没有备份，一块坏磁盘就带走所有档案", "Without one, a broken disk takes every file along"),
            Label("用 GUITU_BACKUPS 写明备份所在的文件夹", "Name their folder in GUITU_BACKUPS"),
        )
        return
    days = int(os.environ.get("GUITU_BACKUP_DAYS") or OLDEST_BACKUP)
    there = list(Path(folder).glob("*")) if Path(folder).is_dir() else []
    newest = max((place.stat().st_mtime for place in there), default=0.0)
    age = int((time.time() - newest) // 86_400)
    if not there or age >= days:
        told = Label(f"最近的备份是 {age} 天前的", f"The newest backup is {age} days old")
        yield bad(
            "backups",
            "grave",
            told if there else Label(f"{folder} 里没有备份", f"There is no backup in {folder}"),
            Label("这之后登记的一切都可能丢失", "Everything recorded since may be lost"),
            Label("现在就做一次备份，并查明为什么没有自动做", "Make one now, and find out why none was made"),
        )
    else:
        yield good(
            "backups", f"最近的备份在 {days} 天以内", f"The newest backup is less than {days} days old"
        )
    if any(place.stat().st_mode & stat.S_IRWXO for place in [Path(folder), *there] if place.exists()):
        yield bad(
            "backup_files",
            "grave",
            Label(f"任何用户都可以读取 {folder} 里的备份", f"Any user may read the backups in {folder}"),
            Label("备份里有数据库里的一切", "They hold everything that the database does"),
            Label(f"运行 chmod -R go-rwx {folder}", f"Run chmod -R go-rwx {folder}"),
        )


CHECKS: Final[tuple[Check, ...]] = (readable_by_others, keys_beside_data, on_a_network_disk, backups)
