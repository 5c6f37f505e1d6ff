"""Where is decided what becomes of a record."""

from django.urls import path

from guitu.web.pages.records import duplicates, sealed, view

urlpatterns = [
    path("files/<str:case>/records/", view.choose, name="records"),
    path("files/<str:case>/records/<slug:act>/", view.propose, name="records_act"),
    path("files/<str:case>/sealed/", sealed.basis, name="sealed"),
    path("people/duplicates/", duplicates.pairs, name="duplicates"),
]
