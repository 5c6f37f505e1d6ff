"""`guitu serve`: the pages, on this computer, for whoever has an account."""

from __future__ import annotations

import argparse
import encodings.idna  # noqa: F401 (see _when_it_answers)
import errno
import os
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path

from guitu.cli.main import say
from guitu.cli.opening import amount
from guitu.kernel.errors import GuituError, machine_reason
from guitu.kernel.labels import Label

LOOPBACK = "127.0.0.1"
THREADS = 2
"""In each process. One alone is a little quicker for short pages, but while it makes a workbook every other
reader of that process waits seconds (measured: p95 2.5 s beside 0.2 s with two). A third slows them."""
KILL_AFTER = 5
"""Seconds a process may take to end; one told to end while it is only starting would never hear it."""

NO_SUCH_ADDRESS = frozenset({errno.EADDRNOTAVAIL, socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL})
"""What the machine answers to an address that is not its own, or to a name that leads to none."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label("启动页面服务", "serve the pages")
    parser = subparsers.add_parser("serve", help=say(about), description=say(about))
    parser.add_argument(
        "--host",
        default=LOOPBACK,
        help=say(Label("监听地址，默认只限本机", "address; this computer only without it")),
    )
    parser.add_argument(
        "--port", type=int, default=8700, help=say(Label("端口，默认 8700", "port; 8700 without it"))
    )
    parser.add_argument(
        "--workers", type=amount, default=min(4, os.cpu_count() or 1), help=say(Label("进程数", "processes"))
    )
    parser.add_argument(
        "--threads",
        type=amount,
        default=THREADS,
        help=say(Label("每个进程的线程数", "threads in each process")),
    )
    parser.add_argument(
        "--open", action="store_true", help=say(Label("启动后打开浏览器", "open the browser once it is up"))
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    if not 0 < options.port < 65536:
        raise GuituError(
            Label(
                f"端口应在 1 到 65535 之间，现为 {options.port}",
                f"a port is from 1 to 65535, not {options.port}",
            )
        )
    see_that_it_is_free(options.host, options.port)
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store import staff
    from guitu.store.projections.compute import policy_of

    staff.refuse_demo()
    policy_of("")  # presets that do not go together stop the service here, not on every page
    collect()
    return serve(options.host, options.port, options.workers, options.threads, open_browser=options.open)


def see_that_it_is_free(host: str, port: int) -> None:
    """A port that is taken, or an address that is another machine's, is one sentence, not a fault deep in the
    server."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, UnicodeError) as problem:
            if not isinstance(problem, OSError) or problem.errno in NO_SUCH_ADDRESS:
                raise GuituError(
                    Label(
                        f"本机没有地址“{host}”；请用 --host 写本机的一个地址，不写则只限本机。",
                        f"this machine has no address “{host}”; give one of its own with --host, or none for"
                        " this computer only.",
                    )
                ) from problem
            why = machine_reason(problem)
            raise GuituError(
                Label(
                    f"{host}:{port} 不能使用（{why.zh}）；请用 --port 换一个端口。",
                    f"{host}:{port} cannot be used ({why.en}); choose another with --port.",
                )
            ) from problem


def collect() -> None:
    """Put style sheet and scripts under hashed names into the data folder; DEBUG serves them as they are."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEBUG:
        return
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def serve(host: str, port: int, workers: int, threads: int, *, open_browser: bool = False) -> int:
    """Run the server in the foreground; it ends cleanly on Ctrl-C and on SIGTERM."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    address = f"http://{host if ':' not in host else f'[{host}]'}:{port}/"
    server = Granian(
        "guitu.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER,
    )
    server.on_startup(lambda: _when_it_answers(host, port, address, open_browser))
    server.serve()
    print(say(Label("已停止。", "Stopped.")), file=sys.stderr)
    return 0


def _when_it_answers(host: str, port: int, address: str, open_browser: bool) -> None:
    """Say the address, and open it, once somebody is there to answer: the processes take a second to come.

    While the thread asks, the processes are split off from this one. It must import nothing: a process that
    is split off in the middle of an import waits for its end for ever. What a socket imports stands above.
    """

    def wait() -> None:
        while not _answers(host, port):
            time.sleep(0.1)
        print(
            say(Label(f"已启动：{address}　按 Ctrl-C 停止。", f"Serving {address}  Press Ctrl-C to stop.")),
            file=sys.stderr,
            flush=True,
        )
        if open_browser:
            webbrowser.open(address)

    threading.Thread(target=wait, daemon=True).start()


def _answers(host: str, port: int) -> bool:
    here = {"0.0.0.0": LOOPBACK, "::": "::1"}.get(host, host)
    try:
        with socket.create_connection((here, port), timeout=1):
            return True
    except OSError:
        return False
