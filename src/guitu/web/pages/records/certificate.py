"""Handing out the certificate that somebody had been listed in error."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from guitu.exchange.documents.certificate import Certificate
from guitu.store import certificates
from guitu.web import clock
from guitu.web.noted import noted
from guitu.web.page import shows
from guitu.web.pages.records.view import reader_of, view_of
from guitu.web.who import Who


@shows("records")
def certificate(request: HttpRequest, case: str, entry: UUID) -> HttpResponse:
    """The certificate as a document, once; that it was made is noted."""
    reader: Who = reader_of(request)
    view = view_of(case, reader, sealed=True)
    facts = certificates.facts(view, entry)
    if facts is None:
        raise Http404(str(entry))
    noted(request, "print", (view.no,), ("identity",), detail="certificate", area=view.area)
    office = reader.post.unit_name if reader.post else ""
    made = Certificate(facts, office, clock.today()).pdf()
    response = HttpResponse(made, content_type="application/pdf")
    name = f"certificate-{view.case_no}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
