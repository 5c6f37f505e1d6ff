"""Where people are found, listed and added."""

from django.urls import path

from guitu.web.pages.people import listing, new, view

urlpatterns = [
    path("people/", view.people, name="people"),
    path("people/new/", new.new, name="people_new"),
    path("people/screen/", view.screen, name="people_screen"),
    path("people/list.xlsx", listing.workbook, name="people_xlsx"),
    path("people/list.csv", listing.plain, name="people_csv"),
]
