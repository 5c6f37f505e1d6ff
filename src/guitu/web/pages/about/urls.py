"""Where About is."""

from django.urls import path

from guitu.web.pages.about.view import about

urlpatterns = [path("about/", about, name="about")]
