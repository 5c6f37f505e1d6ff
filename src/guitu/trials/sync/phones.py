"""The phone's own modules, run without a browser: what a trial does to them and what they ask for.

QuickJS runs the very files that the page loads (`static/guitu/phone`): outbox, sync, device. What they stand
on, the store, the network and the clock, is world.js.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

MODULES: Final = ("outbox", "search", "device", "sync")
"""In the order in which they need one another."""

_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "\./([a-z_]+)\.js";$', re.M)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:const|class|function)\b)", re.M)
_NAMES: Final = re.compile(r"^export (?:async )?(?:const|class|function\*?) ([A-Za-z_$]+)", re.M)

Json = dict[str, Any]


class NoEngine(GuituError):
    """There is nothing here that runs JavaScript."""


@cache
def program() -> str:
    """World and modules as one program: each module in a function of its own, its exports in GIVEN."""
    parts = [files("guitu.trials.sync").joinpath("world.js").read_text("utf-8")]
    static = files("guitu.web").joinpath("static", "guitu", "phone")
    for name in MODULES:
        text = static.joinpath(f"{name}.js").read_text("utf-8")
        exported = ", ".join(_NAMES.findall(text))
        body = _EXPORT.sub("", _IMPORT.sub(r"const {\1} = GIVEN.\2;", text))
        parts.append(f"GIVEN.{name} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();")
    return "\n".join(parts)


class Phones:
    """Phones in one engine, by name."""

    def __init__(self) -> None:
        try:
            import quickjs
        except ImportError as missing:
            raise NoEngine(
                Label(
                    "这项试验要运行手机端的 JavaScript，需要安装 quickjs-ng（pip install 'guitu[trial]'）。",
                    "this trial runs the phone's JavaScript: install 'guitu[trial]' (quickjs-ng).",
                )
            ) from missing
        self._context = quickjs.Context()
        self._context.eval(program())
        self._act = self._context.get("act")
        self._look = self._context.get("look")
        self._items = self._context.get("items")
        self._people = self._context.get("people")
        self._offset = self._context.get("offset")

    def act(self, name: str, does: str, now: int, **told: object) -> None:
        """Do one thing to a phone, whose clock shows `now` (milliseconds since 1970), and let it do all that
        follows."""
        self._act(json.dumps({"name": name, "does": does, "now": now, **told}))
        while self._context.execute_pending_job():
            pass

    def look(self, name: str) -> Json:
        """What the phone is waiting for (`calls`), how its exchange `ended`, and a `fault` of what was done
        last."""
        found: Json = json.loads(self._look(name))
        return found

    def items(self, name: str) -> Json:
        """The outbox: as `shown` (None while the phone is off), and as `kept` on its disk."""
        found: Json = json.loads(self._items(name))
        return found

    def people(self, name: str) -> list[Json]:
        """The people that it has."""
        found: list[Json] = json.loads(self._people(name))
        return found

    def offset(self, name: str) -> int:
        """The server's clock minus its own, as the phone believes, in milliseconds."""
        return int(self._offset(name))
