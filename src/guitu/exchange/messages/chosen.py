"""Which gateway this site has."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from guitu.exchange.messages.folder import Folder
from guitu.exchange.messages.gateway import Gateway
from guitu.exchange.messages.http import TOKEN, URL, Http

FOLDER: Final = "messages"


def configured(home: Path, environment: Mapping[str, str] = os.environ) -> Gateway:
    """The gateway of this site: over HTTP where GUITU_MESSAGES_URL names one, else files in the data folder.
    Raises GuituError where what is set cannot be used."""
    if url := environment.get(URL, "").strip():
        return Http.of(url, environment.get(TOKEN, ""))
    return Folder(home / FOLDER)
