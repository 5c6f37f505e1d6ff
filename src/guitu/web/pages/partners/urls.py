"""Where the partners are: their mappings, exchanges and files."""

from django.urls import path

from guitu.web.pages.partners import giving, view

urlpatterns = [
    path("partners/", view.partners_page, name="partners"),
    path("partners/<str:partner>/", view.one, name="partner"),
    path("partners/<str:partner>/sample/", giving.sample, name="partner_sample"),
    path("partners/<str:partner>/list/", giving.give_list, name="partner_list"),
    path("partners/<str:partner>/person/", giving.give_person, name="partner_person"),
]
