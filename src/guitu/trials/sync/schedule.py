"""One schedule: what the workers do, in an order and with faults that a seed decides, and the quiet end in
which everything that can arrive arrives.

Faults: the power goes (while the phone rests, while it keeps something, while it waits for an answer); a call
is lost on its way out or back, is heard twice, or comes once more much later, out of order; the phone's clock
is days off; its store is full; its token ends; the app and its forms are brought up to date with drafts open;
the server is put back to a backup, once or more; what was refused is written anew and refused once more.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.ids import uuid7
from guitu.trials.sync import moods
from guitu.trials.sync.moods import REFUSED, RESTORED
from guitu.trials.sync.phones import Phones
from guitu.trials.sync.server import ELSEWHERE, FILES, TOWN, VILLAGE, WORKERS, Server

Json = dict[str, Any]

KINDS: Final = ("follow_up", "service", "urine_test")
MOST_ROUNDS: Final = 12


class Broken(Exception):
    """Something is not as it must be."""


@dataclass
class Act:
    """One thing that a worker records: by which phone, in which words (they hold its token), whether the
    phone has kept it as finished, and by which entry it is said now. `by`: the act that withdrew it."""

    token: str
    phone: str
    file: UUID
    kind: str
    day: str
    fields: Json
    ids: list[str] = field(default_factory=list)
    finished: bool = False
    by: Act | None = None

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn, or that was withdrawn in its turn."""
        return self.by is None or not self.by.stands


@dataclass
class Phone:
    """A phone of a worker: how far its clock is off, and which version of a form its app has."""

    name: str
    worker: str
    skew: timedelta
    form: int


class Schedule:
    """One schedule on one server."""

    def __init__(self, seed: str, phones: Phones, server: Server) -> None:
        self.dice = random.Random(seed)
        self.engine = phones
        self.server = server
        self.acts: dict[str, Act] = {}
        self.faults: Counter[str] = Counter()
        self.counted: Counter[str] = Counter()
        self.air: list[tuple[Phone, str, Json | None]] = []
        self._happened: list[tuple[object, ...]] = []
        self.count = 0
        self.away: set[UUID] = set()
        """Who has moved to another town, as the office has it now or had it before it was restored."""
        self.mood = moods.drawn(self.dice)
        many = (1, 1, 2) if self.mood == RESTORED else (2, 2, 2, 3)
        workers = [*WORKERS, WORKERS[0]][: self.dice.choice(many)]
        self.phones = [
            Phone(f"p{n}", worker, self._skew(), self.dice.choice((1, 2, 2)))
            for n, worker in enumerate(workers)
        ]

    def _skew(self) -> timedelta:
        """How far a phone's clock is off: mostly little, sometimes days, sometimes years."""
        if self.dice.random() < 0.6:
            return timedelta(seconds=self.dice.randint(-90, 90))
        self.faults["clock"] += 1
        return timedelta(minutes=self.dice.choice((-525_600 * 3, -4000, -700, 700, 4000, 525_600)))

    def run(self) -> None:
        """Everything, to the quiet end."""
        for phone in self.phones:
            self.engine.act(phone.name, "forget", 0)
            self._do(phone, "start")
            self._do(phone, "bind", device=phone.name, token="t")
        self.server.back_up()
        if self.mood == REFUSED:
            self._move(ELSEWHERE)
        steps = moods.weights(self.mood)
        for step in self.dice.choices(list(steps), list(steps.values()), k=self.dice.randint(6, 16)):
            getattr(self, f"_{step}")()
        self._quiet()

    # What workers do ------------------------------------------------------------------------------------

    def _do(self, phone: Phone, does: str, **told: object) -> None:
        """One thing on one phone, by its own clock."""
        ms = int((self.server.now + phone.skew).timestamp() * 1000)
        self.engine.act(phone.name, does, ms, **told)
        self._tell(phone.name, does, told)

    def _tell(self, *happened: object) -> None:
        """Keep it for whoever prints the steps; the words are made only then."""
        self._happened.append(happened)

    @property
    def trace(self) -> list[str]:
        """What happened, line by line."""
        return [" ".join(str(word or "") for word in happened) for happened in self._happened]

    def _id(self, at: timedelta = timedelta()) -> str:
        moment = self.server.now + at
        return str(uuid7(int(moment.timestamp() * 1000), self.dice.randbytes(10)))

    def _write(self) -> None:
        """Record something, finished or left as a draft; or go on with a draft. A store that is full says so,
        and then nothing was written."""
        phone = self.dice.choice(self.phones)
        self._awake(phone)
        drafts = self.engine.drafts(phone.name)
        if drafts and self.dice.random() < 0.6:
            self._finish(phone, self.dice.choice(drafts))
            return
        self.count += 1
        act = self._thing(phone)
        identifier = self._id(phone.skew)
        self._do(phone, "write", id=identifier, content=self._content(phone, act))
        if not self.engine.state(phone.name, identifier):
            told = self.engine.look(phone.name)
            if not (told["fault"] or told["ended"] == "cut"):
                raise Broken(f"{act.token} was not kept, and the phone did not say so")
            return
        act.ids.append(identifier)
        self.acts[act.token] = act
        if self.dice.random() < 0.8:
            self._finish(phone, identifier)

    def _thing(self, phone: Phone) -> Act:
        kind, file = self.dice.choice(KINDS), self.dice.choice(FILES)
        token = f"事{self.count}"
        fields: Json = {"note": token}
        if kind == "follow_up":
            fields |= {"mode": self.dice.choice(("visit", "phone")), "result": "no_answer"}
        elif kind == "service":
            fields |= {"line": self.dice.choice(("care", "work"))}
        else:
            fields |= {"outcome": "taken", "result": self.dice.choice(("negative", "positive"))}
        now = self.server.now + phone.skew + timedelta(milliseconds=self.engine.offset(phone.name))
        day = (now - timedelta(days=self.dice.choice((0, 0, 1)))).date().isoformat()
        others = [a for a in self.acts.values() if a.kind == kind and a.phone != phone.name]
        if others and self.dice.random() < 0.5:  # a colleague was there too
            seen = self.dice.choice(others)
            file, day = seen.file, seen.day
        elif self.mood == REFUSED and self.away and self.dice.random() < 0.7:
            file = self.dice.choice(sorted(self.away))
        return Act(token, phone.name, file, kind, day, fields)

    def _content(self, phone: Phone, act: Act) -> Json:
        return {
            "file": str(act.file),
            "kind": act.kind,
            "version": phone.form if act.kind == "follow_up" else 1,
            "happened_on": act.day,
            "written_at": (self.server.now + phone.skew).isoformat(),
            "fields": act.fields,
        }

    def _finish(self, phone: Phone, identifier: str) -> None:
        self._do(phone, "ready", id=identifier)
        if self.engine.state(phone.name, identifier) not in ("", "draft"):
            act = next(a for a in self.acts.values() if identifier in a.ids)
            act.finished = True

    def _mend(self) -> None:
        """Correct or withdraw something that was delivered."""
        phone = self.dice.choice(self.phones)
        self._awake(phone)
        mine = [
            act
            for act in self.acts.values()
            if act.phone == phone.name
            and act.by is None
            and self.engine.state(phone.name, act.ids[-1]) == "delivered"
        ]
        if not mine:
            return
        first = self.dice.choice(mine)
        self.count += 1
        fields: Json = {"reason": f"事{self.count}"}
        act = Act(f"事{self.count}", phone.name, first.file, "void", first.day, fields)
        identifier = self._id(phone.skew)
        content = {**self._content(phone, act), "corrects": first.ids[-1]}
        self._do(phone, "write", id=identifier, content=content)
        if self.engine.state(phone.name, identifier):
            act.ids.append(identifier)
            self.acts[act.token] = act
            first.by = act
            self._finish(phone, identifier)

    def _again(self) -> None:
        """Write anew what came back, while everything goes on going wrong; not always better than before."""
        phone = self.dice.choice(self.phones)
        self._awake(phone)
        for item in self.engine.shown(phone.name):
            if item["state"] == "returned":
                self._anew(phone, item, mended=self.dice.random() < 0.6)
                if not self.engine.is_on(phone.name):
                    return
        if self.mood == REFUSED:
            self._exchange(phone)

    def _office(self) -> None:
        """Somebody at the office records something, so that numbers go on."""
        self.count += 1
        self.server.record(
            Entry(
                id=UUID(self._id()),
                file=self.dice.choice(FILES),
                kind="remark",
                happened_on=self.server.now.date(),
                recorded_at=self.server.now,
                author="office",
                unit=TOWN,
                fields={"text": f"办公室{self.count}"},
            )
        )

    def _move(self, unit: str = "") -> None:
        """Somebody moves to another town, or back: what arrives meanwhile is refused, and what had arrived
        before still has its receipt."""
        self.faults["moved"] += 1
        file, unit = self.dice.choice(FILES), unit or self.dice.choice(self._homes())
        (self.away.add if unit == ELSEWHERE else self.away.discard)(file)
        self.server.record(self._placed(file, unit))

    def _homes(self) -> tuple[str, ...]:
        return (ELSEWHERE, ELSEWHERE, ELSEWHERE, VILLAGE) if self.mood == REFUSED else (ELSEWHERE, VILLAGE)

    def _placed(self, file: UUID, unit: str) -> Entry:
        self.server.now += timedelta(minutes=1)
        return Entry(
            id=UUID(self._id()),
            file=file,
            kind="responsible_unit",
            happened_on=self.server.now.date(),
            recorded_at=self.server.now,
            author="office",
            unit=TOWN,
            fields={"unit": unit},
        )

    # What goes wrong ------------------------------------------------------------------------------------

    def _wait(self) -> None:
        """Time passes: minutes, hours, a day."""
        some = (3, 20) if self.mood == RESTORED else (3, 20, 200, 1440)
        self.server.now += timedelta(minutes=self.dice.choice(some))

    def _stop(self) -> None:
        """The power of a phone goes while it rests."""
        self.faults["power"] += 1
        self._do(self.dice.choice(self.phones), "die")

    def _awake(self, phone: Phone) -> None:
        """Its worker switches it on, if it is off."""
        if not self.engine.is_on(phone.name):
            self._do(phone, "start")

    def _fill(self) -> None:
        """A phone's store has no room for the next few changes."""
        self.faults["full"] += 1
        self._do(self.dice.choice(self.phones), "faults", full=self.dice.randint(1, 3))

    def _end_token(self) -> None:
        self.faults["token"] += 1
        self.server.refuses.add(self.dice.choice(self.phones).name)

    def _upgrade(self) -> None:
        """The app is brought up to date: it starts anew, and knows the newer form; drafts keep theirs."""
        phone = self.dice.choice(self.phones)
        self.faults["upgrade"] += 1
        self._do(phone, "start")
        phone.form = 2

    def _back_up(self) -> None:
        self.server.back_up()

    def _restore(self) -> None:
        self.faults["restore"] += 1
        which = self.dice.randrange(len(self.server.backups))
        if self.mood == RESTORED and self.dice.random() < 0.6:
            which = len(self.server.backups) - 1
        self._tell("server", "restored to backup", str(which))
        self.server.restore(which)
        if self.mood == REFUSED:
            self._late()

    def _late(self) -> None:
        """A call that was on its way arrives, again or at last; nobody hears the answer."""
        if self.air:
            self.faults["late"] += 1
            phone, path, body = self.air.pop(self.dice.randrange(len(self.air)))
            self._tell("late", phone.name, path[:12])
            self.server.answer(phone.name, phone.worker, path, body)

    def _exchange(self, phone: Phone | None = None) -> None:
        """A phone exchanges with the office, on a bad line."""
        phone = phone or self.dice.choice(self.phones)
        self._awake(phone)
        if self.dice.random() < 0.25:
            self.faults["power_keeping"] += 1
            cut, after = self.dice.randint(0, 5), self.dice.random() < 0.5
            self._do(phone, "faults", cut=cut, after=after)
        self._converse(phone, faults=self.dice.random() < 0.75)
        self._do(phone, "faults", cut=None)

    def _converse(self, phone: Phone, *, faults: bool) -> str:
        """One exchange, call by call; how it ended."""
        self._do(phone, "exchange")
        for _ in range(40):
            told = self.engine.look(phone.name)
            call = told["call"]
            if call is None:
                break
            self.server.now += timedelta(milliseconds=self.dice.randint(50, 3000))
            heard = self._carry(phone, call, faults=faults)
            if heard is None:  # the power went while it waited
                self._do(phone, "die")
            else:
                more = {} if heard.get("failed") == "unknown" else {"offset": self._offset(phone)}
                self._do(phone, "hear", call=call["id"], told=heard, **more)
        else:
            raise Broken("an exchange that does not end")
        ended = told["ended"]
        if ended is None:
            raise Broken("an exchange that waits for nothing")
        if ended == "sign_in" and self.dice.random() < 0.7:
            self._sign_in(phone)
        return str(ended)

    def _carry(self, phone: Phone, call: Json, *, faults: bool) -> Json | None:
        """One call, there and back: what the phone hears; None where its power goes meanwhile."""
        path, body = call["path"], call["body"]

        def ask() -> Json:
            return self.server.answer(phone.name, phone.worker, path, body)

        if not faults:
            return ask()
        fault = moods.fault(self.mood, self.dice)
        if fault != "none":
            self.faults[fault] += 1
            self._tell("", fault, path[:12])
        match fault:
            case "lost":
                return {"failed": "unknown"}
            case "unheard":
                ask()
                return {"failed": "unknown"}
            case "twice":
                ask()
                return ask()
            case "delayed":
                self.air.append((phone, path, body))
                return {"failed": "unknown"}
            case "power_before":
                return None
            case "power_after":
                ask()
                return None
        if self.dice.random() < (0.3 if self.mood == REFUSED else 0.1):
            self.air.append((phone, path, body))  # it arrives, and will arrive again
        return ask()

    def _offset(self, phone: Phone) -> int:
        """What the phone works out of the server's moment; the way there and back blurs it."""
        return int(-phone.skew.total_seconds() * 1000) + self.dice.randint(-1500, 1500)

    def _sign_in(self, phone: Phone) -> None:
        self.server.refuses.discard(phone.name)
        self._do(phone, "bind", device=phone.name, token="t")

    # The quiet end --------------------------------------------------------------------------------------

    def _quiet(self) -> None:
        """No more faults: everybody is where they were, workers finish their drafts, mend what came back, and
        exchange until nothing is left to do. Whatever was still on its way arrives first, or between their
        rounds, when what was refused has been written anew. Half of the time the day does not change any
        more, so that what a restored server lost is found by its mark alone."""
        same_day = self.mood == RESTORED or self.dice.random() < 0.4
        if not same_day:
            self.server.now += timedelta(days=1)
        self.server.record(*[self._placed(file, VILLAGE) for file in FILES])
        for phone in self.phones:
            self._do(phone, "faults", full=0, cut=None)
            self.server.refuses.discard(phone.name)
            self._awake(phone)
        last = self.dice.choice((0, 0, 1, 2))  # in which round what was still on its way arrives
        clean = 0
        for n in range(MOST_ROUNDS):
            while self.air and n >= last:
                self._late()
                clean = 0
            ended = [self._converse(phone, faults=False) for phone in self.phones]
            self.server.now += timedelta(minutes=5) if same_day or not clean else timedelta(days=1)
            did = [self._tidied(phone) for phone in self.phones]
            clean = 0 if any(did) or set(ended) != {"done"} else clean + 1
            if clean >= 2 and not self.air:
                return
        raise Broken(f"not quiet after {MOST_ROUNDS} rounds: {ended}")

    def leave(self) -> UUID | None:
        """After that, sometimes, somebody moves away for good, and every phone exchanges once more: who that
        was. Half of the time the server knows no more what a phone holds, and gives it everything."""
        if self.dice.random() >= 0.3:
            return None
        file = self.dice.choice(FILES)
        self.server.record(self._placed(file, ELSEWHERE))
        if self.dice.random() < 0.5:
            self.server.loads.clear()
        for phone in self.phones:
            if (ended := self._converse(phone, faults=False)) != "done":
                raise Broken(f"the last exchange of {phone.name} ended as {ended}")
        return file

    def _tidied(self, phone: Phone) -> bool:
        """Whether the worker had to do something: finish a draft, or write anew what the server refused."""
        did = False
        for item in self.engine.shown(phone.name):
            if item["state"] == "draft":
                self._finish(phone, item["id"])
                did = True
            elif item["state"] in ("waiting", "sending"):
                did = True
            elif item["state"] == "returned" or (item["state"] == "conflict" and not item["receipt"]):
                did = self._anew(phone, item) or did
        return did

    def _anew(self, phone: Phone, item: Json, *, mended: bool = True) -> bool:
        """Write anew what was refused, for its day by a clock that is right now, or as wrong as before."""
        act = next(a for a in self.acts.values() if item["id"] in a.ids)
        if item["id"] != act.ids[-1]:
            return False  # it has been written anew already
        if item["state"] == "conflict":
            raise Broken(f"{item['id']} has other content on the server")
        if item["code"] not in ("date_in_future", "date_order", "not_allowed", "refused_before"):
            raise Broken(f"{act.kind} was refused: {item['code']} {item['said']}")
        day = act.day
        if mended:
            day = max(min(day, (self.server.now - timedelta(days=1)).date().isoformat()), "2026-11-01")
        identifier = self._id()
        content = {**item["content"], "happened_on": day}
        self._do(phone, "write", id=identifier, content=content, instead=item["id"])
        if not self.engine.state(phone.name, identifier):
            return True  # its store is full, or its power went: it is done another time
        if len(act.ids) > 1:
            self.faults["refused_again"] += 1
        act.day = day
        act.ids.append(identifier)
        self._finish(phone, identifier)
        return True
