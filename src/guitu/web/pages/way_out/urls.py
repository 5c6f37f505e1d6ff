"""Where the way out is."""

from django.urls import path

from guitu.web.pages.way_out import templates, view

urlpatterns = [
    path("way-out/", view.way_out, name="way_out"),
    path("way-out/templates/", templates.templates, name="paper_templates"),
    path("way-out/templates/<str:paper>/", templates.take, name="paper_template"),
    path("way-out/<str:case>/", view.person, name="way_out_person"),
    path("way-out/<str:case>/papers/<uuid:entry>/", view.paper, name="way_out_paper"),
    path("way-out/<str:case>/papers/<str:paper>/make/", view.make, name="way_out_make"),
]
