"""Where figures are."""

from django.urls import path

from guitu.web.pages.indicators.cohorts import cohort_picture, cohorts
from guitu.web.pages.indicators.opening import behind
from guitu.web.pages.indicators.view import one, overview, picture, take, take_all

urlpatterns = [
    path("indicators/", overview, name="indicators"),
    path("indicators/figures.<str:ending>", take_all, name="indicators_take"),
    path("indicators/cohorts/", cohorts, name="cohorts"),
    path("indicators/<str:key>/cohort.svg", cohort_picture, name="cohort_picture"),
    path("indicators/<str:key>/", one, name="indicator"),
    path("indicators/<str:key>/picture.svg", picture, name="indicator_picture"),
    path("indicators/<str:key>/behind/<str:part>/", behind, name="indicator_behind"),
    path("indicators/<str:key>/figures.<str:ending>", take, name="indicator_take"),
]
