"""Where assessments are."""

from django.urls import path

from guitu.web.pages.assessments import sheet, view

urlpatterns = [
    path("assessments/", view.assessments, name="assessments"),
    path("assessments/<str:case>/", view.person, name="assessment_file"),
    path("assessments/<str:case>/new/", sheet.new, name="assessment_new"),
    path("assessments/<str:case>/opinion/<uuid:entry>.docx", view.paper, name="assessment_opinion"),
]
