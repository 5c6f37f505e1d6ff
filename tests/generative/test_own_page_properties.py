"""Whatever stands in a file, the person's own page and copy say nothing of anybody else."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guitu.casefile import CaseFile, Entry, Kind, Value
from guitu.casefile.fields import Ask
from guitu.compose import kinds, policy
from guitu.exchange.documents import own_copy
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.pathway import assess
from guitu.web.language import speaking
from guitu.web.pages.mine import build
from guitu.web.pages.mine.sample import sample
from guitu.web.templating import render

FILE = UUID(int=11)
TODAY = date(2026, 11, 23)
OTHERS = "他人某某"
NOTE = "备注某某"
PERSON_KINDS = sorted(k.name for k in kinds().values() if k.about == "person" and k.name != "void")
BESIDE_THE_FILE = ("handover_prepared", "handover_sent", "recovery_place_stay")
OFTEN = [*PERSON_KINDS, *(BESIDE_THE_FILE * 20)]
"""Parts of the page that also ask the store: drawn evenly, hardly any file would have them."""


def filled(ask: Ask, fields: dict[str, Value], draw: st.DrawFn) -> Value:
    """An answer to one question; what tells of others, and free text by staff, can be told from all else."""
    match ask.type:
        case "choice":
            return draw(st.sampled_from([c.value for c in ask.choices]))
        case "day":
            return draw(st.dates(date(2020, 1, 1), date(2029, 1, 1)))
        case "whole":
            return draw(st.integers(ask.least or 1, min(ask.most or 40, 40)))
        case "unit":
            return "46"
    if ask.of_others:
        return OTHERS
    return NOTE if ask.type == "long_text" and not ask.to_person else "本人的话"


@st.composite
def files(draw: st.DrawFn) -> CaseFile:
    """Any entries of any kinds in any order."""
    entries: list[Entry] = []
    for place in range(draw(st.integers(0, 14))):
        kind: Kind = kinds()[draw(st.sampled_from(OFTEN))]
        fields: dict[str, Value] = {}
        for ask in kind.fields:
            if ask.applies(fields):
                fields[ask.name] = filled(ask, fields, draw)
        if kind.answers and entries:
            fields[kind.answers] = str(draw(st.sampled_from(entries)).id)
        day = draw(st.dates(date(2022, 1, 1), TODAY))
        at = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA) + timedelta(minutes=place)
        entries.append(
            Entry(
                id=uuid7(int(at.timestamp() * 1000), place.to_bytes(10, "big")), file=FILE, kind=kind.name,
                happened_on=day, recorded_at=at, author="别人账号", unit="46", fields=fields,
                reason=NOTE,
            )
        )  # fmt: skip
    return CaseFile(FILE, tuple(entries))


def page_of(file: CaseFile, language: str) -> str:
    about = build.About(sample(file), assess(file, policy("46"), TODAY), TODAY)
    with speaking(language):
        page = build.mine(about)
        values = {"page": page, "frame": _Frame(), "status": 200, "csrf_token": "", "made": ""}
        return str(render("pages/mine/template.html", **values))


class _Frame:
    """As much of a frame as the page asks for."""

    path, account = "/mine/", ""

    class kept:  # noqa: N801 - named as the template asks for it
        lang, signed_in, demo, other_size, other_contrast = "zh-CN", True, False, "large", "high"

        class view:  # noqa: N801
            contrast, size, language = "normal", "normal", "zh-hans"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=files())
def test_the_page_never_names_anybody_else(places: object, file: CaseFile) -> None:
    for language in ("zh-hans", "en"):
        html = page_of(file, language)
        shown = re.sub(r'<section aria-labelledby="family".*?</section>', "", html, flags=re.DOTALL)
        assert OTHERS not in shown  # whom the person let look stands in that section, for the person
        assert NOTE not in html
        assert "别人账号" not in html


@settings(max_examples=60, deadline=None)
@given(files(), st.booleans())
def test_the_copy_holds_every_entry_and_nothing_of_others(file: CaseFile, restricted: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_copy, "tree", lambda: type("Nowhere", (), {"get": staticmethod(lambda code: None)}))
        made = own_copy.own_copy(
            sample(file), assess(file, policy("46"), TODAY), datetime(2026, 11, 23, tzinfo=CHINA),
            restricted=restricted,
        )  # fmt: skip
    text = made.json().decode()
    assert OTHERS not in text
    assert NOTE not in text
    assert "别人账号" not in text
    told = {kinds()[e.kind].compartment for e in made.entries}
    assert restricted or "medical_restricted" not in told
    assert len(made.entries) + len(made.left_out) == len(file.entries)
