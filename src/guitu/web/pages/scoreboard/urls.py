"""Where the scoreboard is. What was published opens without signing in."""

from django.urls import path

from guitu.web.pages.scoreboard import acts, public, view

urlpatterns = [
    path("scoreboard/", view.scoreboard, name="scoreboard"),
    path("scoreboard/figures.<str:ending>", view.take, name="scoreboard_take"),
    path("scoreboard/import/", acts.bring_in, name="scoreboard_import"),
    path("scoreboard/count/", acts.count, name="scoreboard_count"),
    path("scoreboard/publish/", acts.publish, name="scoreboard_publish"),
    path("scoreboard/public/", public.public, name="scoreboard_public"),
    path("scoreboard/public/figures.<str:ending>", public.take, name="scoreboard_public_take"),
]
