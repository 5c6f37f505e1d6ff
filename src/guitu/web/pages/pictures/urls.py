"""Where the pictures of a file are."""

from django.urls import path

from guitu.web.pages.pictures import view

urlpatterns = [
    path("files/<str:case>/pictures/", view.pictures, name="file_pictures"),
    path("files/<str:case>/pictures/<uuid:entry>/<str:sha256>/", view.picture, name="file_picture"),
]
