"""Where this office's data lives: the folder GUITU_HOME, made on first use and readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The data folder: the environment's GUITU_HOME, else `.guitu` in the user's own folder."""
    os.umask(0o077)  # whatever this process writes, here or elsewhere, is its owner's alone
    folder = Path(os.environ.get("GUITU_HOME") or Path.home() / ".guitu").expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret(name: str, length: int = 50) -> str:
    """The text of the secret file `name` under the data folder, made there once with mode 0600.

    Two processes that start together agree: the file is made exclusively, and who comes second reads it.
    """
    path = home() / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_when_written(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        text = secrets.token_urlsafe(length)
        stream.write(text)
    return text


def _read_when_written(path: Path) -> str:
    """The secret, waiting a moment if its maker has opened but not yet written it."""
    import time

    for _ in range(50):
        if text := path.read_text(encoding="ascii").strip():
            return text
        time.sleep(0.02)
    raise RuntimeError(f"{path} 是空文件，请删除后重试 / {path} is empty: delete it and start again")
