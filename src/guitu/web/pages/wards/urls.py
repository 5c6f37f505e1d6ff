"""Where wards and beds are."""

from django.urls import path

from guitu.web.pages.wards import view

urlpatterns = [
    path("wards/", view.wards, name="wards"),
    path("wards/<str:case>/", view.bed, name="ward_bed"),
]
