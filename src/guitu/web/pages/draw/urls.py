"""Where the draw is."""

from django.urls import path

from guitu.web.pages.draw import view

urlpatterns = [
    path("draw/", view.draw, name="draw"),
    path("draw/publish/", view.publish, name="draw_publish"),
    path("draw/<uuid:draw>/reveal/", view.reveal, name="draw_reveal"),
    path("draw/<uuid:draw>/sheet.json", view.sheet, name="draw_sheet"),
]
