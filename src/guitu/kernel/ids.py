"""UUIDv7 (RFC 9562 §5.7): ids made where the entry was written, in order of time.

The caller gives the time and the randomness: the core has neither clock nor dice.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, SafeUUID


def uuid7(unix_ms: int, random: bytes) -> UUID:
    """A version 7 UUID from milliseconds since 1970 and at least ten random bytes."""
    if not 0 <= unix_ms < 1 << 48:
        raise ValueError("unix_ms must fit in 48 bits")
    if len(random) < 10:
        raise ValueError("ten random bytes are needed")
    value = unix_ms << 80 | int.from_bytes(random[:10], "big")
    # UUID() asks which of six ways a value is given in: that costs five times as much as the rest.
    made = _new(UUID)
    _set_int(made, value & _LEFT_TO_CHANCE | _VERSION_7)
    _set_is_safe(made, _UNKNOWN)
    return made


_VERSION_7 = 0x7 << 76 | 0x2 << 62
_LEFT_TO_CHANCE = ~(0xF << 76 | 0x3 << 62)
_UNKNOWN = SafeUUID.unknown
_new = object.__new__
_set_int: Any = vars(UUID)["int"].__set__
_set_is_safe: Any = vars(UUID)["is_safe"].__set__


def unix_ms_of(identifier: UUID) -> int:
    """The milliseconds since 1970 that a version 7 UUID carries."""
    return identifier.int >> 80
