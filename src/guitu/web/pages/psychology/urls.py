"""Where the psychology centre's pages are."""

from django.urls import path

from guitu.web.pages.psychology import filling, protocol, supplying, view

urlpatterns = [
    path("psychology/", view.day, name="psychology"),
    path("psychology/instruments/", supplying.instruments, name="psychology_instruments"),
    path("psychology/<str:case>/", view.person, name="psychology_person"),
    path("psychology/<str:case>/fill/<slug:instrument>/", filling.fill, name="psychology_fill"),
    path("psychology/<str:case>/protocol/<slug:method>/", protocol.protocol, name="psychology_protocol"),
    path("psychology/<str:case>/device/<uuid:entry>/", protocol.device, name="psychology_device"),
]
