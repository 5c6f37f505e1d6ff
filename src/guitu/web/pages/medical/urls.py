"""Where the medical centre's pages are."""

from django.urls import path

from guitu.web.pages.medical import giving, saying, view

urlpatterns = [
    path("medical/", view.day, name="medical"),
    path("medical/rounds/", giving.rounds, name="medical_rounds"),
    path("medical/rounds/say/", saying.say, name="medical_say"),
    path("medical/restraint/", view.restraint, name="medical_restraint"),
    path("medical/away/", view.away, name="medical_away"),
    path("medical/restricted/", view.restricted, name="medical_restricted"),
    path("medical/people/<str:case>/", view.one, name="medical_person"),
    path("medical/people/<str:case>/card/", view.card, name="medical_card"),
    path("medical/people/<str:case>/<str:what>.svg", view.picture, name="medical_picture"),
    path("medical/people/<str:case>/stop/<uuid:prescription>/", saying.stop, name="medical_stop"),
]
