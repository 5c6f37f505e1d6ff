"""Where caseloads are."""

from django.urls import path

from guitu.web.pages.caseloads.view import caseloads

urlpatterns = [path("caseloads/", caseloads, name="caseloads")]
