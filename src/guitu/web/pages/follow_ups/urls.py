"""Where follow-up campaigns are."""

from django.urls import path

from guitu.web.pages.follow_ups import one, view, week

urlpatterns = [
    path("follow-ups/", view.follow_ups, name="follow_ups"),
    path("follow-ups/<uuid:campaign>/", one.one, name="follow_up_campaign"),
    path("follow-ups/<uuid:campaign>/plan/", one.plan, name="follow_up_plan"),
    path("follow-ups/<uuid:campaign>/week/", week.week, name="follow_up_week"),
]
