"""The public site of a unit as files: for a look beforehand, for a folder, and for taking along."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from guitu.access import Actor
from guitu.exchange.site.building import files
from guitu.exchange.site.publishing import digest_of, write
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels.outreach.chains import Chains
from guitu.levels.site.content import Site
from guitu.store.levels import site as store
from guitu.store.units import Unit

NOTHING_SAID: Final = Label(
    "还没有填写网站说明（名称、主办单位）。先在“宣传网站”页面填写。",
    "Nobody has said yet what the site is called and whose it is: do so on the page “Public site”.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A site with its files."""

    site: Site
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """One digest over all of it: the same as long as the site says the same."""
        return digest_of(self.files)

    def packed(self) -> bytes:
        """All files in one archive: the same site gives the same bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in sorted(self.files.items()):
                entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, content)
        return out.getvalue()


def made(chains: Chains, on: date, *, drafts: bool = False) -> Made | None:
    """The site as of a day, of what was told; None while nobody has said what it is."""
    found = store.site(chains, on, drafts=drafts)
    return Made(found, files(found, store.photos(found))) if found is not None else None


def publish(unit: Unit, folder: Path, *, actor: Actor, now: datetime, on: date) -> tuple[Made, int]:
    """Write the site of a unit into a folder and record it; with how many files were new or changed. Raises
    GuituError, and like the gate."""
    found = made(store.chains(unit), on)
    if found is None:
        raise GuituError(NOTHING_SAID)
    check = folder if folder.exists() else folder.parent
    if not check.exists() or not check.is_dir():
        raise GuituError(Label(f"没有文件夹 {check}", f"there is no folder {check}"))
    changed = write(found.files, folder)
    store.published(
        unit, found.files, len(found.site.articles), found.digest, actor=actor, now=now, on=on
    )  # fmt: skip
    return found, changed
