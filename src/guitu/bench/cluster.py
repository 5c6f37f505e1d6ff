"""A Spark cluster on this machine: a master and workers as processes of their own, on loopback only.

    python -m guitu.bench.cluster --workers 2 --minutes 30

starts one, says its address and stops it by itself after so many minutes. `make spark-cluster` does that;
tests and measurements use `Cluster` as a context. Everything Spark needs but Java 17 lies in the package
`pyspark` (its `sbin` scripts do not: the classes are started directly).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from types import FrameType, TracebackType
from typing import Final, Self

from guitu.bench.postgres import free_port
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

_MASTER: Final = "org.apache.spark.deploy.master.Master"
_WORKER: Final = "org.apache.spark.deploy.worker.Worker"
_PATIENCE: Final = 90.0
"""Seconds that a master and its workers may take to find each other on a busy machine."""


class Cluster:
    """A master and `workers` workers of `cores` cores and `memory` (as Spark writes it: 1g) each.

    `url` is the master's address once it runs (spark://127.0.0.1:PORT). All processes end with the
    context."""

    def __init__(self, workers: int = 2, cores: int = 1, memory: str = "1g") -> None:
        self.workers = workers
        self.cores = cores
        self.memory = memory
        self.url = ""
        self.processes: list[subprocess.Popen[bytes]] = []
        self._folder = Path()
        self._status = ""

    def __enter__(self) -> Self:
        """Start it and wait until every worker has reported. Raises GuituError where Spark or Java is
        missing, or the workers do not come up."""
        command = spark_class()
        self._folder = Path(tempfile.mkdtemp(prefix="guitu-spark-"))
        port, web = free_port(), free_port()
        self.url = f"spark://127.0.0.1:{port}"
        self._status = f"http://127.0.0.1:{web}/json/"
        try:
            self._start(
                command, _MASTER, "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(web)
            )
            self._wait(0)
            for _ in range(self.workers):
                self.add_worker()
            self._wait(self.workers)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def add_worker(self) -> subprocess.Popen[bytes]:
        """One more worker; it reports to the master by itself."""
        number = len(self.processes)
        return self._start(
            spark_class(), _WORKER, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0",
            "--cores", str(self.cores), "--memory", self.memory,
            "--work-dir", str(self._folder / f"work{number}"), self.url,
        )  # fmt: skip

    def alive(self) -> int:
        """How many workers the master counts as alive; -1 while it does not answer."""
        try:
            with urllib.request.urlopen(self._status, timeout=5) as answer:
                return int(json.load(answer)["aliveworkers"])
        except (OSError, ValueError, KeyError):
            return -1

    def stop(self) -> None:
        """End every process that was started here, and remove what they wrote."""
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in reversed(self.processes):
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()
        if self._folder != Path():
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, command: Path, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [str(command), *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment(),
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def _wait(self, workers: int) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if self.alive() >= workers:
                return
            gone = next((n for n, p in enumerate(self.processes) if p.poll() is not None), None)
            if gone is not None:
                said = (self._folder / f"{gone}.log").read_text(errors="replace").splitlines()[-3:]
                raise GuituError(
                    Label(f"Spark 进程没有起来：{' '.join(said)}", f"a Spark process ended: {' '.join(said)}")
                )
            time.sleep(0.2)
        raise GuituError(
            Label(
                f"{_PATIENCE:.0f} 秒内 Spark 工作进程没有到齐",
                f"the Spark workers did not report within {_PATIENCE:.0f} seconds",
            )
        )


def spark_class() -> Path:
    """The program that starts Spark's classes. Raises GuituError where Spark or Java is missing."""
    spec = find_spec("pyspark")
    if spec is None or spec.origin is None:
        raise GuituError(
            Label("没有安装 Spark；请运行 make setup-spark", "Spark is not installed: run make setup-spark")
        )
    if shutil.which("java") is None:
        raise GuituError(
            Label(
                "没有找到 Java；Spark 需要 Java 17（Debian：apt-get install openjdk-17-jre-headless）",
                "no Java was found: Spark needs Java 17 (Debian: apt-get install openjdk-17-jre-headless)",
            )
        )
    return Path(spec.origin).parent / "bin" / "spark-class"


def environment() -> dict[str, str]:
    """What Spark's processes are told: where it lies, loopback only, and the Python that runs here."""
    return {
        **os.environ,
        "SPARK_HOME": str(spark_class().parent.parent),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
    }


def _leave(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def main() -> None:
    """Keep a cluster for some minutes, so that it can be used by hand."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--cores", type=int, default=1)
    asked.add_argument("--memory", default="1g")
    asked.add_argument("--minutes", type=float, default=30)
    chosen = asked.parse_args()
    signal.signal(signal.SIGTERM, _leave)
    try:
        with Cluster(chosen.workers, chosen.cores, chosen.memory) as cluster:
            print(
                f"Spark 集群 {cluster.url}：{chosen.workers} 个工作进程，{chosen.minutes:g} 分钟后自行停止；"
                f"用法：guitu sweep --engine spark --master {cluster.url}\n"
                f"Spark cluster {cluster.url}: {chosen.workers} workers, stops by itself in"
                f" {chosen.minutes:g} minutes",
                flush=True,
            )
            time.sleep(chosen.minutes * 60)
    except GuituError as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
