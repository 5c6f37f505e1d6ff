"""Where the gallery is."""

from django.urls import path

from guitu.web.pages.gallery.view import index, whole_page

urlpatterns = [
    path("gallery/", index, name="gallery"),
    path("gallery/page/<slug:name>/<slug:state>/", whole_page, name="gallery_page"),
    path("gallery/<slug:name>/", index, name="gallery_of"),
]
