"""Where the pages about contact are."""

from django.urls import path

from guitu.web.pages.contact import view

urlpatterns = [
    path("contact/", view.contact, name="contact"),
    path("contact/ended/", view.ended, name="contact_ended"),
    path("contact/<str:case>/", view.person, name="contact_person"),
]
