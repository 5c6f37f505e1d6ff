"""Where the units are."""

from django.urls import path

from guitu.web.pages.units import view

urlpatterns = [
    path("units/", view.units, name="units"),
    path("units/<str:code>/", view.unit, name="unit"),
    path("units/<str:code>/below/", view.below, name="unit_below"),
]
