"""Where the gallery is."""

from django.urls import path

from guitu.web.pages.gallery.view import index

urlpatterns = [
    path("gallery/", index, name="gallery"),
    path("gallery/<slug:name>/", index, name="gallery_of"),
]
