"""Where another system brings a hand-over, or asks for one. Nobody signs in here: what comes is signed and
encrypted by a system whose card is registered, and anything else is refused without a word of anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from guitu.exchange.handover import NotReadable, answer
from guitu.exchange.handover.link import TYPE
from guitu.exchange.handover.sealed import MOST_BODY
from guitu.kernel.errors import GuituError
from guitu.web import clock
from guitu.web.page import shows


@shows("handover_exchange", public=True)
@csrf_exempt
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """A bundle in, the answer out. What is no bundle, as a page's form, is refused unread."""
    if request.content_type != TYPE:
        return HttpResponse(status=403, content_type="text/plain")
    raw = request.read(MOST_BODY + 1)
    try:
        return HttpResponse(answer(raw, clock.now()), content_type=TYPE)
    except NotReadable:
        return HttpResponse(status=400, content_type="text/plain")
    except GuituError:  # no card yet, or the store is away: nothing was taken, and it may be sent again
        return HttpResponse(status=503, content_type="text/plain")
