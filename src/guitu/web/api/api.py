"""The API as one: its operations, its OpenAPI document, and its addresses for Django."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.api import (
    approvals,
    calling,
    entries,
    figures,
    files,
    hooks,
    leaves,
    ledgers,
    packs,
    people,
    person_pages,
    work,
)
from guitu.web.api.routes import router
from guitu.web.page import shows

ROOT: Final = "api/v1/"
ABOUT: Final = """\
What pages do, for programs. A token acts as its account in one post and within its scopes: the same
decisions, the same access log and the same gate as on the pages. Lists come a page at a time: send `next`
back as `cursor`. Faults are JSON with a `code` for programs and a sentence in both languages. Calls are
counted by the minute; one too many is 429 with Retry-After. Sending an entry again under the same `id`
records it once. Kinds that stay on their pages stand under `x-not-recorded`, each with the reason.
"""


NO_SUCH_METHOD: Final = Label("这个地址不能这样调用。", "This address is not called in this way.")


class Json(BaseRenderer):
    """Answers are written by what has just seen to their form, sooner than by Django's encoder."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """An answer as JSON, in UTF-8."""
        return to_json(data)


def made() -> NinjaAPI:
    """The API with all its operations."""
    found = NinjaAPI(
        title="Guitu 归途", version="1", description=ABOUT, docs_url=None, openapi_url=None,
        urls_namespace="api", renderer=Json(),
    )  # fmt: skip
    assert all((approvals, people, files, entries, work, leaves, ledgers, figures, packs, hooks)), (
        "each puts its own on the router"
    )
    found.add_router("", router)
    calling.handle(found)
    return found


API: Final = made()


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document (3.1)."""
    told: dict[str, Any] = json.loads(json.dumps(API.get_openapi_schema(path_prefix=f"/{ROOT}"), default=str))
    for where, about in (("files/{case}/entries", "person"), ("units/{code}/entries", "unit")):
        told["paths"][f"/{ROOT}{where}"]["post"]["x-not-recorded"] = {
            name: {"zh": why.zh, "en": why.en}
            for name, why in person_pages.stays().items()
            if kinds()[name].about == about
        }
    return told


Operation = tuple[str, str, Label, str]
"""Method, path, what it is for, and the scope it needs ("" for any token)."""


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation, in the order of the paths."""
    found = []
    for bound in API._get_bound_routers():
        for route, view in bound.path_operations.items():
            for one in view.operations:
                scope = next((a.scope for a in one.auth_callbacks if isinstance(a, calling.Bearer)), "")
                zh, _, en = str(one.summary).partition(" / ")
                at = f"/{ROOT}{route.lstrip('/')}"
                found += [(method, at, Label(zh, en), scope) for method in one.methods]
    return tuple(sorted(found, key=lambda one: (one[1], one[0])))


@require_safe
@shows("api", public=True)
def openapi(request: HttpRequest) -> HttpResponse:
    """What there is to call, for programs: nothing of anybody stands in it."""
    return HttpResponse(
        json.dumps(document(), ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )


def addresses() -> list[URLPattern]:
    """One address for each path, under the name of its first operation; each lets its own caller in."""
    found = [path(f"{ROOT}openapi.json", openapi, name="api_openapi")]
    known: set[str] = set()
    for bound in API._get_bound_routers():
        for one in bound.urls_paths(bound.prefix):
            route = str(one.pattern)
            if route not in known:
                known.add(route)
                found.append(
                    path(ROOT + route, shows("api", public=True)(_worded(one.callback)), name=one.name)
                )
    return found


def _worded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponse]:
    """The same view; that it is not asked for in this way is said as every other fault is."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        answer = view(request, *args, **more)
        if answer.status_code == 405:
            worded = calling.refusal(405, "method", NO_SUCH_METHOD)
            worded.headers["Allow"] = answer.headers.get("Allow", "")
            return worded
        return answer  # type: ignore[return-value]

    return answering
