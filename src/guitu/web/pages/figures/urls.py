"""Where the figures desk is."""

from django.urls import path

from guitu.web.pages.figures import view

urlpatterns = [
    path("figures/", view.desk, name="figures_desk"),
    path("figures/download/", view.download, name="figures_desk_download"),
]
