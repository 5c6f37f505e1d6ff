"""Where is decided what becomes of a record."""

from django.urls import path

from guitu.web.pages.records import certificate, duplicates, sealed, view

urlpatterns = [
    path("files/<str:case>/records/", view.choose, name="records"),
    path("files/<str:case>/records/<slug:act>/", view.propose, name="records_act"),
    path("files/<str:case>/sealed/", sealed.basis, name="sealed"),
    path("files/<str:case>/certificate/<uuid:entry>/", certificate.certificate, name="certificate"),
    path("people/duplicates/", duplicates.pairs, name="duplicates"),
]
