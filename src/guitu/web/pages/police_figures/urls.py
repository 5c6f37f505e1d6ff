"""Where police figures are."""

from django.urls import path

from guitu.web.pages.police_figures import importing, view

urlpatterns = [
    path("police-figures/", view.police_figures, name="police_figures"),
    path("police-figures/import/", importing.first, name="police_figures_import"),
    path("police-figures/import/enter/", importing.enter, name="police_figures_enter"),
    path("police-figures/import/template.csv", importing.template_csv, name="police_figures_template"),
    path("police-figures/record/<str:code>/<str:kind>/", view.recorded, name="police_figures_record"),
]
