"""Every page of the three levels' work, as the demonstration fills it: no violation of WCAG 2.2 AA, on
a desk and on a phone, in both languages, and nothing to scroll sideways.

The gallery shows each page in its states; here they stand with an office's own data, with what hangs on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.test_walk import demo as demo

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOWN = "469023100"
VILLAGE = "469023100200"
WALKS: dict[str, tuple[str, ...]] = {
    "county": (
        "/dispatch/",
        "/dispatch/tasks/",
        "/dispatch/tasks/new/",
        "> /dispatch/tasks/[^/]+/[0-9a-f-]+/",
        "/dispatch/meetings/",
        "/dispatch/meetings/new/",
        "> /dispatch/meetings/[^/]+/[0-9a-f-]+/",
        "/dispatch/campaigns/",
        "/dispatch/campaigns/new/",
        "> /dispatch/campaigns/[^/]+/[0-9a-f-]+/",
        "/dispatch/terms/",
        "/checklists/",
        "/checklists/new/",
        "> /checklists/[^/]+/[0-9a-f-]+/",
        "/organisation/",
        "/organisation/staff/",
        "/organisation/watch/",
        "/organisation/models/",
        "> /organisation/models/[^/]+/[0-9a-f-]+/",
        "/organisation/changes/",
        f"/organisation/changes/?unit={VILLAGE}",
        "/organisation/record/leading_group/",
        f"/organisation/change/renamed/?unit={VILLAGE}",
        f"/organisation/change/merged/?unit={VILLAGE}",
        "! other",
        f"/organisation/change/split/?unit={VILLAGE}",
        f"/organisation/change/closed/?unit={VILLAGE}",
        "/outreach/",
        "/outreach/requests/",
        "/outreach/speakers/",
        "/outreach/targets/",
        "/outreach/stores/",
        "/outreach/events/",
        "> /outreach/events/[^/]+/[0-9a-f-]+/",
        "/outreach/coverage/",
        "/outreach/channels/",
        "/site/",
        "/site/write/site_article/",
        "/resources/",
        "/resources/rewards/",
        "/resources/rewards/new/",
        "/resources/equipment/",
        "/resources/places/",
        "/patrols/",
        "/patrols/rounds/",
        "/patrols/venues/",
        "> /patrols/venues/[0-9a-f-]+/",
        "/police-figures/",
        "/police-figures/import/",
        "/surveys/",
        "/surveys/new/",
        "> /surveys/[0-9a-f-]+/",
        "/scoreboard/",
        "/scoreboard/import/",
        "/partners/",
        "/partners/community_platform/",
        "/partners/hospital/",
        "/account/tokens/",
    ),
    "town": ("/messages/", "/proposals/export/?what=people&list=all"),
    "system-admin": ("/accounts/tokens/",),
    "": ("/scoreboard/public/", "/answer/"),
}
"""By whom each page is opened. `>` follows the first such link of the page before, where there is one; `!`
answers a choice with its first unit and goes to the second step."""


def opened(page: Page, address: str, some: tuple[str, ...]) -> Iterator[str]:
    """Open one page after the other; which it is."""
    for path in some:
        if path.startswith("> "):
            found = re.search(rf'href="({path[2:]})"', page.content())
            if found is None:
                continue
            path = found[1]
        if path.startswith("! "):
            page.select_option(f"select[name={path[2:]}]", index=1)
            page.locator("form button.primary").click()
        else:
            answer = page.goto(address + path)
            assert answer is not None, path
            assert answer.status == 200, (path, answer.status)
        yield path


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1366, 390])
def test_every_page_of_the_three_levels_passes_axe(
    demo: str, page: Page, axe: Callable[..., None], language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    seen = set()
    for account, some in WALKS.items():
        page.context.clear_cookies()
        page.goto(f"{demo}/sign-in/")
        if page.locator("html").get_attribute("lang") != {"zh-hans": "zh-CN", "en": "en"}[language]:
            page.locator(f"button[name=language][value={language}]").first.click()
        if account:
            page.click(f".demo-accounts form:has(input[value='{account}']) button")
        for path in opened(page, demo, some):
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (path, wide)
            seen.add(path)
    assert len(seen) > 55
