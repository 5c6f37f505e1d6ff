"""What has come of a positive test: whether it is confirmed, refuted or neither, by the chain of its samples.

A positive on the spot is confirmed by nobody but a laboratory, and an unconfirmed one moves nothing. Nothing
is decided here: gaps of the chain (one tester, a broken seal, one laboratory for both tests) are named with
what asks for them, for an officer to weigh and for the person to read.

Lengths: samples are kept for six months at least (吸毒检测程序规定 art. 8 as amended in 2016, seen in
secondary copies). Days for objections are the office's own presets and are not repeated here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.casefile.traced import Traced
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label

Outcome = Literal["negative", "not_taken", "unconfirmed", "objected", "at_laboratory", "confirmed", "refuted"]

OUTCOMES: Final[dict[Outcome, Label]] = {
    "negative": Label("阴性", "Negative"),
    "not_taken": Label("没有检测", "Not taken"),
    "unconfirmed": Label(
        "现场阳性，未经确认，不作任何处理", "Positive on the spot, unconfirmed: it moves nothing"
    ),
    "objected": Label("本人有异议，待答复", "The person objects; an answer is awaited"),
    "at_laboratory": Label("已送实验室，待报告", "With the laboratory"),
    "confirmed": Label("经实验室确认为阳性", "Confirmed positive by a laboratory"),
    "refuted": Label("实验室推翻，不是阳性", "Refuted by a laboratory: not positive"),
}
KEPT_MONTHS: Final = 6
SENT: Final = ("laboratory", "retest")
OF_TEST: Final = ("sample_sealed", "sample_moved", "lab_report", "lab_result_told")
KINDS: Final = frozenset({"urine_test", "objection", "objection_answer", *OF_TEST})
"""Everything the chain is read from."""

ART_TWO: Final = "吸毒检测程序规定#8"
ART_BODIES: Final = "吸毒检测程序规定#4"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the chain lacks, and the article that asks for it (one seen in secondary copies
    only)."""

    code: str
    label: Label
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One of the two samples: its number, where it is, who had it last, whether its seal is whole."""

    which: str
    number: str
    place: str
    whole: bool
    destroyed: Entry | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """A test and everything that belongs to it, in the order of days. `keep_until` is the first day on which
    samples may be destroyed. `standing` says whether what the test's own entry claims agrees with the
    chain."""

    test: Entry
    outcome: Outcome
    steps: tuple[Entry, ...]
    samples: tuple[Sample, ...]
    gaps: tuple[Gap, ...]
    keep_until: date | None = None
    standing: bool = True

    @property
    def counts(self) -> bool:
        """Whether it counts as a positive."""
        return self.outcome == "confirmed"

    @property
    def unanswered(self) -> Entry | None:
        """The objection, or the re-test asked for, that waits for its answer."""
        return _unanswered(self.steps)

    @property
    def named(self) -> str:
        """The id by which the next step names the test: as those before it did, although the test was
        corrected since, so that the clocks of one sample find its steps."""
        return next((str(e.get("test")) for e in self.steps if e.get("test")), str(self.test.id))


def known_as(test: Entry, entries: Iterable[Entry]) -> frozenset[str]:
    """The ids by which a test is named in its chain: its own, and those of what it corrects. `entries` are
    all of the file, those too that no longer count."""
    by_id = {e.id: e for e in entries}
    found, now = {str(test.id)}, test.corrects
    while now is not None and str(now) not in found:
        found.add(str(now))
        now = by_id[now].corrects if now in by_id else None
    return frozenset(found)


def chain_of(
    test: Entry,
    counted: Iterable[Entry],
    on: date,
    *,
    sex: str = "",
    names: frozenset[str] = frozenset(),
    every: Iterable[Entry] = (),
) -> Chain:
    """The chain of a test as known on a day. `sex` is the person's, where it is known; `names` the ids by
    which a test that was corrected is named (`known_as`); `every` all entries of the file, by which an answer
    stays with an objection that was corrected."""
    counted = _settled(tuple(counted), Traced(every))
    mine = names or frozenset({str(test.id)})
    entries = sorted(
        (e for e in counted if e.kind in KINDS and e.happened_on <= on and _belongs(e, mine, counted)),
        key=lambda e: (e.happened_on, e.recorded_at),
    )
    outcome = _outcome(test, entries)
    sealed = _last(entries, "sample_sealed")
    keep = add_months(sealed.happened_on, KEPT_MONTHS) if sealed is not None else None
    return Chain(
        test,
        outcome,
        tuple(entries),
        tuple(_samples(sealed, entries)) if sealed is not None else (),
        tuple(_gaps(test, entries, sealed, keep, sex)),
        keep,
        _agrees(test, outcome),
    )


def positives(counted: Sequence[Entry]) -> tuple[Entry, ...]:
    """The tests of a file that were positive on the spot, the latest first."""
    found = [e for e in counted if e.kind == "urine_test" and e.get("result") == "positive"]
    return tuple(sorted(found, key=lambda e: (e.happened_on, e.recorded_at), reverse=True))


def hanging(test: Entry, counted: Iterable[Entry], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The steps that an office recorded of a test and that count: they do not go with it when it is
    withdrawn. `entries` are all of the file."""
    names = known_as(test, entries)
    return tuple(e for e in counted if e.kind in OF_TEST and str(e.get("test")) in names)


def _settled(counted: tuple[Entry, ...], traced: Traced) -> tuple[Entry, ...]:
    """The entries, those that answer an objection naming it as it is now."""
    now = {traced.first(e.id): str(e.id) for e in counted if e.kind == "objection"}
    return tuple(
        replace(e, fields={**e.fields, "to": now[first]})
        if e.kind == "objection_answer" and (first := traced.first(e.get("to"))) in now
        else e
        for e in counted
    )


def _belongs(entry: Entry, mine: frozenset[str], counted: Iterable[Entry]) -> bool:
    if entry.kind in OF_TEST:
        return str(entry.get("test")) in mine
    if entry.kind == "objection":
        return str(entry.get("entry")) in mine
    if entry.kind == "objection_answer":
        to = str(entry.get("to"))
        return any(e.kind == "objection" and str(e.id) == to and str(e.get("entry")) in mine for e in counted)
    return False


NO_REPORT: Final = Label(
    "“经实验室确认”要有实验室报告：先登记留样、送检和报告，报告为阳性后，再更正这条检测。",
    "“confirmed by a laboratory” takes its report: record the samples, where they went and what the"
    " laboratory said; when it says positive, correct this test.",
)


def unfounded(test: Entry, entries: Sequence[Entry], counted: Iterable[Entry]) -> Label | None:
    """Why a test cannot be said to be confirmed: no laboratory has said so. None where nothing of the sort is
    said, where one has, or where the test that is corrected said it already. `entries` are all of the file so
    far, `counted` those that count."""
    if test.get("result") != "positive" or test.get("confirmed") != "yes":
        return None
    before = next((e for e in entries if e.id == test.corrects), None)
    if before is not None and before.get("confirmed") == "yes":
        return None
    chain = chain_of(test, tuple(counted), date.max, names=known_as(test, entries), every=entries)
    return None if chain.outcome == "confirmed" else NO_REPORT


def _outcome(test: Entry, entries: Sequence[Entry]) -> Outcome:
    if test.get("outcome") != "taken":
        return "not_taken"
    if test.get("result") != "positive":
        return "negative"
    if reports := _usable(entries):
        again = [e for e in reports if e.get("stage") == "retest"]
        last = (again or reports)[-1]
        if last.get("result") == "negative":
            return "refuted"
        return "confirmed"
    if _awaited(entries) is not None:
        return "at_laboratory"
    if _unanswered(entries) is not None:
        return "objected"
    return "unconfirmed"


def _awaited(entries: Sequence[Entry]) -> Entry | None:
    """The sample that was sent last, where it was sent more often than reported and nothing was found."""
    sent = [e for e in entries if e.kind == "sample_moved" and e.get("why") in SENT]
    if not sent or any(e.get("stage") == sent[-1].get("why") for e in _usable(entries)):
        return None
    stage = sent[-1].get("why")
    reported = sum(e.kind == "lab_report" and e.get("stage") == stage for e in entries)
    return sent[-1] if sum(e.get("why") == stage for e in sent) > reported else None


def _usable(entries: Sequence[Entry]) -> list[Entry]:
    """The reports that found something: a sample that could not be tested uses up no test."""
    return [e for e in entries if e.kind == "lab_report" and e.get("result") in ("positive", "negative")]


def _unanswered(entries: Sequence[Entry]) -> Entry | None:
    """The first objection that nobody has answered yet."""
    answered = {str(e.get("to")) for e in entries if e.kind == "objection_answer"}
    return next((e for e in entries if e.kind == "objection" and str(e.id) not in answered), None)


def _agrees(test: Entry, outcome: Outcome) -> bool:
    """Whether the test's own “confirmed” says what the laboratory says."""
    said = test.get("confirmed") == "yes"
    return said == (outcome == "confirmed") or test.get("result") != "positive"


def _samples(sealed: Entry, entries: Sequence[Entry]) -> Iterator[Sample]:
    for which in ("a", "b"):
        place, whole, gone = str(sealed.get("kept_at") or ""), True, None
        for moved in entries:
            if moved.kind != "sample_moved" or moved.get("which") != which:
                continue
            whole = whole and moved.get("seal") == "whole"
            if moved.get("why") == "destroyed":
                gone = moved
            place = str(moved.get("to_place") or moved.get("to_whom") or place)
        yield Sample(which, str(sealed.get(f"{which}_no") or ""), place, whole, gone)


def _gaps(
    test: Entry, entries: Sequence[Entry], sealed: Entry | None, keep: date | None, sex: str
) -> Iterator[Gap]:
    if test.get("outcome") != "taken":
        return
    testers = {str(test.get(name) or "").strip() for name in ("tester_1", "tester_2")} - {""}
    if len(testers) < 2:
        yield Gap("one_tester", Label("须由两名以上工作人员检测", "Two members of staff must test"), ART_TWO)
    if test.get("result") != "positive":
        return
    if sealed is None:
        yield Gap(
            "not_sealed",
            Label("现场阳性，没有登记留样封存", "Positive on the spot, and no samples were sealed"),
            ART_TWO,
        )
    else:
        yield from _of_seal(sealed, sex)
    yield from _of_hands(entries, keep)


def _of_seal(sealed: Entry, sex: str) -> Iterator[Gap]:
    if sex == "female" and sealed.get("specimen") == "urine" and sealed.get("taker_sex") != "female":
        yield Gap(
            "not_by_a_woman",
            Label("女性的尿样应由女工作人员采集", "A woman's urine is taken by a woman"),
            ART_TWO,
        )
    if str(sealed.get("taker_1") or "").strip() == str(sealed.get("taker_2") or "").strip():
        yield Gap("one_taker", Label("采样须两人", "Two must take the sample"), ART_TWO)
    if sealed.get("told") != "yes":
        yield Gap("not_told", Label("结果没有当场告知本人", "The result was not told on the spot"))
    if str(sealed.get("a_no") or "") == str(sealed.get("b_no") or ""):
        yield Gap("one_number", Label("A、B 样本编号相同", "Both samples have one number"))


def _of_hands(entries: Sequence[Entry], keep: date | None) -> Iterator[Gap]:
    for moved in entries:
        if moved.kind == "sample_moved" and moved.get("seal") == "broken":
            which = "A" if moved.get("which") == "a" else "B"
            yield Gap(
                "broken",
                Label(
                    f"{which} 样本封口破损（{moved.happened_on}）",
                    f"The seal of sample {which} was broken on {moved.happened_on}",
                ),
            )
        gone = moved.kind == "sample_moved" and moved.get("why") == "destroyed"
        if gone and keep is not None and moved.happened_on < keep:
            yield Gap(
                "destroyed_early",
                Label(
                    f"样本应保存到 {keep}，{moved.happened_on} 已销毁",
                    f"To be kept until {keep}, destroyed on {moved.happened_on}",
                ),
                ART_TWO,
            )
    reports = [e for e in entries if e.kind == "lab_report"]
    first = {_body(e) for e in reports if e.get("stage") == "laboratory"}
    if any(_body(e) in first for e in reports if e.get("stage") == "retest"):
        yield Gap(
            "same_body",
            Label("检测和复检不得由同一检测机构进行", "Test and re-test must not be by the same body"),
            ART_BODIES,
        )
    told = {e.get("stage") for e in entries if e.kind == "lab_result_told"}
    for stage in sorted({str(e.get("stage")) for e in reports} - {str(s) for s in told}):
        word = Label("复检", "re-test") if stage == "retest" else Label("实验室检测", "laboratory test")
        yield Gap(
            f"{stage}_not_told",
            Label(f"{word.zh}结果没有登记告知本人", f"No entry that the person was told the {word.en}"),
        )
    sent = [e for e in entries if e.kind == "sample_moved" and e.get("why") in SENT]
    if reports and not sent:
        yield Gap("not_sent", Label("有报告，没有登记送检", "A report, and no entry that a sample was sent"))


def _body(entry: Entry) -> str:
    return "".join(str(entry.get("body") or "").split()).casefold()


def _last(entries: Sequence[Entry], kind: str) -> Entry | None:
    return next((e for e in reversed(entries) if e.kind == kind), None)


# ── what comes next ───────────────────────────────────────────────────────────────────────────────


def next_step(chain: Chain) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The kind that is recorded next, with the answers already known; nothing where the chain is complete."""
    known = (("test", chain.named),)
    kinds = {e.kind for e in chain.steps}
    if chain.outcome in ("negative", "not_taken"):
        return "", ()
    if "sample_sealed" not in kinds:
        return "sample_sealed", known
    if untold := [stage for stage in SENT if _owes_telling(chain.steps, stage)]:
        return "lab_result_told", (*known, ("stage", untold[-1]))
    if chain.unanswered is not None:
        return "objection_answer", (("to", str(chain.unanswered.id)),)
    if (sent := _awaited(chain.steps)) is not None:
        return "lab_report", (*known, ("stage", str(sent.get("why"))), ("which", str(sent.get("which"))))
    retest = any(e.kind == "objection_answer" and e.get("outcome") == "retest" for e in chain.steps)
    reported = {str(e.get("stage")) for e in _usable(chain.steps)}
    if retest and "retest" not in reported:
        return "sample_moved", (*known, ("why", "retest"))
    if not reported:
        return "sample_moved", (*known, ("why", "laboratory"))
    return "", ()


def _owes_telling(steps: Sequence[Entry], stage: str) -> bool:
    """Whether fewer results of that stage were told than reported."""
    reported, told = (
        sum(e.kind == kind and e.get("stage") == stage for e in steps)
        for kind in ("lab_report", "lab_result_told")
    )
    return told < reported
