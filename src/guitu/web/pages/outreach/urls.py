"""Where outreach is."""

from django.urls import path

from guitu.web.pages.outreach import channels, coverage, events, lists, plan, recording, view

urlpatterns = [
    path("outreach/", view.calendar, name="outreach"),
    path("outreach/plans/<str:code>/<uuid:entry>/", plan.one, name="outreach_plan"),
    path("outreach/requests/", lists.requests, name="outreach_requests"),
    path("outreach/speakers/", lists.speakers, name="outreach_speakers"),
    path("outreach/targets/", lists.targets, name="outreach_targets"),
    path("outreach/stores/", lists.stores, name="outreach_stores"),
    path("outreach/events/", events.events, name="outreach_events"),
    path("outreach/events/<str:code>/<uuid:entry>/", events.one, name="outreach_event"),
    path("outreach/photos/<str:code>/<uuid:entry>/", events.picture, name="outreach_photo"),
    path("outreach/coverage/", coverage.coverage, name="outreach_coverage"),
    path("outreach/coverage/map.svg", coverage.picture, name="outreach_map"),
    path("outreach/channels/", channels.channels, name="outreach_channels"),
    path("outreach/channels/import/", channels.bring, name="outreach_import"),
    path("outreach/channels/template.csv", channels.template, name="outreach_template"),
    path("outreach/record/<str:code>/<str:kind>/", recording.record, name="outreach_record"),
]
