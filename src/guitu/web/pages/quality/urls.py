"""Where data quality is."""

from django.urls import path

from guitu.web.pages.quality.view import quality, take

urlpatterns = [
    path("quality/", quality, name="quality"),
    path("quality/figures.<str:ending>", take, name="quality_take"),
]
