"""Where help is."""

from django.urls import path

from guitu.web.pages.help import advice, person, view

urlpatterns = [
    path("help/", view.board, name="help"),
    path("help/work/", view.work, name="help_work"),
    path("help/places/", view.places, name="help_places"),
    path("help/stations/", advice.stations, name="help_stations"),
    path("help/stations/<str:code>/<uuid:question>/", advice.answer, name="help_answer"),
    path("help/people/<str:case>/", person.person, name="help_person"),
]
