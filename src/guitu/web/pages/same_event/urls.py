"""Where two accounts of one event stand side by side."""

from django.urls import path

from guitu.web.pages.same_event.view import same_event

urlpatterns = [path("same-event/", same_event, name="same_event")]
