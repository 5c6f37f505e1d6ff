"""Writing the public site into a folder. Only an empty folder, or one in which a site was made before, is
written to: what was in it and is not part of the site any more goes, and nothing else is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from guitu.exchange.site.building import MADE
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label


def digest_of(files: Mapping[str, bytes]) -> str:
    """One digest over all paths and contents."""
    total = hashlib.sha256()
    for path, content in sorted(files.items()):
        total.update(f"{path}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def write(files: Mapping[str, bytes], folder: Path) -> int:
    """Write the site; how many files were new or changed. Each is put in place whole, the pages before the
    list of what there is, so that a reader never meets half a file. Raises GuituError."""
    if folder.exists() and not folder.is_dir():
        raise GuituError(Label(f"{folder} 不是文件夹", f"{folder} is not a folder"))
    before = _before(folder)
    changed = 0
    for path in sorted(files, key=lambda path: path == MADE):
        place = folder / path
        if place.is_file() and place.read_bytes() == files[path]:
            continue
        _folder(place.parent)
        half = place.with_name(place.name + ".part")
        half.write_bytes(files[path])
        half.chmod(0o644)  # the public is to read it, whatever this process keeps to itself
        half.replace(place)
        changed += 1
    for path in before - files.keys():
        place = folder / path
        if place.is_file():
            place.unlink()
            changed += 1
    return changed


def _folder(place: Path) -> None:
    """A folder that everybody may read, with those above it that are not there yet."""
    if not place.exists():
        _folder(place.parent)
        place.mkdir()
        place.chmod(0o755)


def _before(folder: Path) -> set[str]:
    """What an earlier publishing wrote there."""
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    made = folder / MADE
    if not made.is_file():
        raise GuituError(
            Label(
                f"{folder} 里有别的文件，没有写入。请用空文件夹，或者以前发布过网站的文件夹。",
                f"other files lie in {folder}: nothing was written. Use an empty folder, or one that a site"
                " was published to before.",
            )
        )
    lines = made.read_text(encoding="utf-8").splitlines()[1:]
    return {line for line in lines if line and _inside(line)}


def _inside(path: str) -> bool:
    """Whether a listed path stays in the folder."""
    parts = Path(path).parts
    return not Path(path).is_absolute() and ".." not in parts
