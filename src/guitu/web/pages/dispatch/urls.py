"""Where dispatch is."""

from django.urls import path

from guitu.web.pages.dispatch import campaigns, meetings, tasks, view

urlpatterns = [
    path("dispatch/", view.board, name="dispatch"),
    path("dispatch/terms/", campaigns.terms, name="dispatch_terms"),
    path("dispatch/tasks/", tasks.listing, name="dispatch_tasks"),
    path("dispatch/tasks/new/", tasks.new, name="dispatch_task_new"),
    path("dispatch/tasks/<str:code>/<uuid:identifier>/", tasks.one, name="dispatch_task"),
    path("dispatch/tasks/<str:code>/<uuid:identifier>/report/", tasks.report, name="dispatch_task_report"),
    path("dispatch/tasks/<str:code>/<uuid:identifier>/close/", tasks.close, name="dispatch_task_close"),
    path("dispatch/tasks/<str:code>/<uuid:identifier>/change/", tasks.change, name="dispatch_task_change"),
    path("dispatch/meetings/", meetings.listing, name="dispatch_meetings"),
    path("dispatch/meetings/new/", meetings.new, name="dispatch_meeting_new"),
    path("dispatch/meetings/<str:code>/<uuid:identifier>/", meetings.one, name="dispatch_meeting"),
    path("dispatch/campaigns/", campaigns.listing, name="dispatch_campaigns"),
    path("dispatch/campaigns/new/", campaigns.new, name="dispatch_campaign_new"),
    path("dispatch/campaigns/<str:code>/<uuid:identifier>/", campaigns.one, name="dispatch_campaign"),
    path("dispatch/campaigns/<str:code>/<uuid:identifier>/target/", campaigns.target, name="dispatch_target"),
    path(
        "dispatch/campaigns/<str:code>/<uuid:identifier>/change/", campaigns.change,
        name="dispatch_campaign_change",
    ),
]  # fmt: skip
