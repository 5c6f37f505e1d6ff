"""Where the choices of the top bar are sent."""

from django.urls import path

from guitu.web.pages.view.view import change

urlpatterns = [path("view/", change, name="view")]
