"""Working projections out again: all of them from the entries, or those that a new day may have changed.

Both go through the files a few hundred at a time, each lot in its own transaction with its files locked, so
people may go on working and a stopped run is simply started again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from guitu.store import casefiles, complaints, engine
from guitu.store.keys import provider
from guitu.store.models import LEVELS
from guitu.store.projections import Tallies, person_of, project, write, write_people
from guitu.store.units import tree

AT_ONCE = 300

Progress = Callable[[int, int], None]


@engine.house()
def rebuild(day: date, progress: Progress | None = None) -> int:
    """Work out every person's projections as of `day`, and all tallies; how many people."""
    found = engine.row("SELECT count(*) FROM store_casefile WHERE about = 'person'")
    total = found[0] if found else 0
    done = last = 0
    while numbers := _next("store_casefile", "no", "about = 'person'", [], last):
        _work_out(numbers, day)
        last = numbers[-1]
        done += len(numbers)
        if progress is not None:
            progress(done, total)
    complaints.rebuild()
    _sweep()
    return done


@engine.house()
def refresh(day: date, *, limit: int | None = None, progress: Progress | None = None) -> int:
    """Work out again whoever's answer may have changed by `day` although nothing was recorded; how many. What
    was done on earlier days is no longer counted."""
    with engine.writing():
        engine.execute(
            "UPDATE store_casestatus SET done_on = NULL, done_n = NULL"
            " WHERE done_n IS NOT NULL AND done_on < %s",
            [day.isoformat()],
        )
        engine.analyse()
    where, values = "recheck_on <= %s", [day.isoformat()]
    found = engine.row(f"SELECT count(*) FROM store_casestatus WHERE {where}", values)
    total = min(found[0] if found else 0, limit or found[0] if found else 0)
    done = last = 0
    while (limit is None or done < limit) and (
        numbers := _next("store_casestatus", "file", where, values, last)
    ):
        numbers = numbers if limit is None else numbers[: limit - done]
        _work_out(numbers, day)
        last = numbers[-1]
        done += len(numbers)
        if progress is not None:
            progress(done, total)
    return done


@engine.house()
def refresh_these(numbers: Sequence[int], day: date) -> None:
    """The same for these files only, before something is done that cannot be taken back."""
    for some in engine.in_chunks(numbers):
        these, values = engine.is_any("file", some)
        found = engine.rows(
            f"SELECT file FROM store_casestatus WHERE recheck_on <= %s AND {these} ORDER BY file",
            [day.isoformat(), *values],
        )
        if found:
            _work_out([row[0] for row in found], day)


@engine.house()
def stale(day: date) -> bool:
    """Whether anybody's answer may have changed by `day`: a refresh is due."""
    return (
        engine.row("SELECT 1 FROM store_casestatus WHERE recheck_on <= %s LIMIT 1", [day.isoformat()])
        is not None
    )


@engine.house()
def name_again() -> int:
    """Work out what people are found by where nothing of it is there; how many had something. SQLite then
    gives back the space in which it might have lain readable before."""
    where, last, done = "sealed = %s", 0, 0
    while numbers := _next("store_person", "file", where, [b""], last):
        with engine.writing():
            files = casefiles.by_numbers(numbers, lock=True)
            casefiles.fill(files)
            found = [(f, person_of(f.case_file, provider())) for f in files]
            write_people([(f.no, f.unit, who) for f, who in found if who.sealed])
        last = numbers[-1]
        done += sum(bool(who.sealed) for _, who in found)
    if done and not engine.is_postgresql():
        engine.execute("VACUUM")
    return done


def _next(table: str, column: str, where: str, values: Sequence[object], last: int) -> list[int]:
    return [
        r[0]
        for r in engine.rows(
            f"SELECT {column} FROM {table} WHERE {where} AND {column} > %s ORDER BY {column} LIMIT {AT_ONCE}",
            [*values, last],
        )
    ]


def _work_out(numbers: Sequence[int], day: date) -> None:
    """Project these files anew and write what differs; again if somebody else was in the way."""
    for again in (True, True, False):
        try:
            return _work_out_once(numbers, day)
        except engine.StoreUnavailable as problem:
            if not (problem.passing and again):
                raise


def _work_out_once(numbers: Sequence[int], day: date) -> None:
    with engine.writing():
        tallies = Tallies()
        units = tree()
        files = casefiles.by_numbers(numbers, lock=True)
        casefiles.fill(files)
        worked_out = [
            project(f.no, f.case_file, day, n=f.n, last_ms=f.last_ms, tree=units, keys=provider())
            for f in files
        ]
        write(worked_out, tallies)
        moved = [
            (p.unit.no if p.unit else None, f.no)
            for p, f in zip(worked_out, files, strict=True)
            if f.unit != (p.unit.no if p.unit else None)
        ]
        engine.execute_many("UPDATE store_casefile SET unit = %s WHERE no = %s", moved)
        tallies.flush()


def _sweep() -> None:
    """Remove rows of files that do not exist, and count the tallies afresh from the rows."""
    with engine.writing():
        if engine.is_postgresql():
            engine.execute("LOCK TABLE store_casestatus, store_duty IN SHARE ROW EXCLUSIVE MODE")
        for table in (
            "store_casestatus", "store_duty", "store_person", "store_personkey", "store_oldnumber",
            "store_merged", "store_filearea",
        ):  # fmt: skip
            engine.execute(
                f"DELETE FROM {table} WHERE NOT EXISTS"
                f" (SELECT 1 FROM store_casefile f WHERE f.no = {table}.file AND f.about = 'person')"
            )
        engine.execute("DELETE FROM store_dutytally")
        engine.execute("DELETE FROM store_filetally")
        for level in LEVELS:
            engine.execute(
                "INSERT INTO store_dutytally (unit, duty, due_key, n)"
                f" SELECT {level}, name, due_key, count(*) FROM store_duty WHERE {level} IS NOT NULL"
                f" GROUP BY {level}, name, due_key"
            )
            engine.execute(
                "INSERT INTO store_filetally (unit, measure, state, n, overdue, rights)"
                f" SELECT {level}, measure, state, count(*), sum(CASE WHEN overdue_n > 0 THEN 1 ELSE 0 END),"
                " sum(CASE WHEN rights THEN 1 ELSE 0 END)"
                f" FROM store_casestatus WHERE {level} IS NOT NULL GROUP BY {level}, measure, state"
            )
