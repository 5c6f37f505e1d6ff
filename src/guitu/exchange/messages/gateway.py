"""What a gateway is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from guitu.kernel.errors import GuituError


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message: the key by which a gateway knows it again, the number, the words."""

    key: str
    phone: str
    text: str


class Refused(GuituError):
    """The gateway will not take this message, now or later: its number is none, say."""


class Unreachable(GuituError):
    """The gateway did not answer, or could not take it now. Whether it has it is not known; the same again
    is right."""


class Gateway(Protocol):
    """Takes messages to the network. `name` stands in the entry of what was sent."""

    @property
    def name(self) -> str: ...

    def take(self, message: Outgoing) -> None:
        """Take a message; the same key again is the same message. Raises Refused and Unreachable."""
        ...
