"""Photos as they are taken in: JPEG and PNG only, without what a camera writes beside the picture (place,
time, owner, thumbnails), and how large they are in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_POINTS: Final = 6000
"""On either side."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM"})
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_STANDING_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_EXIF: Final = b"Exif\x00\x00"
_ORIENTATION: Final = 0x0112

NOT_TAKEN: Final = Label(
    "请用 JPG 或者 PNG 照片。苹果手机的 HEIC 照片先在相册里导出为 JPG。",
    "Send a JPG or PNG. Export HEIC photos of an iPhone as JPG first.",
)
DAMAGED: Final = Label(
    "这张照片不完整或者已损坏，请重新选择。", "The photo is damaged or not whole; choose it again."
)
TOO_LARGE: Final = Label(
    f"照片不超过 {MOST_BYTES >> 20} MB，边长不超过 {MOST_POINTS} 像素，请先压缩。",
    f"A photo has at most {MOST_BYTES >> 20} MB and {MOST_POINTS} points a side: make it smaller first.",
)


class NoPhoto(GuituError):
    """What was sent is no photo that is taken in."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo, cleaned: its bytes, width and height, and the ending of its name."""

    content: bytes
    width: int
    height: int
    suffix: str

    @property
    def type(self) -> str:
        """Its media type."""
        return "image/png" if self.suffix == "png" else "image/jpeg"


def cleaned(content: bytes) -> Photo:
    """The photo without what stands beside the picture. Raises NoPhoto."""
    if len(content) > MOST_BYTES:
        raise NoPhoto(TOO_LARGE)
    try:
        if content.startswith(_PNG):
            photo = _png(content)
        elif content.startswith(b"\xff\xd8\xff"):
            photo = _jpeg(content)
        else:
            raise NoPhoto(NOT_TAKEN)
    except IndexError as problem:
        raise NoPhoto(DAMAGED) from problem
    if not 0 < photo.width <= MOST_POINTS or not 0 < photo.height <= MOST_POINTS:
        raise NoPhoto(TOO_LARGE if photo.width and photo.height else DAMAGED)
    return photo


def _number(content: bytes, at: int, size: int) -> int:
    if at + size > len(content):
        raise IndexError(at)
    return int.from_bytes(content[at : at + size], "big")


def _png(content: bytes) -> Photo:
    kept, at, ended = [_PNG], len(_PNG), False
    width = height = 0
    while not ended:
        length = _number(content, at, 4)
        name = content[at + 4 : at + 8]
        whole = content[at : at + 12 + length]
        if len(whole) < 12 + length:
            raise IndexError(at)
        if name == b"IHDR":
            width, height = _number(whole, 8, 4), _number(whole, 12, 4)
        if name in _KEPT_CHUNKS:
            kept.append(whole)
        ended = name == b"IEND"
        at += len(whole)
    return Photo(b"".join(kept), width, height, "png")


def _jpeg(content: bytes) -> Photo:
    """Segments one by one: of the application's own ones only those that say how colours are meant (JFIF,
    Adobe) stay, of comments none. Of what the camera noted only which side is up is written anew."""
    kept, at = [b"\xff\xd8"], 2
    width = height = 0
    turned = 1
    while True:
        if content[at] != 0xFF:
            raise IndexError(at)
        mark = content[at + 1]
        if mark == 0xFF:  # filling
            at += 1
            continue
        if mark in _STANDING_ALONE:
            kept.append(content[at : at + 2])
            at += 2
            continue
        length = _number(content, at + 2, 2)
        whole = content[at : at + 2 + length]
        if length < 2 or len(whole) < 2 + length:
            raise IndexError(at)
        if mark in _FRAMES and not width:
            height, width = _number(whole, 5, 2), _number(whole, 7, 2)
        if mark == 0xDA:  # the picture itself, up to its end; what a camera hangs behind it is left out
            if turned != 1:
                kept.insert(1, _note(turned))
            if turned > 4:
                width, height = height, width
            return Photo(b"".join((*kept, _scans(content, at))), width, height, "jpg")
        if mark == 0xE1 and whole[4:10] == _EXIF:
            turned = _turned(whole[10:])
        if not (0xE1 <= mark <= 0xED or mark == 0xEF or mark == 0xFE):
            kept.append(whole)
        at += len(whole)


def _turned(note: bytes) -> int:
    """Which side is up, 1 to 8, as the camera noted it; 1 where it did not or cannot be read."""
    order: Literal["little", "big"] = "little" if note[:2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(note[at : at + size], order)

    first = number(4, 4)
    for n in range(min(number(first, 2), 64)):
        at = first + 2 + 12 * n
        if number(at, 2) == _ORIENTATION:
            return value if 1 <= (value := number(at + 8, 2)) <= 8 else 1
    return 1


def _note(turned: int) -> bytes:
    """A camera's note that says which side is up, and nothing else."""
    body = _EXIF + b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + _ORIENTATION.to_bytes(2, "big")
    body += b"\x00\x03\x00\x00\x00\x01" + turned.to_bytes(2, "big") + bytes(6)
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _scans(content: bytes, at: int) -> bytes:
    """From the first scan to the end of the picture. Within a scan 0xFF is followed by 0 or a restart;
    between the scans of a progressive picture stand further segments."""
    begins = at
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise IndexError(begins)
        mark = content[at + 1]
        if mark == 0xD9:
            return content[begins : at + 2]
        if mark == 0xFF:
            at += 1
        elif mark == 0 or mark in _STANDING_ALONE:
            at += 2
        else:
            at += 2 + max(_number(content, at + 2, 2), 2)
