"""Where the office against infection works."""

from django.urls import path

from guitu.web.pages.epidemic import entries, lists, person, recording, stock, view

urlpatterns = [
    path("epidemic/", view.day, name="epidemic"),
    path("epidemic/people/<str:case>/", person.person, name="epidemic_person"),
    path("epidemic/entries/", entries.entries, name="epidemic_entries"),
    path("epidemic/record/<str:kind>/", recording.new, name="epidemic_record"),
    path("epidemic/change/<uuid:identifier>/", recording.change, name="epidemic_change"),
    path("epidemic/supplies/<uuid:identifier>/", stock.supply, name="epidemic_supply"),
    path("epidemic/lists/<uuid:identifier>/", lists.checklist, name="epidemic_list"),
    path("epidemic/lists/<uuid:identifier>/fill/", lists.fill, name="epidemic_fill"),
]
