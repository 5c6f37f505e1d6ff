"""Who trains in a centre: each person's clearance and prescription as they stand on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from guitu.casefile import Entry
from guitu.centre import exercise, fitness
from guitu.centre.exercise import Clearance, Stop
from guitu.centre.fitness import Tested
from guitu.kernel.reasons import Decision
from guitu.store.centre.reading import Person, days_of


@dataclass(frozen=True)
class Trainee:
    """One person, and the days of stop signs of which the reader may know no more than that they were. What
    was worked out for a day is kept as long as the trainee: a list asks for it again and again."""

    person: Person
    stops: tuple[Stop, ...]
    _clearances: dict[date, Clearance | None] = field(default_factory=dict, repr=False, compare=False)
    _prescriptions: dict[date, Entry | None] = field(default_factory=dict, repr=False, compare=False)

    def clearance(self, on: date) -> Clearance | None:
        """The clearance as it stands on a day."""
        if on not in self._clearances:
            self._clearances[on] = exercise.clearance(self.person.entries, on, self.stops)
        return self._clearances[on]

    def prescription(self, on: date) -> Entry | None:
        """The prescription in force on a day."""
        if on not in self._prescriptions:
            self._prescriptions[on] = exercise.prescription(self.person.entries, on, self.stops)
        return self._prescriptions[on]

    def may_prescribe(self, on: date, high: int | None = None) -> Decision:
        """Whether a prescription may be written."""
        return exercise.may_prescribe(self.person.entries, on, high, self.stops)

    def tests(self) -> tuple[Tested, ...]:
        """The fitness tests, in the order of days."""
        return self._tests

    @cached_property
    def _tests(self) -> tuple[Tested, ...]:
        return fitness.tests(self.person.entries)

    def cleared(self, on: date) -> bool:
        """Whether the person may train on that day."""
        found = self.clearance(on)
        return found is not None and found.holds(on)


def trainees(people: Iterable[Person]) -> tuple[Trainee, ...]:
    """These people, with what ends a clearance."""
    some = tuple(people)
    stops = days_of((p.no for p in some), "training_stop")
    return tuple(Trainee(p, stops.get(p.no, ())) for p in some)
