"""Where patrols and venues are."""

from django.urls import path

from guitu.web.pages.patrols import maps, recording, venues, view

urlpatterns = [
    path("patrols/", view.patrols, name="patrols"),
    path("patrols/rounds/", view.rounds, name="patrols_rounds"),
    path("patrols/venues/", venues.venues, name="patrols_venues"),
    path("patrols/venues/<uuid:entry>/", venues.venue, name="patrols_venue"),
    path("patrols/map.svg", maps.map_svg, name="patrols_map"),
    path("patrols/record/<str:code>/<str:kind>/", recording.recorded, name="patrols_record"),
]
