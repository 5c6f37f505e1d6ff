"""Where the person's own page is."""

from django.urls import path

from guitu.web.pages.mine import counted, living, papers, reminded, view

urlpatterns = [
    path("mine/", view.mine, name="mine"),
    path("mine/ask/<slug:what>/", view.ask, name="mine_ask"),
    path("mine/family/end/", view.end_family, name="mine_family_end"),
    path("mine/counts/", counted.counts_page, name="mine_counts"),
    path("mine/papers/<uuid:entry>/<str:sha256>/", papers.own_paper, name="mine_paper"),
    path("mine/stay/leave/", living.leave_place, name="mine_leave_place"),
    path("mine/reminders/stop/", reminded.stop, name="mine_reminders_stop"),
    path("mine/copy/", view.copy, name="mine_copy"),
    path("away/", view.away, name="away"),
]
