"""Where what takes two people is decided."""

from django.urls import path

from guitu.web.pages.proposals import view

urlpatterns = [
    path("proposals/", view.proposals, name="proposals"),
    path("proposals/<uuid:proposal>/", view.one, name="proposal"),
    path("proposals/<uuid:proposal>/download/", view.download, name="proposal_download"),
]
