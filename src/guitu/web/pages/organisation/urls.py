"""Where organisation is."""

from django.urls import path

from guitu.web.pages.organisation import changing, places, recording, view

urlpatterns = [
    path("organisation/", view.groups, name="organisation"),
    path("organisation/staff/", view.staff, name="organisation_staff"),
    path("organisation/watch/", places.watch, name="organisation_watch"),
    path("organisation/models/", places.models, name="organisation_models"),
    path("organisation/models/<str:code>/<uuid:identifier>/", places.one, name="organisation_model"),
    path("organisation/changes/", places.changes, name="organisation_changes"),
    path("organisation/change/<str:way>/", changing.change, name="organisation_change"),
    path("organisation/changes/<str:code>/<uuid:identifier>/undo/", changing.undo, name="organisation_undo"),
    path("organisation/record/<str:kind>/", recording.record, name="organisation_record"),
]
