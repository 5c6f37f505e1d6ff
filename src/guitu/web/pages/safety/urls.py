"""Where the safety centre is."""

from django.urls import path

from guitu.web.pages.safety import care, facts, meetings, patrol, points, recording, view, walking

urlpatterns = [
    path("safety/", view.safety, name="safety"),
    path("safety/incidents/", facts.incidents, name="safety_incidents"),
    path("safety/hazards/", facts.hazards, name="safety_hazards"),
    path("safety/drills/", facts.drills, name="safety_drills"),
    path("safety/meetings/", meetings.meetings, name="safety_meetings"),
    path("safety/meetings/<uuid:entry>/", meetings.meeting, name="safety_meeting"),
    path("safety/care/", care.care, name="safety_care"),
    path("safety/patrol/", patrol.patrol, name="safety_patrol"),
    path("safety/points/", points.points, name="safety_points"),
    path("safety/points/new/", points.new, name="safety_point_new"),
    path("safety/points/codes/", points.codes, name="safety_codes"),
    path("safety/plan/", points.plan, name="safety_plan"),
    path("safety/start/", walking.start, name="safety_start"),
    path("safety/round/", walking.round_, name="safety_round"),
    path("safety/at/", walking.typed, name="safety_typed"),
    path("safety/at/<str:code>/", walking.at, name="safety_at"),
    path("safety/record/<str:code>/<str:kind>/", recording.record, name="safety_record"),
]
