"""Where the gate is."""

from django.urls import path

from guitu.web.pages.gate import view

urlpatterns = [
    path("gate/", view.gate_page, name="gate"),
    path("gate/<str:case>/", view.person, name="gate_person"),
]
