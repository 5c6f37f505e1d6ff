"""Where packs are."""

from django.urls import path

from guitu.web.pages.packs import actions, view

urlpatterns = [
    path("packs/", view.listing, name="packs"),
    path("packs/actions/", actions.actions, name="pack_actions"),
    path("packs/<uuid:identifier>/", view.one, name="pack"),
    path("packs/<uuid:identifier>/recount/", view.recount, name="pack_recount"),
    path("packs/<uuid:identifier>/paper.<str:suffix>", view.paper, name="pack_paper"),
]
