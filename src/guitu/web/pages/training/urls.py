"""Where the rehabilitation training centre works."""

from django.urls import path

from guitu.web.pages.training import person, prescribing, session, testing, view

urlpatterns = [
    path("training/", view.day, name="training"),
    path("training/session/", session.session, name="training_session"),
    path("training/people/<str:case>/", person.person, name="training_person"),
    path("training/people/<str:case>/picture/", person.picture, name="training_picture"),
    path("training/people/<str:case>/test/", testing.test, name="training_test"),
    path("training/people/<str:case>/prescribe/", prescribing.prescribe, name="training_prescribe"),
]
