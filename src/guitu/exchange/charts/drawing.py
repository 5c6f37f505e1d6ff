"""The one place that draws: Vega-Lite through vl-convert, in this process, without a browser or the network.

The first picture of a process costs about a second (the engine starts), every later one about a tenth of
that: `warm` draws a small one in the background, and what was drawn is kept, because the same specification
always gives the same picture.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from html import escape
from threading import Lock, Thread
from typing import Final

from guitu.exchange.charts.look import Json

VERSION: Final = "6.1"
"""Of Vega-Lite. Named, so that a newer vl-convert goes on drawing the same bytes."""

NOWHERE: Final[list[str]] = []
"""From where a specification may fetch data: from nowhere."""

_lock: Final = Lock()


def spec_text(spec: Json) -> str:
    """The specification as text that is the same whenever it says the same."""
    return json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=256)
def svg_of(spec: str, title: str, desc: str) -> str:
    """The picture as SVG with its title and its sentence inside. Nothing in it is a style or a script, so it
    may stand in a page under the strictest policy."""
    import vl_convert

    with _lock:
        drawn = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=NOWHERE)
    head, _, rest = drawn.partition(">")
    said = f"<title>{escape(title)}</title><desc>{escape(desc)}</desc>"
    return f'{head} role="img">{said}{rest}\n'


@lru_cache(maxsize=64)
def png_of(spec: str, scale: float) -> bytes:
    """The picture as PNG, `scale` times as many pixels."""
    import vl_convert

    with _lock:
        drawn: bytes = vl_convert.vegalite_to_png(
            spec, vl_version=VERSION, scale=scale, allowed_base_urls=NOWHERE
        )
    return drawn


@cache
def warm() -> Thread:
    """Start the engine in the background, so that no reader waits for it; once in a process. A page that will
    show a picture calls it: the picture is asked for a moment later."""
    spec: Json = {
        "data": {"values": [{"a": 0}]},
        "mark": "point",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    thread = Thread(target=svg_of, args=(spec_text(spec), "", ""), name="charts", daemon=True)
    thread.start()
    return thread
