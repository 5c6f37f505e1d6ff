"""The other systems that this one hands people over to, and its own card: names, public keys, units.

A card is a small JSON file that two administrators give one another and compare by its fingerprint over the
telephone. It holds no secret. The cards lie under the data folder, `handover/`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from guitu.exchange.phone.reading import CAME
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import keys

NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
FORMAT: Final = "guitu-handover-card-1"
OWN: Final = "card.json"
SOURCE: Final = CAME
"""With this the source of an entry begins that came from another system."""
HEARD: Final = "handover"
"""The source of a note of what the other system said begins with this; the id of its bundle follows."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a system says of itself. `units` are codes: it is where the work of these units, and of all below
    them, is done."""

    name: str
    sign: bytes
    box: bytes
    units: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Sixteen characters to compare over the telephone."""
        told = f"{self.name}\0{','.join(self.units)}\0".encode() + self.sign + self.box
        return hashlib.sha256(told).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        """The card as it is given away."""
        return {
            "format": FORMAT, "name": self.name, "units": list(self.units),
            "sign": base64.b64encode(self.sign).decode(), "box": base64.b64encode(self.box).decode(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Peer:
    """Another system: its card, and where it answers over HTTP ("": by file only)."""

    card: Card
    url: str = ""

    @property
    def name(self) -> str:
        """Its name."""
        return self.card.name

    @property
    def source(self) -> str:
        """What the source of an entry says that came from there."""
        return f"{SOURCE}{self.name}"


def card() -> Card:
    """This system's own card. Raises GuituError where it has no name yet."""
    path = _folder() / OWN
    if not path.exists():
        raise GuituError(
            Label(
                "本系统还没有名片；请先运行 guitu handover card --name 名称 --units 单位代码。",
                "This system has no card yet; run guitu handover card --name NAME --units CODE first.",
            )
        )
    told = _json(path)
    return Card(
        str(told["name"]), keys.site_key().public, keys.exchange_key().public_key().public_bytes_raw(),
        tuple(told["units"]),
    )  # fmt: skip


def name_this(name: str, units: tuple[str, ...]) -> Card:
    """Give this system its name and units; its keys are made on first use."""
    _checked(name)
    _write(_folder() / OWN, {"name": name, "units": list(units)})
    return card()


def add_peer(told: object, url: str = "") -> Peer:
    """Register another system by its card. One of the same name with other keys is refused, and this
    system's own."""
    found = Peer(_card(told), url)
    if url and not url.startswith(("http://", "https://")):
        raise GuituError(Label("地址应以 https:// 开头", "the address begins with https://"))
    own = card() if (_folder() / OWN).exists() else None
    if own is not None and (own.sign == found.card.sign or own.name == found.name):
        raise GuituError(
            Label(
                f"这是本系统自己的名片，或者与本系统同名（{own.name}）；请登记对方的名片。",
                f"This is the card of this system itself, or of one with its name ({own.name}); register the"
                " other's.",
            )
        )
    known = next((one for one in peers() if one.name == found.name), None)
    if known is not None and (known.card.sign, known.card.box) != (found.card.sign, found.card.box):
        raise GuituError(
            Label(
                f"“{found.name}”已登记，但密钥不同；核对指纹后，先删除 {_path(found.name).name} 再登记。",
                f"“{found.name}” is registered with other keys; compare fingerprints, remove"
                f" {_path(found.name).name}, then register it.",
            )
        )
    _write(_path(found.name), {**found.card.as_json(), "url": url})
    return found


def peers() -> tuple[Peer, ...]:
    """Every other system that is known, by name."""
    found = []
    for path in sorted(_folder().glob("peer-*.json")):
        told = _json(path)
        found.append(Peer(_card(told), str(told.get("url") or "")))
    return tuple(found)


def peer(name: str) -> Peer:
    """The system of that name."""
    found = next((one for one in peers() if one.name == name), None)
    if found is None:
        raise GuituError(
            Label(
                f"没有登记系统“{name}”；见 guitu handover status。",
                f"no system “{name}” is registered; see guitu handover status.",
            )
        )
    return found


def _card(told: object) -> Card:
    try:
        if not isinstance(told, dict) or told["format"] != FORMAT:
            raise ValueError("format")
        sign, box = (base64.b64decode(told[part], validate=True) for part in ("sign", "box"))
        units = tuple(str(code) for code in told["units"])
        name = _checked(str(told["name"]))
        if len(sign) != keys.KEY or len(box) != keys.KEY or not units:
            raise ValueError("keys")
    except (ValueError, KeyError, TypeError) as wrong:
        raise GuituError(Label("这不是移交系统的名片。", "This is no card of a system.")) from wrong
    return Card(name, sign, box, units)


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise GuituError(
            Label(
                "系统名称用小写字母、数字和连字符，最多 40 个字符。",
                "A system's name is of small letters, digits and hyphens, 40 at most.",
            )
        )
    return name


def _folder() -> Path:
    return Path(settings.HOME) / "handover"


def _path(name: str) -> Path:
    return _folder() / f"peer-{name}.json"


def _json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise GuituError(Label("不是 JSON 文件。", "this is no JSON file."), where=str(path)) from wrong
    return told if isinstance(told, dict) else {}


def _write(path: Path, told: dict[str, Any]) -> None:
    """Put in place whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, path)
