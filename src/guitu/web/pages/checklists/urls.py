"""Where checklists are."""

from django.urls import path

from guitu.web.pages.checklists import recording, view

urlpatterns = [
    path("checklists/", view.board, name="checklists"),
    path("checklists/new/", recording.new, name="checklist_new"),
    path("checklists/<str:code>/<uuid:identifier>/", view.one, name="checklist"),
    path("checklists/<str:code>/<uuid:identifier>/fill/", recording.fill, name="checklist_fill"),
    path("checklists/<str:code>/<uuid:identifier>/version/", recording.version, name="checklist_version"),
    path("checklists/<str:code>/<uuid:identifier>/change/", recording.change, name="checklist_change"),
]
