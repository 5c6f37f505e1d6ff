"""Where the zones are."""

from django.urls import path

from guitu.web.pages.zones import view

urlpatterns = [path("zones/", view.zones, name="zones")]
