"""Where the Ledgers pages are."""

from django.urls import path

from guitu.web.pages.ledgers import view

urlpatterns = [
    path("ledgers/", view.first, name="ledgers"),
    path("ledgers/export/", view.export, name="ledgers_export"),
    path("ledgers/template/<str:name>/", view.template, name="ledgers_template"),
    path("ledgers/<uuid:batch>/", view.one, name="ledgers_batch"),
    path("ledgers/<uuid:batch>/progress/", view.progress, name="ledgers_progress"),
    path("ledgers/<uuid:batch>/import/", view.begin, name="ledgers_import"),
    path("ledgers/<uuid:batch>/undo/", view.take_back, name="ledgers_undo"),
    path("ledgers/<uuid:batch>/held/", view.held, name="ledgers_held"),
]
