"""Where one person's requests are."""

from django.urls import path

from guitu.web.pages.requests import view

urlpatterns = [
    path("people/<str:case>/requests/", view.requests, name="requests"),
    path("people/<str:case>/requests/<slug:what>/", view.write, name="request_write"),
    path("people/<str:case>/access/", view.give, name="person_access"),
    path("people/<str:case>/sheet/", view.sheet, name="person_sheet"),
]
