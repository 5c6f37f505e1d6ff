"""What sealing costs: the same entries recorded and the same files opened, with everything encrypted and with
a cipher that does nothing, by turns in one process on one SQLite store. Processor time, of this process and
of its system calls, so that whoever else uses the machine is left out.

`python -m guitu.bench.sealing FILES` measures in the environment's data folder and prints JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random

from guitu.bench.report import Figure, percentile
from guitu.kernel.zone import CHINA

DAY = date(2026, 11, 23)
WANTED = 1.3
ENTRIES = 60
SETS = ("sealed", "open")


def run(files: int = 60) -> list[Figure]:
    """Measure in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="guitu-bench-") as home:
        environment = {
            **os.environ,
            "GUITU_HOME": home,
            "GUITU_DEMO": "1",  # else an account sets up its second factor before it sees a page
            "GUITU_DEMO_IDS": "1",
            "GUITU_SECRET_KEY": "x" * 50,
        }
        environment.pop("GUITU_DATABASE_URL", None)
        ran = subprocess.run(
            [sys.executable, "-m", "guitu.bench.sealing", str(files)],
            env=environment, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    found = json.loads(ran.stdout.splitlines()[-1])
    return [
        Figure(
            f"{name} p95, sealed", found["sealed"][name], "ms of processor", found["open"][name],
            "not sealed",
            found["sealed"][name] / found["open"][name], f"at most {WANTED}x",
            f"medians {found['sealed'][f'{name} median']:.2f} and {found['open'][f'{name} median']:.2f} ms",
        )
        for name in ("append", "page", "register")
    ]  # fmt: skip


def main(files: int) -> None:
    """Measure here."""
    from guitu.cli.opening import open_store
    from guitu.cli.serve import collect

    open_store()
    collect()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    from guitu.access import Actor, Post, house
    from guitu.simulate.demo import add_offices
    from guitu.store import gate, staff
    from guitu.store.read import kept as files_kept
    from guitu.web import kept as pages_kept

    add_offices()
    village, town = "469023100200", "469023100"
    staff.add("clerk", "a-password-of-a-bench", "李晓梅", [("town_office", town)])
    client = Client()
    client.post("/sign-in/", {"username": "clerk", "password": "a-password-of-a-bench"})
    clerk = Actor("clerk", (Post("town_office", town),))
    now = datetime(2026, 11, 23, 9, tzinfo=CHINA)
    rng = Random(7)
    times: dict[str, dict[str, list[float]]] = {s: {"append": [], "page": [], "register": []} for s in SETS}
    known: dict[str, list[tuple[object, str]]] = {s: [] for s in SETS}
    for turn in range(files * 2):
        which = SETS[turn % 2]
        with _provider(which):
            entries = _history(turn, village, town, rng)
            took = _timed(lambda e=entries: gate.record_many(e[:3], actor=house(), now=now))
            times[which]["register"].append(took)
            gate.record_many(entries[3:], actor=house(), now=now)
            known[which].append((entries[0].file, _case_no(entries[0].file)))
    for turn in range(files * 6):
        which = SETS[turn % 2]
        file, case_no = known[which][(turn // 2) % files]
        with _provider(which):
            entry = _test(file, turn, town, note="当日主动到场，情绪平稳，已谈话提醒下次检测时间。")
            times[which]["append"].append(_timed(lambda e=entry: gate.record(e, actor=clerk, now=now)))
            files_kept.forget()
            pages_kept.forget()
            times[which]["page"].append(_timed(lambda c=case_no: _get(client, f"/files/{c}/")))
    told = {
        which: {
            name + more: percentile(sorted(values)[: int(len(values) * 0.98)], part)
            for name, values in found.items()
            for more, part in (("", 0.95), (" median", 0.5))
        }
        for which, found in times.items()
    }
    print(json.dumps(told))


def _get(client: object, path: str) -> None:
    answer = client.get(path)  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


@contextmanager
def _provider(which: str) -> Iterator[None]:
    """The site's own keys, or a provider that encrypts nothing and exists only here."""
    from guitu.store import keys, sealing

    if which == "sealed":
        yield
        return

    class Nothing:
        """A cipher that does nothing."""

        def __init__(self, key: bytes) -> None:
            pass

        def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
            """The data."""
            return data

        decrypt = encrypt

    class Open(keys.MasterKey):
        """A provider that wraps and hides nothing."""

        def __init__(self) -> None:
            super().__init__({1: bytes(32)}, cipher="none")
            self.blind = lambda text: text.encode()
            self.word = lambda text: text  # type: ignore[assignment]
            self.hidden = lambda file, text: text.encode()
            self.opened = lambda sealed: sealed.decode()  # type: ignore[assignment]

        def wrap(self, key: bytes, context: bytes) -> bytes:
            """The key."""
            return key

        def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
            """The key."""
            return wrapped

    sealing.CIPHERS["none"] = (32, Nothing)
    keys.provider()
    before = keys._known
    assert before is not None
    keys._known = before[0], Open()
    try:
        yield
    finally:
        keys._known = before


def _case_no(file: object) -> str:
    from guitu.store import engine

    found = engine.row("SELECT case_no FROM store_casefile WHERE id = %s", [file.hex])  # type: ignore[attr-defined]
    assert found is not None
    return str(found[0])


def _history(number: int, village: str, town: str, rng: Random) -> list:  # type: ignore[type-arg]
    """Who, where, an order, and a long row of tests, some with a note."""
    from guitu.kernel.ids import uuid7

    file = uuid7(1_700_000_000_000 + number, number.to_bytes(10, "big"))
    family = rng.choice("王李张刘陈杨黄赵吴周")
    person = {
        "name": family + rng.choice("小晓志文海") + rng.choice("明红伟芳军"), "sex": "male",
        "birth": date(1990, 3, 5),
        "id_number": _id_number(number), "household_place": "示例县河东镇东坡村三组", "phone": "13700000000",
    }  # fmt: skip
    made = [
        _entry(file, 0, "person", date(2024, 1, 2), town, person),
        _entry(file, 1, "responsible_unit", date(2024, 1, 2), town, {"unit": village, "worker": "clerk"}),
        _entry(file, 2, "order", date(2024, 1, 2), town,
               {"measure": "community_treatment", "document_no": f"示例〔2024〕{number}号", "authority":
               "示例县公安局"}),
        _entry(file, 3, "served", date(2024, 1, 3), town, {}),
        _entry(file, 4, "reporting_in", date(2024, 1, 6), town, {}),
    ]  # fmt: skip
    for n in range(ENTRIES - len(made)):
        note = {"note": "按时到场，配合检测。"} if n % 3 == 0 else {}
        made.append(
            _entry(
                file, 10 + n, "urine_test", date(2024, 1, 10) + timedelta(days=14 * n), town,
                {"outcome": "taken", "result": "negative", "tester_1": "李晓梅", "tester_2": "王建国", **note}
            )
        )  # fmt: skip
    return made


def _test(file: object, turn: int, town: str, note: str):  # type: ignore[no-untyped-def]
    fields = {
        "outcome": "taken", "result": "negative", "tester_1": "李晓梅", "tester_2": "王建国", "note": note
    }  # fmt: skip
    return _entry(file, 1000 + turn, "urine_test", date(2026, 11, 20), town, fields, at=turn)


def _entry(file, n: int, kind: str, day: date, unit: str, fields, at: int = 0):  # type: ignore[no-untyped-def]
    from guitu.casefile import Entry
    from guitu.kernel.ids import uuid7

    identifier = uuid7(1_710_000_000_000 + n, file.bytes[-6:] + n.to_bytes(4, "big"))
    moment = datetime(day.year, day.month, day.day, 10, tzinfo=CHINA) + timedelta(seconds=at)
    return Entry(
        id=identifier, file=file, kind=kind, happened_on=day, recorded_at=moment, author="clerk", unit=unit,
        fields=fields,
    )  # fmt: skip


def _id_number(serial: int) -> str:
    body = f"98{serial // 1000:04d}19900305{serial % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


if __name__ == "__main__":
    main(int(sys.argv[1]))
