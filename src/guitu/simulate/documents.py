"""What is printed on invented papers: document numbers and the authority that signed."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from guitu.simulate.institutions import Home

_SERIES: Final = {
    "voluntary": "自戒协",
    "community_treatment": "社戒决",
    "compulsory_isolation": "强戒决",
    "community_recovery": "社康决",
}


def document_no(rng: Random, measure: str, day: date) -> str:
    """A number in the usual form: 示公强戒决字〔2025〕00417号."""
    return f"示公{_SERIES[measure]}字〔{day.year}〕{rng.randint(1, 99_999):05d}号"


def authority(home: Home) -> str:
    """The invented police bureau of the home county."""
    return f"{home.county_name}示范公安局"
