"""Opening a sealed file: only with a legal basis, which is written down."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu import access
from guitu.access.articles import SEALED
from guitu.casefile import records
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import grants, read
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import sight_of
from guitu.web.pages.records.page import SealedPage
from guitu.web.who import Who, who

BASIS: Final = "basis"
REASON: Final = "reason"
NO_BASIS: Final = Label("请选择依据", "Choose the basis")
NO_REASON: Final = Label("请写明机关、案件或者规定", "State which organ, case or rule")
LONGEST: Final = 1000


@shows("sealed")
def basis(request: HttpRequest, case: str) -> HttpResponse:
    """That it is sealed; and opening it on a basis."""
    reader = who(request)
    assert reader is not None
    view = read.opened(case)
    if view is None or view.about != "person":
        raise Http404(case)
    sight = sight_of(view, reader)
    if sight.decision.allowed:
        return HttpResponseRedirect(addresses.file(view.case_no))
    if sight.decision.cites != SEALED:
        raise Http404(case)
    if request.method != "POST":
        return show(request, _page(view, reader, {}, {}))
    typed = {name: request.POST.get(name, "")[:LONGEST].strip() for name in (BASIS, REASON)}
    faults: dict[str, Text] = {}
    if typed[BASIS] not in grants.BASES:
        faults[BASIS] = NO_BASIS
    try:
        if not faults:
            grants.open_sealed(view, sight.target, reader.actor, typed[BASIS], typed[REASON], clock.now())
    except grants.NotGranted as refused:
        raise Http404(case) from refused
    except GuituError:
        faults[REASON] = NO_REASON
    if faults:
        return show(request, _page(view, reader, typed, faults), status=422)
    noted(request, "open", (view.no,), (), detail=f"sealed {typed[BASIS]}", area=view.area)
    return HttpResponseRedirect(addresses.file(view.case_no))


def _page(view: read.FileView, reader: Who, typed: dict[str, str], faults: dict[str, Text]) -> SealedPage:
    sealed = records.sealing(view.case_file.counted())
    assert sealed is not None
    choice = kinds()[sealed.kind].ask("basis").choice(sealed.get("basis"))
    more: tuple[Button, ...] = ()
    if access.may_see_page(reader.actor, "records").allowed:
        label = Label("提出解除封存", "Propose to unseal")
        more = (Button(label, href=f"/files/{view.case_no}/records/unseal/", look="link"),)
    return SealedPage(
        view.case_no,
        sealed.happened_on.isoformat(),
        choice.label if choice else Label("封存", "Sealed"),
        (
            Field(
                BASIS,
                Label("依据", "Basis"),
                "choice",
                value=typed.get(BASIS, ""),
                options=tuple(Option(name, label) for name, label in grants.BASES.items()),
                error=faults.get(BASIS, ""),
            ),
            Field(
                REASON,
                Label("机关、案件或者规定", "Which organ, case or rule"),
                "long_text",
                value=typed.get(REASON, ""),
                hint=Label("例：某机关某案，文号；或者哪一项国家规定", "The organ and its case, or the rule"),
                error=faults.get(REASON, ""),
            ),
        ),
        grants.SEALED_HOURS,
        f"/files/{view.case_no}/sealed/",
        more,
        ErrorSummary(tuple(Fault(text, f"f-{name}") for name, text in faults.items())) if faults else None,
    )
