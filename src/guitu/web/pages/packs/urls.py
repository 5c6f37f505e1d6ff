"""Where packs are."""

from django.urls import path

from guitu.web.pages.packs import actions, progress, view

urlpatterns = [
    path("packs/", view.listing, name="packs"),
    path("packs/actions/", actions.actions, name="pack_actions"),
    path("packs/making/<str:code>/<str:period>/", progress.making_it, name="pack_making"),
    path("packs/making/<str:code>/<str:period>/progress/", progress.progress, name="pack_progress"),
    path("packs/<uuid:identifier>/", view.one, name="pack"),
    path("packs/<uuid:identifier>/recount/", view.recount, name="pack_recount"),
    path("packs/<uuid:identifier>/paper.<str:suffix>", view.paper, name="pack_paper"),
]
