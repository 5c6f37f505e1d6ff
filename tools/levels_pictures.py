"""The pictures of the three levels' work: steering, outreach, means, surveys, printed figures, the API,
partners and messages, each page as the post that works there sees it in the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from centre_pictures import Album

VILLAGE: Final = "469023100200"
"""The village of the demonstration's own worker: there are people in it."""


def every(album: Album, chosen: Collection[str] = ()) -> None:
    """Walk through the three levels, part by part; only the chosen ones if some are named."""
    for name, part in PARTS.items():
        if not chosen or name in chosen:
            part(album)


def _steering(album: Album) -> None:
    album.sign_in("county")
    album.open("/dispatch/")
    album.take("levels-dispatch", high=900)
    album.open(f"/organisation/change/merged/?unit={VILLAGE}")
    page = album.page
    page.select_option("select[name=other]", index=1)
    page.locator("form button.primary").click()
    page.wait_for_load_state("networkidle")
    album.take("levels-unit-change")


def _outreach(album: Album) -> None:
    album.sign_in("outreach")
    album.open("/outreach/")
    album.take("levels-outreach", high=900)
    album.open("/outreach/coverage/")
    album.take("levels-coverage", high=900)


def _resources(album: Album) -> None:
    album.sign_in("county")
    album.open("/resources/")
    album.take("levels-resources", high=900)


def _surveys(album: Album) -> None:
    album.sign_in("county")
    album.open("/surveys/")
    album.take("levels-surveys")


def _scoreboard(album: Album) -> None:
    album.sign_in("statistician")
    album.open("/scoreboard/")
    album.take("levels-scoreboard", high=900)


def _api(album: Album) -> None:
    album.sign_in("county")
    album.open("/account/tokens/")
    album.take("levels-api")


def _partners(album: Album) -> None:
    album.sign_in("county")
    album.open("/partners/")
    album.take("levels-partners")
    album.open("/partners/community_platform/")
    album.take("levels-partner", high=900)


def _messages(album: Album) -> None:
    album.sign_in("town")
    album.open("/messages/")
    album.take("levels-messages")


PARTS: Final[Mapping[str, Callable[[Album], None]]] = {
    "steering": _steering,
    "outreach": _outreach,
    "resources": _resources,
    "surveys": _surveys,
    "scoreboard": _scoreboard,
    "api": _api,
    "partners": _partners,
    "messages": _messages,
}
