"""Where complaints are received."""

from django.urls import path

from guitu.web.pages.remedies import view

urlpatterns = [
    path("remedies/", view.inbox, name="remedies"),
    path("remedies/<uuid:identifier>/", view.complaint, name="remedy_complaint"),
]
