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
_text: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
        context = quickjs.Context()
        context.eval(program())
        self._job = context.execute_pending_job
        (self._act, self._look, self._shown, self._is_on, self._drafts, self._state, self._people,
         self._offset) = map(
            context.get, ("act", "look", "shown", "isOn", "drafts", "state", "people", "offset")
        )  # fmt: skip

    def act(self, name: str, does: str, now: int, **told: object) -> None:
        """Do one thing to a phone, whose clock shows `now` (milliseconds since 1970), and let it do all that
        follows."""
        self._act(_text({"name": name, "does": does, "now": now, **told}))
        job = self._job
        while job():
            pass

    def look(self, name: str) -> Json:
        """The `call` that the phone waits for (None: for nothing), how its exchange `ended`, and a `fault` of
        what was done last."""
        found: Json = json.loads(self._look(name))
        return found

    def shown(self, name: str) -> list[Json]:
        """The outbox as the worker sees it, of a phone that is on."""
        found: list[Json] = json.loads(self._shown(name))
        return found

    def is_on(self, name: str) -> bool:
        """Whether the phone is on."""
        return bool(self._is_on(name))

    def drafts(self, name: str) -> list[str]:
        """The ids of the drafts that the worker sees; none while the phone is off."""
        found: list[str] = json.loads(self._drafts(name))
        return found

    def state(self, name: str, identifier: str) -> str:
        """In which state an item lies on the phone's disk; "" where it does not."""
        return str(self._state(name, identifier))

    def people(self, name: str) -> list[Json]:
        """The people that it has."""
        found: list[Json] = json.loads(self._people(name))
        return found

    def offset(self, name: str) -> int:
        """The server's clock minus its own, as the phone believes, in milliseconds."""
        return int(self._offset(name))
