"""UUIDv7 (RFC 9562 §5.7): ids made where the entry was written, in order of time.

The caller gives the time and the randomness: the core has neither clock nor dice.
"""

from __future__ import annotations

from uuid import UUID


def uuid7(unix_ms: int, random: bytes) -> UUID:
    """A version 7 UUID from milliseconds since 1970 and at least ten random bytes."""
    if not 0 <= unix_ms < 1 << 48:
        raise ValueError("unix_ms must fit in 48 bits")
    if len(random) < 10:
        raise ValueError("ten random bytes are needed")
    value = unix_ms << 80 | int.from_bytes(random[:10], "big")
    value &= ~(0xF << 76) & ~(0x3 << 62)
    value |= 0x7 << 76 | 0x2 << 62
    return UUID(int=value)


def unix_ms_of(identifier: UUID) -> int:
    """The milliseconds since 1970 that a version 7 UUID carries."""
    return identifier.int >> 80
