"""The packs of the house, read once; those of an office, read from its folder, and what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from guitu.centre.scenes.model import ScenePack
from guitu.centre.scenes.reading import read_pack
from guitu.kernel.errors import DeclarationError
from guitu.policy.schema import fault

DATA: Final = Path(__file__).parent / "data"
MOST_BYTES: Final = 200_000


@cache
def house_packs() -> Mapping[str, ScenePack]:
    """Every pack of the house by its key. A wrong one is an error at once: it is ours."""
    packs, faults = read_folder(DATA)
    for wrong in faults:
        raise wrong
    return {pack.key: pack for pack in packs}


def read_folder(
    folder: Path, taken: frozenset[str] = frozenset()
) -> tuple[tuple[ScenePack, ...], tuple[DeclarationError, ...]]:
    """The packs of a folder, and one error for each file that is none; `taken` are keys of others. A wrong
    file keeps none of the others out."""
    packs: list[ScenePack] = []
    faults: list[DeclarationError] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            pack = _read(path)
            if pack.key in taken:
                raise fault(
                    f"{path.name}.key", f"“{pack.key}”是系统自带的，请换一个", f"“{pack.key}” is taken"
                )
            packs.append(pack)
        except DeclarationError as wrong:
            faults.append(wrong)
    return tuple(packs), tuple(faults)


def _read(path: Path) -> ScenePack:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise fault(path.name, f"文件超过 {MOST_BYTES:,} 字节", f"the file is over {MOST_BYTES:,} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise fault(path.name, "文件读不出；应为 UTF-8", "the file cannot be read as UTF-8") from None
    pack = read_pack(text, path.name)
    if pack.key != path.stem:
        raise fault(
            f"{path.name}.key",
            f"文件名应与 key“{pack.key}”相同",
            f"the file's name should be its key, “{pack.key}”",
        )
    return pack
