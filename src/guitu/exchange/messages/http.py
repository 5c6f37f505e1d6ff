"""A gateway over HTTP, named by the site: one POST of JSON for each message.

    POST URL    Authorization: Bearer TOKEN    Idempotency-Key: KEY
    {"key": …, "to": …, "text": …}

2xx: taken. 400, 404, 409, 410, 413, 422: refused for good, and the person is rung instead. Anything else, and
no answer at all: not known, sent again with the same key at the next run. A site whose provider speaks
otherwise puts a small relay in between; no provider's own protocol is built in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from guitu.exchange.messages.gateway import Outgoing, Refused, Unreachable
from guitu.kernel.errors import GuituError, machine_reason
from guitu.kernel.labels import Label

URL: Final = "GUITU_MESSAGES_URL"
TOKEN: Final = "GUITU_MESSAGES_TOKEN_FILE"
SECONDS: Final = 10
FOR_GOOD: Final = frozenset({400, 404, 409, 410, 413, 422})
OWN_MACHINE: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class _Stay(HTTPRedirectHandler):
    """A number is not carried to wherever an answer points."""

    def redirect_request(self, *told: object) -> None:
        """Go nowhere."""


@dataclass(frozen=True, slots=True)
class Http:
    """One address and the token it asks for ("" where it asks for none)."""

    url: str
    token: str = ""

    @classmethod
    def of(cls, url: str, token_file: str) -> Http:
        """The gateway that a site names. Raises GuituError where it would carry numbers in the open, or the
        token cannot be read."""
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in OWN_MACHINE):
            raise GuituError(
                Label(
                    f"{URL} 应以 https:// 开头（本机除外）。",
                    f"{URL} must begin with https://, but on this machine.",
                )
            )
        try:
            token = Path(token_file).read_text(encoding="utf-8").strip() if token_file else ""
        except (OSError, UnicodeDecodeError) as wrong:
            raise GuituError(
                Label(f"读不出 {TOKEN} 指的文件。", f"The file that {TOKEN} names cannot be read."),
                where=token_file,
            ) from wrong
        return cls(url, token)

    @property
    def name(self) -> str:
        """The host it goes to."""
        return urlsplit(self.url).hostname or "http"

    def take(self, message: Outgoing) -> None:
        """Send it. Raises Refused and Unreachable."""
        body = json.dumps(
            {"key": message.key, "to": message.phone, "text": message.text}, ensure_ascii=False
        ).encode()
        heads = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.key}
        if self.token:
            heads["Authorization"] = f"Bearer {self.token}"
        asked = Request(self.url, body, heads, method="POST")
        try:
            with build_opener(_Stay).open(asked, timeout=SECONDS) as answer:
                answer.read(4096)
        except HTTPError as wrong:
            if wrong.code in FOR_GOOD:
                raise Refused(
                    Label(f"短信网关拒绝（{wrong.code}）", f"the gateway refused it ({wrong.code})")
                ) from wrong
            raise self._away(str(wrong.code)) from wrong
        except (URLError, OSError, ValueError) as wrong:
            reason = wrong.reason if isinstance(wrong, URLError) else wrong
            raise self._away(machine_reason(reason) if isinstance(reason, OSError) else "—") from wrong

    def _away(self, why: str | Label) -> Unreachable:
        return Unreachable(
            Label(
                "短信网关 {name} 没有收下（{why}）；稍后再发，不会重复。",
                "The gateway {name} did not take it ({why}); send again later, nothing goes twice.",
            ).fill(name=self.name, why=why)
        )
