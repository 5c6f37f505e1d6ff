"""The gateway that every site has: each message becomes a file in the data folder, for whoever carries them
to the network. Nothing leaves the machine by itself."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from guitu.exchange.messages.gateway import Outgoing, Unreachable
from guitu.kernel.errors import machine_reason
from guitu.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Folder:
    """Writes `KEY.json`, whole or not at all, readable by this account only. What is carried on goes into
    `done/`, or away altogether; a key that lies in either is not written again."""

    folder: Path
    name: str = "files"

    def take(self, message: Outgoing) -> None:
        """Write it, unless it was written. Raises Unreachable where the folder cannot be used."""
        path = self.folder / f"{message.key}.json"
        try:
            if path.exists() or (self.folder / "done" / path.name).exists():
                return
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self.folder / f".{path.name}.{os.getpid()}"
            told = {"key": message.key, "to": message.phone, "text": message.text}
            with open(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as out:
                json.dump(told, out, ensure_ascii=False)
                out.flush()
                os.fsync(out.fileno())
            os.replace(draft, path)
        except OSError as wrong:
            raise Unreachable(
                Label("短信文件写不进去（{reason}）。", "The message could not be written ({reason}).").fill(
                    reason=machine_reason(wrong)
                ),
                where=str(self.folder),
            ) from wrong
