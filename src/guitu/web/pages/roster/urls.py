"""Where rosters are."""

from django.urls import path

from guitu.web.pages.roster import acts, mine, setup, view

urlpatterns = [
    path("roster/", view.roster, name="roster"),
    path("roster/cell/", view.cell, name="roster_cell"),
    path("roster/act/<str:what>/", acts.act, name="roster_act"),
    path("roster/progress/", view.progress, name="roster_progress"),
    path("roster/table.xlsx", view.table, name="roster_table"),
    path("roster/setup/", setup.setup, name="roster_setup"),
    path("roster/mine/", mine.mine, name="roster_mine"),
    path("roster/mine/shifts.ics", mine.calendar, name="roster_ics"),
]
