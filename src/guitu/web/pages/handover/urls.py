"""Where hand-overs are."""

from django.urls import path

from guitu.web.pages.handover import exchange, held, view

urlpatterns = [
    path("exchange/handover/", exchange.take, name="handover_exchange"),
    path("handover/", view.board, name="handover"),
    path("handover/held/", held.held, name="handover_held"),
    path("handover/<str:case>/", view.person, name="handover_person"),
    path("handover/<str:case>/open/", view.opened_now, name="handover_open"),
]
