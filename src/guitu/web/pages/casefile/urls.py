"""Where one person's file is."""

from django.urls import path

from guitu.web.pages.casefile import view

urlpatterns = [
    path("files/<str:case>/", view.overview, name="file"),
    path("files/<str:case>/duties/", view.duties, name="file_duties"),
    path("files/<str:case>/measures/", view.measures, name="file_measures"),
    path("files/<str:case>/history/", view.history, name="file_history"),
    path("files/<str:case>/printed/", view.printed, name="file_printed"),
    path("files/<str:case>/number/", view.number, name="file_number"),
]
