"""Where scenes are."""

from django.urls import path

from guitu.web.pages.scenes import view

urlpatterns = [
    path("scenes/", view.every, name="psychology_scenes"),
    path("psychology/<str:case>/scene/<slug:pack>/", view.scene, name="psychology_scene"),
]
