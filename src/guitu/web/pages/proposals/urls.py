"""Where what takes two people is decided."""

from django.urls import path

from guitu.web.pages.proposals import taking, view

urlpatterns = [
    path("proposals/", view.proposals, name="proposals"),
    path("proposals/<uuid:proposal>/", view.one, name="proposal"),
    path("proposals/<uuid:proposal>/download/", taking.download, name="proposal_download"),
    path("proposals/export/", taking.ask, name="export_ask"),
]
