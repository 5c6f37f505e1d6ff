"""Where remote medicine is."""

from django.urls import path

from guitu.web.pages.remote import view

urlpatterns = [
    path("remote/", view.work, name="remote"),
    path("remote/new/<str:case>/", view.ask, name="remote_ask"),
    path("remote/<uuid:identifier>/", view.one, name="remote_one"),
    path("remote/<uuid:identifier>/write/", view.write, name="remote_write"),
    path("remote/<uuid:identifier>/room/", view.call, name="remote_room"),
    path("remote/<uuid:identifier>/room/heard/", view.heard, name="remote_heard"),
    path("remote/<uuid:identifier>/room/say/", view.say, name="remote_say"),
    path("remote/<uuid:identifier>/bundle.json", view.take, name="remote_bundle"),
    path("remote/<uuid:identifier>/answer/", view.take_in, name="remote_import"),
]
