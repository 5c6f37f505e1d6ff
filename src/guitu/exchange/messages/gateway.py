"""What a gateway is, and which one this site has."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from guitu.kernel.errors import GuituError

URL: Final = "GUITU_MESSAGES_URL"
TOKEN: Final = "GUITU_MESSAGES_TOKEN_FILE"
FOLDER: Final = "messages"


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


def configured(home: Path, environment: Mapping[str, str] = os.environ) -> Gateway:
    """The gateway of this site: over HTTP where GUITU_MESSAGES_URL names one, else files in the data folder.
    Raises GuituError where what is set cannot be used."""
    from guitu.exchange.messages.folder import Folder
    from guitu.exchange.messages.http import Http

    if url := environment.get(URL, "").strip():
        return Http.of(url, environment.get(TOKEN, ""))
    return Folder(home / FOLDER)
