"""How long it takes to check every chain of a store: `verify` over as many entries as wanted, in files of
sixty.

The entries are laid straight into the table, sealed and chained as the gate does it; what else the gate does
(access, rules, lists) is not what is measured. `python -m guitu.bench.chains ROWS` prints JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta

from guitu.bench.postgres import Server
from guitu.bench.report import Figure
from guitu.kernel.zone import CHINA

ENTRIES = 60
FILES_AT_ONCE = 200


def run(rows: int, engines: list[str]) -> list[Figure]:
    """Measure on each engine, in a process and a folder of its own."""
    found = []
    for engine in engines:
        server = (
            Server({"max_wal_size": "4GB", "shared_buffers": "512MB"}) if engine == "postgresql" else None
        )
        with tempfile.TemporaryDirectory(prefix="guitu-bench-") as home:
            environment = {**os.environ, "GUITU_HOME": home, "GUITU_SECRET_KEY": "x" * 50}
            environment.pop("GUITU_DATABASE_URL", None)
            if server is not None:
                environment["GUITU_DATABASE_URL"] = server.url
            ran = subprocess.run(
                [sys.executable, "-m", "guitu.bench.chains", str(rows)],
                env=environment, stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
        if server is not None:
            server.stop()
        told = json.loads(ran.stdout.splitlines()[-1])
        found.append(
            Figure(
                f"verify {rows:,} entries, {engine}",
                told["seconds"],
                "s",
                note=f"{told['files']:,} files; {told['processor']:.1f} s of processor; "
                f"{rows / told['seconds']:,.0f} entries/s; every chain good: {told['good']}",
            )
        )
    return found


def main(rows: int) -> None:
    """Measure here."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store.verify import verify

    lay(rows)
    began, processor = time.perf_counter(), time.process_time()
    report = verify()
    told = {
        "seconds": time.perf_counter() - began, "processor": time.process_time() - processor,
        "files": report.files, "entries": report.entries, "good": report.good and report.entries == rows,
    }  # fmt: skip
    print(json.dumps(told))


def lay(rows: int) -> None:
    """So many entries, in files of ENTRIES."""
    from guitu.casefile import Entry
    from guitu.casefile.chain import beginning
    from guitu.compose import kinds
    from guitu.kernel.ids import uuid7
    from guitu.store import casefiles, encoding, engine
    from guitu.store.keys import provider
    from guitu.store.sealing import FileKeys

    guard, kind = provider(), kinds()["urine_test"]
    first = datetime(2024, 1, 2, 9, tzinfo=CHINA)
    fields = {
        "outcome": "taken",
        "result": "negative",
        "tester_1": "李晓梅",
        "tester_2": "王建国",
        "note": "按时到场。",
    }
    opened = 1_730_000_000_000
    files: list[tuple[object, ...]] = []
    entries: list[tuple[object, ...]] = []
    keys: list[tuple[object, ...]] = []
    for no in range(1, -(-rows // ENTRIES) + 1):
        file, case_no = uuid7(1_700_000_000_000 + no, no.to_bytes(10, "big")), f"469023-2024-{no:06d}"
        head = beginning(file, "person", case_no, opened)
        known = FileKeys(file, guard)
        length = min(ENTRIES, rows - (no - 1) * ENTRIES)
        for n in range(1, length + 1):
            at = first + timedelta(days=14 * n)
            entry = Entry(
                id=uuid7(1_710_000_000_000 + n, no.to_bytes(5, "big") + n.to_bytes(5, "big")), file=file,
                kind=kind.name, happened_on=date(2024, 1, 2) + timedelta(days=14 * n), recorded_at=at,
                author="clerk", unit="469023100200", fields=fields,
            )  # fmt: skip
            row = encoding.chained(entry, kind, known, file=no, n=n, before=head, stored_ms=opened)
            head = row[-1]
            entries.append(row)
        files.append((no, file.hex, "person", case_no, opened, length, head, None))
        keys.extend((no, compartment, *wrapped) for compartment, wrapped in known.new.items())
        if no % FILES_AT_ONCE == 0 or no * ENTRIES >= rows:
            with engine.writing():
                engine.insert("store_casefile", casefiles.FILE, files)
                engine.insert("store_filekey", ("file", "compartment", "cipher", "wrapped"), keys)
                engine.insert("store_entry", encoding.COLUMNS, entries)
            for some in (files, keys, entries):
                some.clear()


if __name__ == "__main__":
    main(int(sys.argv[1]))
