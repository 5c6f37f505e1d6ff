"""What is counted, shown to the person as the officer sees it; and their own lots in draws that were
revealed."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from guitu.casefile.kind import day_word
from guitu.home.custody import OUTCOMES, chain_of, known_as, positives
from guitu.home.draw import lot_of
from guitu.kernel.labels import Label
from guitu.pathway.counters import counters
from guitu.store.home import draws
from guitu.store.read import assessment, rules
from guitu.store.units import tree
from guitu.web.components.word.component import Word
from guitu.web.page import show, shows
from guitu.web.pages.mine import asking
from guitu.web.pages.mine.page import CountsPage, Item
from guitu.web.pages.mine.view import Own, closed, phone
from guitu.web.pages.order.build import NOT_AS_REPORTED, SHAPES
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
        office=view.unit.name if view.unit else "",
        phone=phone(),
        positives=tuple(_positives(own)),
    )
    return show(request, page)


def _positives(own: Own) -> Iterator[Item]:
    """Every positive test with what has come of it and what it lacks, and where it can be objected to."""
    view = own.view
    counted = view.case_file.counted()
    sex = next((str(e.get("sex") or "") for e in reversed(counted) if e.kind == "person"), "")
    may = {entry.id for entry, _ in asking.open_tests(view, own.today)}
    for test in positives(counted):
        names = known_as(test, view.entries)
        chain = chain_of(test, counted, own.today, sex=sex, names=names, every=view.entries)
        lacks = [gap.label for gap in chain.gaps]
        if not chain.standing:
            lacks.insert(0, NOT_AS_REPORTED)
        day = test.happened_on
        yield Item(
            Label(f"{day_word(day)}的检测", f"The test of {day_word(day, 'en')}"),
            Label(
                "要核对的：" + "；".join(g.zh for g in lacks),
                "To be checked: " + "; ".join(g.en for g in lacks),
            )
            if lacks
            else "",
            Word(SHAPES[chain.outcome], OUTCOMES[chain.outcome]),
            href=f"/mine/ask/object/?entry={test.id}" if test.id in may else "",
            act=asking.FORMS["object"].button,
        )


def _lots(own: Own) -> Iterator[Item]:
    """The person's number in each draw whose seed is known, with the day: so that they can check it. Also in
    those of offices that answered for them before."""
    offices = draws.offices_of(own.view.case_file.counted())
    for one in (one for office in offices for one in draws.draws(office)):
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
