"""What an office has published of its scoreboard, open to everybody: the edition as it was fixed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from guitu.kernel.labels import Label
from guitu.store.levels import scoreboard as kept
from guitu.store.levels.scoreboard import Edition
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.scoreboard import build, words

ROOT = "/scoreboard/public/"


def _found(request: HttpRequest) -> tuple[Edition | None, tuple[Edition, ...]]:
    """The edition that is asked for, else of the highest unit; and all there are. 404 for a unit without."""
    every = kept.editions()
    code = request.GET.get("unit", "")
    if not code:
        return (every[0] if every else None), every
    one = next((e for e in every if e.unit.code == code), None)
    if one is None:
        raise Http404(code)
    return one, every


@shows("scoreboard_public", public=True)
def public(request: HttpRequest) -> HttpResponse:
    """The page."""
    one, every = _found(request)
    return show(request, board(one, every, build.Part.of(request.GET, ROOT, request.GET.get("unit", ""))))


@shows("scoreboard_public", public=True)
def take(request: HttpRequest, ending: str) -> HttpResponse:
    """The same as a file; 404 where nothing is published."""
    one, _ = _found(request)
    if one is None:
        raise Http404(ending)
    return build.taken(one.lines, ending, f"scoreboard_{one.unit.code}_{one.day}", notes(one))


def notes(edition: Edition) -> list[Label]:
    """What is said under the figures and in their files."""
    return [
        Label(
            f"{edition.unit.name} {edition.day} 公布，本系统的数截至 {edition.counted_on}。",
            f"Published by {edition.unit.name} on {edition.day}; ours as of {edition.counted_on}.",
        ),
        words.NOT_OURS,
        words.HIDDEN,
    ]


def board(one: Edition | None, every: tuple[Edition, ...], part: build.Part | None = None) -> Board:
    """The page of an edition."""
    if one is None:
        empty = Empty(
            Label("还没有公布过。", "Nothing has been published yet."),
            (Button(Label("关于本系统", "About this system"), "/about/"),),
        )
        return Board(
            words.TITLE, Label("没有数字", "No figures"), (Section("none", words.TITLE, empty=empty),)
        )
    sections = [
        *build.sections(one.lines, None, part),
        Section("notes", Label("怎样读", "How to read it"), says=tuple(notes(one))),
    ]
    others = [e for e in every if e.unit.no != one.unit.no]
    if others:
        sections.append(
            Section(
                "others", Label("其他单位公布的", "Published by others"),
                buttons=tuple(Button(e.unit.name, f"{ROOT}?unit={e.unit.code}", "small") for e in others),
            )
        )  # fmt: skip
    return Board(
        Label(f"{words.TITLE.zh} · {one.unit.name}", f"{words.TITLE.en} · {one.unit.name}"),
        build.totals(one.lines),
        tuple(sections),
        buttons=tuple(
            Button(
                Label(f"下载 {name}", f"Download {name}"),
                f"{ROOT}figures.{ending}?unit={one.unit.code}",
                "small",
            )
            for ending, name in (("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"))
        ),
    )
