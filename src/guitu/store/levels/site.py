"""The public site of a unit: what its editors wrote in its file, and what its area plans in public. The
caller asks access about the page and the unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from guitu.access import Actor
from guitu.levels.outreach.chains import Chains
from guitu.levels.outreach.photos import Photo
from guitu.levels.site.content import OF_CALENDAR, OF_SITE, Site, site_of
from guitu.store import excerpts, unitfiles
from guitu.store.levels.outreach import photo_of
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

OF_AREA = OF_CALENDAR | {"outreach_photo"}


def chains(unit: Unit) -> Chains:
    """What the editors of a unit wrote, with the calendar and the photos of its area."""
    own = excerpts.of_file(file_of(unit.code), OF_SITE, unseal=excerpts.EVERY)
    area = excerpts.of_ids([file_of(u.code) for u in tree().subtree(unit)], OF_AREA, unseal=excerpts.EVERY)
    entries = [e for one in area.values() for e in one.case_file.entries]
    return Chains([*(own.case_file.entries if own else ()), *entries])


def site(told: Chains, on: date, *, drafts: bool = False) -> Site | None:
    """The site as of a day; None while nobody has said what it is."""
    codes = {str(e.get("place")) for e in told.of("talk_planned") if e.get("place")}
    names = {code: found.name for code in codes if (found := tree().get(code)) is not None}
    return site_of(told, on, names, drafts=drafts)


def photos(made: Site) -> Mapping[str, Photo]:
    """The photos of its articles that are there, by digest."""
    some = {a.photo.digest: a.photo for a in made.articles if a.photo is not None}
    found = {digest: photo_of(picture.entry) for digest, picture in some.items()}
    return {digest: photo for digest, photo in found.items() if photo is not None}


def published(
    unit: Unit, made: Mapping[str, bytes], articles: int, digest: str, *, actor: Actor, now: datetime,
    on: date,
) -> None:  # fmt: skip
    """Record that the site was published. Raises like the gate."""
    entry = unitfiles.new_entry(
        unit.code, "site_published", on, {"files": len(made), "articles": articles, "digest": digest},
        now=now, author=actor.name, office=unit.code,
    )  # fmt: skip
    unitfiles.record(entry, actor=actor, now=now)
