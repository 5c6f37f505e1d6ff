"""The same questions put to OpenFisca-Core: a small model of the terms of the three ordered measures.

OpenFisca knows variables of persons and periods, not entries: what happened is given to it as inputs (the
days and sums that SQL reads off the entries), and it works out first and last day, state and three findings.
It is measured beside the sweep and `assess`; nothing else reads it. The library is AGPL and is installed for
measuring only.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

VOLUNTARY, TREATMENT, ISOLATION, RECOVERY = range(4)
NEVER = np.datetime64("9999-12-31")
INPUTS = {
    "measure": int, "ordered": date, "served": date, "reported": date, "printed_end": date, "released": date,
    "early": date, "stated": int, "longer": int, "pushed": int, "still": bool, "excused": bool,
    "refusals": int, "absences": int, "absent": int,
}  # fmt: skip
"""What the model is given of the order that counts for each person: name and type."""
ANSWERS = ("ends_on", "state", "deemed_refusal", "serious_breach", "held_past_term")


def system() -> Any:
    """The model: one kind of entity, the inputs, five formulas."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity("person", "persons", "somebody under an order", is_person=True)

    def given(name: str, kind: type) -> type:
        body: dict[str, Any] = {"value_type": kind, "entity": person, "definition_period": DateUnit.ETERNITY}
        if kind is date:
            body["default_value"] = date(9999, 12, 31)
        return type(name, (Variable,), body)

    class starts(Variable):  # noqa: N801 - OpenFisca names a variable by its class
        value_type, entity, definition_period = date, person, DateUnit.DAY
        default_value = date(9999, 12, 31)

        def formula(self, period: Any, parameters: Any = None) -> Any:
            return np.where(
                self("measure", period) == ISOLATION, self("ordered", period), self("reported", period)
            )

    class ends_on(Variable):  # noqa: N801
        value_type, entity, definition_period = date, person, DateUnit.DAY
        default_value = date(9999, 12, 31)

        def formula(self, period: Any, parameters: Any = None) -> Any:
            first, measure = self("starts", period), self("measure", period)
            term = np.select(
                [measure == ISOLATION, measure == TREATMENT, measure == RECOVERY],
                [24, 36, self("stated", period)],
                0,
            )
            printed = self("printed_end", period)
            plain = _add_months(first, term) - np.timedelta64(1, "D")
            base = np.where((printed != NEVER) & (printed >= first), printed, plain)
            longer = _add_months(base, self("longer", period)) + self("pushed", period).astype(
                "timedelta64[D]"
            )
            return np.where(first == NEVER, NEVER, np.minimum(longer, self("early", period)))

    class state(Variable):  # noqa: N801
        """0 awaiting report, 1 in force, 2 suspended, 3 ended."""

        value_type, entity, definition_period = int, person, DateUnit.DAY

        def formula(self, period: Any, parameters: Any = None) -> Any:
            on = np.datetime64(str(period.start))
            ended = (self("released", period) != NEVER) | (
                (self("ends_on", period) < on) & ~self("still", period)
            )
            return np.select(
                [ended, self("starts", period) == NEVER, self("still", period)], [3, 0, 2], default=1
            )

    class deemed_refusal(Variable):  # noqa: N801
        value_type, entity, definition_period = bool, person, DateUnit.DAY

        def formula(self, period: Any, parameters: Any = None) -> Any:
            on = np.datetime64(str(period.start))
            served = self("served", period)
            late = (served != NEVER) & (np.minimum(served, on) + np.timedelta64(15, "D") < on)
            return late & (self("starts", period) == NEVER) & ~self("excused", period)

    class serious_breach(Variable):  # noqa: N801
        value_type, entity, definition_period = bool, person, DateUnit.DAY

        def formula(self, period: Any, parameters: Any = None) -> Any:
            return (
                (self("refusals", period) >= 3)
                | (self("absences", period) >= 3)
                | (self("absent", period) > 30)
            )

    class held_past_term(Variable):  # noqa: N801
        value_type, entity, definition_period = bool, person, DateUnit.DAY

        def formula(self, period: Any, parameters: Any = None) -> Any:
            on = np.datetime64(str(period.start))
            return (
                (self("measure", period) == ISOLATION)
                & (self("ends_on", period) < on)
                & (self("released", period) == NEVER)
            )

    model = TaxBenefitSystem([person])
    model.add_variables(*(given(name, kind) for name, kind in INPUTS.items()))
    model.add_variables(starts, ends_on, state, deemed_refusal, serious_breach, held_past_term)
    return model


def answer(model: Any, inputs: dict[str, np.ndarray], on: date) -> dict[str, np.ndarray]:
    """The five answers of everybody on a day; `inputs` as INPUTS, one element a person."""
    from openfisca_core.simulation_builder import SimulationBuilder

    number = len(inputs["measure"])
    simulation = SimulationBuilder().build_default_simulation(model, count=number)
    simulation.max_spiral_loops = 10  # with its default it answers defaults without a word
    for name, values in inputs.items():
        simulation.set_input(name, "ETERNITY", values)
    return {name: simulation.calculate(name, str(on)) for name in ANSWERS}


def _add_months(days: np.ndarray, months: np.ndarray) -> np.ndarray:
    """The same day so many months later; the month's last where it has no such day."""
    month = days.astype("datetime64[M]")
    day = (days - month.astype("datetime64[D]")).astype(np.int64)
    target = month + months.astype("timedelta64[M]")
    last = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64) - 1
    return target.astype("datetime64[D]") + np.minimum(day, last).astype("timedelta64[D]")
