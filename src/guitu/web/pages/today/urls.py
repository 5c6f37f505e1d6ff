"""Where Today is: the first page."""

from django.urls import path

from guitu.web.pages.today import view

urlpatterns = [
    path("", view.landing, name="today"),
    path("today/print/", view.sheet, name="today_sheet"),
    path("today/done/<str:case>/<str:row>/", view.done, name="today_done"),
    path("today/why/<str:case>/<str:row>/", view.why, name="today_why"),
]
