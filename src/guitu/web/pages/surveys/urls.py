"""Where surveys are. Who answers one opens /answer/ without signing in."""

from django.urls import path

from guitu.web.pages.surveys import answering, keeping, one, view

urlpatterns = [
    path("answer/", answering.answer, name="survey_answer"),
    path("surveys/", view.surveys, name="surveys"),
    path("surveys/new/", view.new, name="survey_new"),
    path("surveys/<uuid:survey>/", one.one, name="survey"),
    path("surveys/<uuid:survey>/codes/", keeping.codes, name="survey_codes"),
    path("surveys/<uuid:survey>/paper/", keeping.paper, name="survey_paper"),
    path("surveys/<uuid:survey>/printed/", one.printed, name="survey_printed"),
    path("surveys/<uuid:survey>/close/", keeping.close, name="survey_close"),
]
