"""What the public site says, out of the entries of its editors: nothing hidden, ended or withdrawn, and no
photo of which those in it have not agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from guitu.casefile import Entry
from guitu.kernel.zone import CHINA
from guitu.levels.outreach.chains import Chains, over

OF_SITE: Final = frozenset({"site_about", "site_article", "site_help_place", "site_quiz", "site_published"})
OF_CALENDAR: Final = frozenset({"talk_planned", "talk_cancelled", "outreach_event"})
PUBLIC: Final = frozenset({"written", "nobody"})
"""What those in a photo must have said for it to be shown."""
AHEAD: Final = timedelta(days=180)
"""How far the calendar reaches."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something in both languages; the English may be missing."""

    zh: str
    en: str = ""

    def in_(self, english: bool) -> str:
        """In one of them: the Chinese where there is no English."""
        return self.en if english and self.en else self.zh


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo that may be shown: the entry it belongs to, what it shows, its digest."""

    entry: Entry
    caption: Said
    digest: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article; `key` is its place in the site and stays the same when it is edited."""

    key: str
    entry: Entry
    title: Said
    body: Said
    section: str
    day: date
    photo: Picture | None = None


@dataclass(frozen=True, slots=True)
class HelpPlace:
    """One place that helps."""

    name: Said
    what: Said
    phone: str
    hours: Said
    where: Said


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers, which of them is right, and why."""

    question: Said
    answers: tuple[Said, ...]
    right: int
    why: Said


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk of the calendar: day, time (None: not said), topic, venue and town."""

    day: date
    time: int | None
    topic: Said
    venue: str
    place: str


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that the site says, as of a day; `updated` is when the last of it was written."""

    on: date
    updated: date
    about: Entry
    articles: tuple[Article, ...]
    places: tuple[HelpPlace, ...]
    questions: tuple[Question, ...]
    talks: tuple[Talk, ...]

    def said(self, name: str) -> Said:
        """One of the words about the site."""
        return said(self.about, name)


def said(entry: Entry, name: str) -> Said:
    """An answer in both languages."""
    return Said(str(entry.get(f"{name}_zh") or ""), str(entry.get(f"{name}_en") or ""))


def key_of(chains: Chains, entry: Entry) -> str:
    """The name of an article's file: its day and the end of the id that its first version had."""
    return f"{entry.happened_on:%Y%m%d}-{chains.first(entry.id)[-12:]}"


def pictures(chains: Chains) -> dict[str, Picture]:
    """The photos that may be shown, by the first id of their entries."""
    return {
        chains.first(e.id): Picture(
            e, Said(str(e.get("caption") or ""), str(e.get("caption_en") or "")), str(e.get("digest"))
        )
        for e in chains.of("outreach_photo")
        if e.get("consent") in PUBLIC
    }


def site_of(chains: Chains, on: date, names: Mapping[str, str], *, drafts: bool = False) -> Site | None:
    """The site as of a day; None while nobody has said what it is. `names` are those of places by code;
    `drafts` shows also the articles that are not to be shown yet."""
    abouts = chains.of("site_about")
    if not abouts:
        return None
    photos = pictures(chains)
    articles = _shown(chains, on, drafts=drafts)
    written = [abouts[-1], *articles, *chains.of("site_help_place"), *chains.of("site_quiz")]
    return Site(
        on,
        max(e.recorded_at.astimezone(CHINA).date() for e in written),
        abouts[-1],
        tuple(_article(chains, e, photos) for e in articles),
        tuple(
            HelpPlace(
                said(e, "name"), said(e, "what"), str(e.get("phone") or ""), said(e, "hours"),
                said(e, "where"),
            )
            for e in chains.of("site_help_place")
            if not over(e, on)
        ),
        tuple(_question(e) for e in chains.of("site_quiz") if not over(e, on) and _answerable(e)),
        tuple(_talks(chains, on, names)),
    )  # fmt: skip


def _shown(chains: Chains, on: date, *, drafts: bool) -> list[Entry]:
    """The articles to be shown, the latest first; one dated ahead waits for its day."""
    some = [
        e for e in chains.of("site_article") if drafts or (e.get("shown") == "yes" and e.happened_on <= on)
    ]
    return sorted(some, key=lambda e: (e.happened_on, chains.first(e.id)), reverse=True)


def _article(chains: Chains, entry: Entry, photos: Mapping[str, Picture]) -> Article:
    photo = photos.get(chains.first(entry.get("photo"))) if entry.get("photo") else None
    return Article(
        key_of(chains, entry), entry, said(entry, "title"), said(entry, "body"), str(entry.get("section")),
        entry.happened_on, photo,
    )  # fmt: skip


def _answerable(entry: Entry) -> bool:
    """Whether the answer that is said to be right is there."""
    return bool(entry.get(f"{entry.get('right')}_zh"))


def _question(entry: Entry) -> Question:
    letters = [letter for letter in "abc" if entry.get(f"{letter}_zh")]
    return Question(
        said(entry, "question"),
        tuple(said(entry, letter) for letter in letters),
        letters.index(str(entry.get("right"))),
        said(entry, "why"),
    )


def _talks(chains: Chains, on: date, names: Mapping[str, str]) -> Iterable[Talk]:
    off = chains.answering("talk_cancelled")
    some = [
        (day, time if isinstance(time := e.get("time"), int) else None, e)
        for e in chains.of("talk_planned")
        if e.get("public") == "yes" and chains.first(e.id) not in off
        and isinstance(day := e.get("planned_on"), date) and on <= day <= on + AHEAD
    ]  # fmt: skip
    for day, time, e in sorted(some, key=lambda one: (one[0], 2400 if one[1] is None else one[1])):
        yield Talk(
            day, time, Said(str(e.get("topic") or ""), str(e.get("topic_en") or "")),
            str(e.get("venue") or ""), names.get(str(e.get("place") or ""), ""),
        )  # fmt: skip
