"""Runs two sites, breaks the way between them by a seed, heals it, and counts what became of everybody."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, Final

from guitu.cli.main import say
from guitu.home.handover.baton import STATES
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA

FAULTS: Final = (
    "cut before", "cut after", "twice", "late", "damaged", "killed before", "killed half", "killed commit",
    "killed after", "sender killed", "clock behind",
)  # fmt: skip
"""What happens to a bundle on its way: it never leaves; it arrives and the answer is lost; it arrives twice;
it arrives after later ones; it is damaged; the other process dies at one of four points; this one dies when
the answer is there; the other's clock is an hour behind."""
SHARE: Final = 0.4
"""Of the bundles, how many meet a fault, where nothing else is said."""
ROUNDS: Final = 6
TRIES: Final = 6
_START: Final = datetime(2026, 11, 23, 9, tzinfo=CHINA)


class Died(Exception):
    """The process of a site is gone."""


class Cut(Exception):
    """The site could not do it: the way was cut, or what came was refused."""


class Process:
    """A site as this process drives it."""

    def __init__(self, name: str, home: Path) -> None:
        self.name, self.home = name, home
        self.child: subprocess.Popen[bytes] | None = None
        self.restarts = -1
        self.begin()

    def begin(self) -> Any:
        """Start it, again if it died; its card."""
        self.end()
        environment = {
            **os.environ, "GUITU_HOME": str(self.home), "GUITU_DEMO_IDS": "1", "GUITU_RATES": "off",
            "GUITU_TODAY": "2026-11-23", "DJANGO_SETTINGS_MODULE": "guitu.web.settings",
        }  # fmt: skip
        environment.pop("GUITU_DATABASE_URL", None)
        self.child = subprocess.Popen(
            [sys.executable, "-m", "guitu.trials.handover.site", self.name], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        self.restarts += 1
        self.card = self.ask("start")
        return self.card

    def end(self) -> None:
        """End it at once, as a power cut does."""
        if self.child is not None:
            self.child.kill()
            self.child.wait()
            for pipe in (self.child.stdin, self.child.stdout):
                if pipe is not None:
                    pipe.close()
            self.child = None

    def ask(self, what: str, *arguments: Any) -> Any:
        """Have it do something that needs no carrying."""
        self.tell((what, *arguments))
        return self.hear()

    def tell(self, what: Any) -> None:
        """Say something to it."""
        assert self.child is not None
        assert self.child.stdin is not None
        try:
            pickle.dump(what, self.child.stdin)
            self.child.stdin.flush()
        except OSError as gone:
            raise Died(self.name) from gone

    def hear(self) -> Any:
        """What it answers; a bundle to carry as ("carry", bytes)."""
        assert self.child is not None
        assert self.child.stdout is not None
        try:
            word, value = pickle.load(self.child.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as gone:
            raise Died(self.name) from gone
        if word == "carry":
            return word, value
        if word == "cut":
            raise Cut(value)
        if word == "failed":
            raise RuntimeError(f"{self.name}: {value}")
        return value


@dataclass(slots=True)
class Report:
    """What became of everybody. Up to `pending` everything but `states` must be nought."""

    people: int
    seed: int
    states: dict[str, int] = field(default_factory=dict)
    not_in_one_state: int = 0
    left_behind: int = 0
    duties_differ: int = 0
    doubled: int = 0
    papers_differ: int = 0
    broken_chains: int = 0
    pending: int = 0
    duties: int = 0
    """Open duties that went with the people who were accepted."""
    papers: int = 0
    """Papers that went along."""
    bundles: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    restarts: int = 0
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """Whether everybody is in exactly one state and nothing was left behind, doubled or broken."""
        wrong = (self.not_in_one_state, self.left_behind, self.duties_differ, self.doubled,
                 self.papers_differ, self.broken_chains, self.pending)  # fmt: skip
        return not any(wrong) and sum(self.states.values()) == self.people

    def tell(self, *, as_json: bool) -> None:
        """Print it."""
        if as_json:
            print(json.dumps({**asdict(self), "good": self.good}, ensure_ascii=False))
            return
        for state, count in sorted(self.states.items()):
            label = STATES.get(state, Label("未发", "Not sent"))  # type: ignore[call-overload]
            print(f"{say(label)}  {count:,}")
        print(say(Label(
            f"{self.people:,} 人；不恰在一个状态 {self.not_in_one_state}，遗留应办 {self.left_behind}，"
            f"两边应办不同 {self.duties_differ}，重复 {self.doubled}，材料不同 {self.papers_differ}，"
            f"链断 {self.broken_chains}，未确认 {self.pending}",
            f"{self.people:,} people; not in exactly one state {self.not_in_one_state}, duties left behind"
            f" {self.left_behind}, duties that differ {self.duties_differ}, doubled {self.doubled}, papers"
            f" that differ {self.papers_differ}, broken chains {self.broken_chains}, not acknowledged"
            f" {self.pending}",
        )))  # fmt: skip
        faults = sum(self.faults.values())
        print(say(Label(
            f"往来 {self.bundles:,} 包，故障 {faults:,} 次，重启 {self.restarts} 次，{self.seconds:.0f} 秒",
            f"{self.bundles:,} bundles, {faults:,} faults, {self.restarts} restarts, {self.seconds:.0f} s",
        )))  # fmt: skip


class Trial:
    """Two sites and the way between them."""

    def __init__(self, folder: Path, people: int, seed: int, faults: Iterator[str] | None = None) -> None:
        self.report = Report(people, seed)
        self.rng = Random(f"way/{seed}")
        self.planned = faults
        self.share = SHARE
        self.healed = False
        self.late: list[tuple[str, bytes]] = []
        self.ticks = 0
        self.sites = {name: Process(name, folder / name) for name in ("sender", "receiver")}
        self.sites["sender"].ask("peer", self.sites["receiver"].card)
        self.sites["receiver"].ask("peer", self.sites["sender"].card)

    def now(self, behind: bool = False) -> datetime:
        """The moment, which moves on with every act."""
        self.ticks += 1
        return _START + timedelta(seconds=self.ticks) - timedelta(hours=1 if behind else 0)

    def end(self) -> None:
        """End both."""
        for site in self.sites.values():
            site.end()

    def other(self, name: str) -> Process:
        """The other site."""
        return self.sites["receiver" if name == "sender" else "sender"]

    def exchange(self, name: str) -> bool:
        """Let a site exchange with the other, whatever happens on the way; whether it came to its end."""
        site = self.sites[name]
        site.tell(("exchange", self.now()))
        try:
            while isinstance(heard := site.hear(), tuple) and heard[0] == "carry":
                back, killed = self.carry(name, heard[1])
                if killed:
                    site.begin()
                    return False
                site.tell(back)
        except Cut:
            return False
        return True

    def exchange_again(self, name: str) -> None:
        """Begin anew after every cut, as often as it takes to bring most of it over."""
        for _ in range(TRIES + self.report.people // 20):
            if self.exchange(name):
                return

    def carry(self, name: str, raw: bytes) -> tuple[bytes | None, bool]:
        """Carry a bundle over; the answer, None if it is lost, and whether the sender dies."""
        self.report.bundles += 1
        fault = self.fault()
        if fault:
            self.report.faults[fault] = self.report.faults.get(fault, 0) + 1
        to = self.other(name)
        if fault == "cut before":
            return None, False
        if fault == "late":
            self.late.append((to.name, raw))
            return None, False
        if fault == "damaged":
            place = self.rng.randrange(len(raw))
            self.give(to, raw[:place] + bytes((raw[place] ^ 0x20,)) + raw[place + 1 :])
            return None, False
        if fault.startswith("killed"):
            self.give(to, raw, die=fault.split()[1])
            return None, False
        back = self.give(to, raw, behind=fault == "clock behind")
        if fault == "twice":
            back = self.give(to, raw)
        if fault == "cut after":
            return None, False
        return back, fault == "sender killed"

    def give(self, to: Process, raw: bytes, die: str = "", *, behind: bool = False) -> bytes | None:
        """Have a site answer a bundle; None if it refuses, or dies."""
        try:
            found: bytes = to.ask("answer", raw, self.now(behind), die)
            return found
        except Cut:
            return None
        except Died:
            to.begin()
            return None

    def fault(self) -> str:
        """What happens to the next bundle."""
        if self.healed:
            return ""
        if self.planned is not None:
            return next(self.planned, "")
        return self.rng.choice(FAULTS) if self.rng.random() < self.share else ""

    def replay(self) -> None:
        """What was on its way for long arrives, in another order."""
        self.rng.shuffle(self.late)
        some, self.late = self.late, []
        for name, raw in some:
            self.give(self.sites[name], raw)

    def heal(self) -> None:
        """The way is whole: exchange until neither owes anything, with whatever is still on its way."""
        self.healed = True
        self.replay()
        for _ in range(20):
            for name in self.sites:
                self.exchange(name)
            self.report.pending = sum(site.ask("pending", self.now()) for site in self.sites.values())
            if not self.report.pending:
                return

    def count(self) -> Report:
        """Compare both sites, person by person."""
        ours, theirs = (self.sites[name].ask("states") for name in ("sender", "receiver"))
        report = self.report
        states: Counter[str] = Counter()
        for file, (state, holder, unit, duties, double) in ours.items():
            report.doubled += double
            there = theirs.get(file)
            if there is not None:
                report.doubled += there[4]
                if there[:3] != (state, holder, unit):
                    report.not_in_one_state += 1
            elif holder == "receiver" or state in ("sent", "opened", "accepted", "contacted"):
                report.not_in_one_state += 1
            states[state] += 1
            received = holder == "receiver"
            mine = "469024" if received else "46J01"
            answers = theirs[file] if received and file in theirs else None
            report.left_behind += sum(1 for duty in duties if not duty[2].startswith(mine))
            if answers is not None:
                report.duties += len(duties)
                report.left_behind += sum(1 for duty in answers[3] if not duty[2].startswith(mine))
                report.duties_differ += answers[3] != duties
        report.not_in_one_state += len(theirs.keys() - ours.keys())
        report.states = dict(states)
        self._count_papers(ours.keys() & theirs.keys(), ours)
        report.broken_chains = sum(site.ask("verify") for site in self.sites.values())
        report.restarts = sum(site.restarts for site in self.sites.values())
        return report

    def _count_papers(self, both: Set[str], ours: dict[str, Any]) -> None:
        """Where the file went, each of its papers lies there once and opens as what it was; where it was
        withdrawn, none that was not here."""
        here, there = (self.sites[name].ask("papers") for name in ("sender", "receiver"))
        for file in both:
            mine, went = here.get(file, []), there.get(file, [])
            whole = ours[file][0] in ("sent", "opened", "accepted", "contacted")
            self.report.papers_differ += went != mine if whole else not set(went) <= set(mine)
            self.report.papers += len(went)
        self.report.papers_differ += len(there.keys() - both)


def try_it(
    people: int, seed: int, *, told: bool = False, faults: Sequence[str] | None = None, rounds: int = ROUNDS,
    share: float = SHARE,
) -> Report:  # fmt: skip
    """The whole trial in folders that are removed afterwards. With `faults` these happen, one to a bundle, in
    their order; without, by the seed."""
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="guitu-trial-") as folder:
        trial = Trial(Path(folder), people, seed, iter(faults) if faults is not None else None)
        trial.share = share
        try:
            trial.sites["sender"].ask("seed", people, seed, trial.now())
            for number in range(rounds):
                for name, site in trial.sites.items():
                    site.ask("act", f"{seed}/{number}/{name}", trial.now())
                    trial.exchange_again(name)
                if number % 2:
                    trial.replay()
                if told:
                    done = sum(trial.report.faults.values())
                    print(say(Label(f"… 第 {number + 1} 轮，故障 {done} 次",
                                    f"… round {number + 1}, {done} faults")), file=sys.stderr)  # fmt: skip
            trial.heal()
            report = trial.count()
        finally:
            trial.end()
    report.seconds = monotonic() - began
    return report
