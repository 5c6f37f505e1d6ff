"""Where leave to read is stated, asked for and given."""

from django.urls import path

from guitu.web.pages.leave import view

urlpatterns = [
    path("break-glass/", view.break_glass, name="break_glass"),
    path("files/<str:case>/minor/", view.minor, name="minor"),
    path("approvals/", view.approvals, name="approvals"),
    path("approvals/<int:request_no>/", view.answer, name="approvals_answer"),
]
