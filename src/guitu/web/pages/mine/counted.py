"""What is counted, shown to the person as the officer sees it; and their own lots in draws that were
revealed."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from guitu.casefile.kind import day_word
from guitu.home.draw import lot_of
from guitu.kernel.labels import Label
from guitu.pathway.counters import counters
from guitu.store.home import draws
from guitu.store.read import assessment, rules
from guitu.store.units import tree
from guitu.web.page import show, shows
from guitu.web.pages.mine.page import CountsPage, Item
from guitu.web.pages.mine.view import Own, closed, phone
from guitu.web.pages.order.burden import shown
from guitu.web.pages.order.counts import Links, counts


@shows("mine")
def counts_page(request: HttpRequest) -> HttpResponse:
    """The page."""
    own = Own(request)
    own.only_person()
    if not own.decision.allowed:
        return closed(own, Label("现在不能查看", "This is not open now"), "")
    own.note("own", "counts")
    view = own.view
    found = counters(view.case_file, rules(view.unit), own.today)
    page = CountsPage(
        counts(found, view.case_file.entries, tree(), Links("/mine/papers/")),
        shown(view.case_file.counted(), assessment(view, own.today), own.today, tree()),
        tuple(_lots(own)),
        view.unit.name if view.unit else "",
        phone(),
    )
    return show(request, page)


def _lots(own: Own) -> Iterator[Item]:
    """The person's number in each draw whose seed is known, with the day: so that they can check it."""
    office = draws.office_of(own.view.unit)
    for one in draws.draws(office) if office is not None else ():
        if one.seed is None:
            continue
        lot = lot_of(one.seed, own.view.case_no)
        for drawn in draws.drawn(one, own.today):
            if drawn.window.lot == lot:
                yield Item(
                    Label(f"抽到 {day_word(drawn.day)}", f"Drawn for {day_word(drawn.day, 'en')}"),
                    Label(
                        f"签号 {lot}；种子 {one.seed.hex()}；承诺 {one.commitment}",
                        f"lot {lot}; seed {one.seed.hex()}; commitment {one.commitment}",
                    ),
                )
